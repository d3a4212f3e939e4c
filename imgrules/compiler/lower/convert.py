"""Convert the parts of a spec to records of the table: conditions, tables, bounds, options and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from imgrules.compiler.spec.bounds import EdgeSpec, NumberSpec, PixelsSpec, RatioSpec, SizeSpec, TextSpec, unit_of
from imgrules.compiler.spec.model import BadgeSpec, LimitSpec, ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import (
    NO_DETAILS,
    as_list,
    as_names,
    as_values,
    bool_as_word,
    conditions,
    details_of,
    moment_of,
    stand_ins,
    tables,
    values_of,
)
from imgrules.compiler.spec.tables import TableSpec, WordTableSpec
from imgrules.compiler.spec.types import TestSpec, is_switch
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.table.exact import tidy
from imgrules.table.options import Badge, Option, Value
from imgrules.table.record_base import replace
from imgrules.table.terms import (
    NONE,
    Absence,
    Alias,
    Condition,
    Follows,
    Length,
    Limit,
    Lookup,
    Number,
    Numbers,
    Ratios,
    Sizes,
    Test,
    Text,
    WirePath,
)


def to_number(number: int | Decimal | None) -> Number | None:
    """Return a number as the table writes it: an `int` if it is whole, else a `Decimal` without trailing zeros."""
    return None if number is None else tidy(number)


def condition_of(condition: Mapping[str, Any] | None) -> Condition:
    """Return a condition as a tuple of tests, in the author's order."""
    return tuple(test for name, expected in (condition or {}).items() for test in _tests(name, expected))


def _tests(name: str, expected: Any) -> Iterator[Test]:
    """Yield the tests of one option: one of its values, and one of its range."""
    if not isinstance(expected, TestSpec):
        yield Test(name, any=_scalars(expected))
        return
    if expected.not_ is not None:
        yield Test(name, none=_scalars(expected.not_))
    if expected.not_ is None or expected.min is not None or expected.max is not None:
        yield Test(name, min=to_number(expected.min), max=to_number(expected.max))


def _scalars(values: Any) -> tuple[Any, ...]:
    """Return values as conditions compare them, with None for `(none)`."""
    listed = map(bool_as_word, as_values(values))
    return tuple(None if value == NONE else value if isinstance(value, str) else to_number(value) for value in listed)


def lookup(table: TableSpec) -> Lookup:
    """Return a table by one or two options as a record: numbers as the compiled table writes them, None for `(none)`."""
    return Lookup(tuple(table.by), _number_leaves(getattr(table, "table", {})))


def _number_leaves(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _number_leaves(child) for name, child in node.items()}
    if node == NONE:
        return None
    return to_number(node) if isinstance(node, Decimal) else node


def constant(value: Any) -> Any:
    """Return a constant with numbers as the compiled table writes them; a list becomes a tuple."""
    if isinstance(value, list):
        return tuple(map(constant, value))
    return to_number(value) if isinstance(value, Decimal) else value


def text(shared: TextSpec | list[TextSpec] | None, own: TextSpec | list[TextSpec] | None) -> Text:
    """Return the bounds of a text, those of a model in addition to the shared ones: one rule for each unit, at least one."""
    by_unit: dict[str, Length] = {}
    for rule in map(_text_rule, (*as_list(own), *as_list(shared))):
        known = by_unit.get(rule.unit)
        by_unit[rule.unit] = rule if known is None else _both(known, rule)
    rules = list(by_unit.values()) or [Length()]
    first, *also = [rule for rule in rules if not _is_implied(rule, rules)]
    return Text(first.shortest, first.longest, first.unit, tuple(also))


def _text_rule(spec: TextSpec) -> Length:
    return Length(spec.min or 0, spec.max, unit_of(spec).value)


def _both(one: Length, other: Length) -> Length:
    longest = [rule.longest for rule in (one, other) if rule.longest is not None]
    return Length(max(one.shortest, other.shortest), min(longest, default=None), one.unit)


def _is_implied(rule: Length, rules: list[Length]) -> bool:
    """Whether another rule implies this one: a text of at least one word or byte has at least one character."""
    is_open = rule.unit == "characters" and rule.longest is None
    return is_open and any(other is not rule and rule.shortest <= min(other.shortest, 1) for other in rules)


def badges(specs: list[BadgeSpec] | None) -> tuple[Badge, ...]:
    """Return badges as records, with their first and last moments in UTC."""
    return tuple(Badge(badge.text, badge.style, moment_of(badge.from_), moment_of(badge.until)) for badge in specs or ())


def aliases(written: Any, means: str) -> tuple[Alias, ...]:
    """Return aliases as records, with their ends in UTC; `means` is the name that all of them refer to."""
    if written is None:
        return ()
    ends = written if isinstance(written, dict) else dict.fromkeys(as_names(written))
    return tuple(Alias(name, means, moment_of(until)) for name, until in ends.items())


def options(spec: ModelSpec, absences: Mapping[str, Mapping[str, Absence]]) -> dict[str, Option]:
    """
    Return the compiled options of a model, by name.

    `absences` has, by option and value, why the value is not offered in the compiled period.
    """
    lowered = {name: option(name, option_spec, absences.get(name, {})) for name, option_spec in spec.options.items()}
    ignored, loose = _limits_of_ignored(spec), _loose(spec, lowered)
    for name, record in lowered.items():
        if name in ignored or name in loose:
            lowered[name] = replace(record, ignored=tuple(ignored.get(name, ())), loose=name in loose)
    return lowered


def _loose(spec: ModelSpec, lowered: Mapping[str, Option]) -> frozenset[str]:
    """Return the listed options that need not be picked and whose value changes no decision: cells do not contain them."""
    candidates = [
        name
        for name, record in lowered.items()
        if record.listed and record.follows is None and (record.fact or not (record.required and not record.when))
    ]
    if not candidates:
        return frozenset()
    compared = {name for _, condition in conditions(spec) for name, test in condition.items() if not _is_presence(test)}
    compared |= {name for _, table in tables(spec) for name in table.by}
    inert = (name for name in candidates if not any(map(_affects_decision, details_of(spec.options[name]).values())))
    return frozenset(name for name in inert if name not in compared)


def _is_presence(test: object) -> bool:
    """Whether a test asks only whether an option is picked."""
    values = test.not_ if isinstance(test, TestSpec) and test.model_fields_set == {"not_"} else test
    return not isinstance(values, TestSpec) and set(as_values(values)) == {NONE}


def _affects_decision(value: ValueSpec) -> bool:
    """Whether a value changes the price or the gates, and not only what is sent."""
    return value.credits is not None or value.gate is not None or value.promotion is not None


def _limits_of_ignored(spec: ModelSpec) -> Mapping[str, list[Limit]]:
    """Return the limits with `ignores`, by the name of each option that they ignore."""
    ignored: dict[str, list[Limit]] = {}
    for limit_spec in spec.limits or ():
        if limit_spec.ignores is not None:
            limit = Limit(condition_of(limit_spec.when), because=limit_spec.because)
            for name in dict.fromkeys(as_names(limit_spec.ignores)):
                ignored.setdefault(name, []).append(limit)
    return ignored


def option(name: str, spec: OptionSpec, absences: Mapping[str, Absence]) -> Option:
    """Return the record of one option, without what other parts of the model say about it: `ignored` and `loose`."""
    values = values_of(spec)
    table = spec.default if isinstance(spec.default, TableSpec) else None
    fixed = None if table is not None or spec.default == NONE else bool_as_word(spec.default)
    return Option(
        name=name,
        label=spec.label or name,
        values={value: _value(value, details) for value, details in values.items() if value not in absences},
        default=to_number(fixed) if isinstance(fixed, int | Decimal) else fixed if isinstance(fixed, str) else None,
        defaults=None if table is None else _defaults(table),
        number=None if spec.number is None else numbers(spec.number),
        size=None if spec.size is None else _sizes(spec.size),
        ratio=None if spec.ratio is None else _ratios(spec.ratio),
        text=None if spec.text is None else text(spec.text, None),
        many=None if spec.many is None else _lengths(spec.many, 0),
        follows=follows(spec),
        optional=bool(spec.optional),
        snap=None if spec.snap is None else spec.snap.value,
        when=condition_of(spec.when),
        because=spec.because,
        ignored=(),
        gone=dict(absences),
        aliases=tuple(
            alias
            for value, details in values.items()
            if details.aliases is not None
            for alias in aliases(details.aliases, value)
        ),
        switch=is_switch(spec.values),
        fact=isinstance(spec, FactOptionSpec),
        description=spec.description,
        meta=spec.meta or {},
    )


def _defaults(table: TableSpec) -> Lookup:
    """Return a table of defaults, with `true` and `false` as texts, as conditions have them, and None for `(none)`."""
    numbered = lookup(table)
    rows = (
        (key, {name: _default(entry) for name, entry in row.items()} if isinstance(row, dict) else _default(row))
        for key, row in numbered.table.items()
    )
    return Lookup(numbered.by, dict(rows))


def _default(entry: Any) -> Any:
    return None if entry == NONE else bool_as_word(entry)


def _value(name: str, spec: ValueSpec) -> Value:
    if spec is NO_DETAILS:
        return Value(name, name)
    return Value(
        name,
        spec.label or name,
        badges(spec.badges),
        to_number(spec.min),
        to_number(spec.max),
        stand_ins(spec),
        description=spec.description,
        meta=spec.meta or {},
    )


def numbers(spec: NumberSpec) -> Numbers:
    """Return the bounds and the step of a number; the step is 1 if none is written, and None for `any`."""
    step = None if isinstance(spec.step, str) else 1 if spec.step is None else to_number(spec.step)
    return Numbers(to_number(spec.min), to_number(spec.max), step)


def _lengths(spec: PixelsSpec, least: int) -> Numbers:
    step = spec.step if isinstance(spec, EdgeSpec) and spec.step is not None else 1
    return Numbers(least if spec.min is None else spec.min, spec.max, step)


def _sizes(spec: SizeSpec) -> Sizes:
    # Steps are counted from the minimum of the edge, or from 0 without one.
    edge = _lengths(spec.edge, 0) if spec.edge else Numbers(1)
    area = Numbers(spec.area.min, spec.area.max) if spec.area else Numbers()
    return Sizes(edge, area, _ratios(spec.ratio) if spec.ratio else None)


def _ratios(spec: RatioSpec) -> Ratios:
    return Ratios(spec.min, spec.max)


def follows(spec: OptionSpec) -> Follows | None:
    """Return how an option is computed from others, or None for an option that is picked."""
    if spec.of is None:
        return None
    if isinstance(spec.of, WordTableSpec):
        return Follows(tuple(spec.of.by), table=lookup(spec.of))
    return Follows(as_names(spec.of), spec.measure and spec.measure.value, spec.unit or 1)


def limits(spec: ModelSpec) -> Iterator[Limit]:
    """Yield the limits of a model, except for `ignores`, which `options` keeps at each ignored option."""
    return (limit_of(limit) for limit in spec.limits or () if limit.ignores is None)


def limit_of(limit: LimitSpec) -> Limit:
    """Return the record of a limit without `ignores`."""
    clauses = condition_of(limit.when), condition_of(limit.only), condition_of(limit.never)
    return Limit(*clauses, as_names(limit.needs), limit.because)


@lru_cache(maxsize=1024)
def wire_path(path: str) -> WirePath:
    """Return the parts of a wire path: keys as texts, indexes of arrays as integers."""
    return tuple(int(part) if part.isdecimal() else part for part in re.findall(r"\w+", path))
