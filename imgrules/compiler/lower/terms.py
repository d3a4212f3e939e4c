"""What the parts of a spec mean, in the records of the table: conditions, tables, bounds, options and limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from imgrules.compiler.spec.bounds import EdgeSpec, LengthSpec, NumberSpec, ShapeSpec, SizeSpec, TextSpec
from imgrules.compiler.spec.model import (
    BadgeSpec,
    LimitSpec,
    ModelSpec,
    OptionSpec,
    ValueSpec,
)
from imgrules.compiler.spec.rule_set import bool_as_word, loose_options, moment_of, values_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import TableSpec, TestSpec, is_switch
from imgrules.table.exact import tidy
from imgrules.table.records import Badge, Option, Value
from imgrules.table.terms import (
    Absence,
    Alias,
    Condition,
    Credits,
    Follows,
    Label,
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


def names(said: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return what is named, also where one is written alone."""
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)


def exactly(said: int | Decimal | None) -> Number | None:
    """Return a number as the table writes it: whole where it is."""
    return None if said is None else tidy(said)


def credits_of(said: int | Decimal | str | None) -> Credits | None:
    """Return a price, or None where it is unknown or nobody said one."""
    return None if said is None or isinstance(said, str) else exactly(said)


def tests(condition: Mapping[str, Any] | None) -> Condition:
    """Return a condition in the one form that it has."""
    return tuple(_test(name, said) for name, said in (condition or {}).items())


def _test(name: str, said: Any) -> Test:
    if not isinstance(said, TestSpec):
        return Test(name, any=_scalars(said))
    none = () if said.not_ is None else _scalars(said.not_)
    return Test(name, none=none, min=exactly(said.min), max=exactly(said.max), given=said.given)


def _scalars(said: Any) -> tuple[Any, ...]:
    listed = said if isinstance(said, list) else [said]
    return tuple(each if isinstance(each, str) else exactly(each) for each in map(bool_as_word, listed))


def lookup(table: TableSpec) -> Lookup:
    """Return a table with its numbers as the table writes them."""
    return Lookup(tuple(table.by), _exact_leaves(getattr(table, "table", {})))


def _exact_leaves(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _exact_leaves(each) for name, each in said.items()}
    return exactly(said) if isinstance(said, Decimal) else said


def constant(said: Any) -> Any:
    """Return a constant as the table writes it; a list becomes a tuple."""
    if isinstance(said, list):
        return tuple(map(constant, said))
    return exactly(said) if isinstance(said, Decimal) else said


def text(said: TextSpec | None) -> Text:
    """Return how long a text may be."""
    if said is None:
        return Text()
    return Text(said.min or 0, said.max, said.unit.value if said.unit else "characters")


def texts(shared: TextSpec | None, own: TextSpec | None) -> tuple[Text, ...]:
    """Return what a shared text and the own words of a model ask for together: a rule for each unit, at least one."""
    one, other = text(shared), text(own)
    if own is None:
        return (one,)
    if one.longest is None and one.shortest <= min(other.shortest, 1) and one.unit == "characters":
        return (other,)  # what has a word or a byte has a character
    if one.unit != other.unit:
        return (other, one)
    bounds = [each for each in (one.longest, other.longest) if each is not None]
    return (Text(max(one.shortest, other.shortest), min(bounds, default=None), one.unit),)


def badges(said: list[BadgeSpec] | None) -> tuple[Badge, ...]:
    """Return badges with the moments at which they come and go."""
    return tuple(Badge(each.text, each.style, moment_of(each.from_), moment_of(each.until)) for each in said or ())


def aliases(said: Any, means: str) -> tuple[Alias, ...]:
    """Return the other names of something."""
    if said is None:
        return ()
    ends = said if isinstance(said, dict) else dict.fromkeys(names(said))
    return tuple(Alias(name, means, moment_of(until)) for name, until in ends.items())


def options(spec: ModelSpec, kind: TypeSpec, gone: Mapping[str, Mapping[str, Absence]]) -> dict[str, Option]:
    """Return what the options of a model mean; values that are gone are told apart from those that never were."""
    loose = loose_options(spec)
    found = {name: option(name, each, _label(name, each, kind), gone[name]) for name, each in spec.options.items()}
    idle = _idle(spec)
    for name, each in found.items():
        if name in idle or name in loose:
            found[name] = replace(each, ignored=tuple(idle.get(name, ())), loose=name in loose)
    return found


def _idle(spec: ModelSpec) -> Mapping[str, list[Limit]]:
    """Return where options have no effect, by their names."""
    idle: dict[str, list[Limit]] = {}
    for each in spec.limits or ():
        if each.ignores is not None:
            limit = Limit(tests(each.when), because=each.because)
            for name in dict.fromkeys(names(each.ignores)):
                idle.setdefault(name, []).append(limit)
    return idle


def _label(name: str, spec: OptionSpec, kind: TypeSpec) -> Label:
    shared = (kind.options or {}).get(name)
    return spec.label or (shared.label if shared else None) or name


def option(name: str, spec: OptionSpec, label: Label, gone: Mapping[str, Absence]) -> Option:
    """Return what an option means by itself, the rest of its model left aside."""
    said = values_of(spec)
    table = spec.default if isinstance(spec.default, TableSpec) else None
    fixed = None if table is not None else bool_as_word(spec.default)
    return Option(
        name,
        label,
        {value: _value(value, each) for value, each in said.items() if value not in gone},
        exactly(fixed) if isinstance(fixed, int | Decimal) else fixed if isinstance(fixed, str) else None,
        None if table is None else _defaults(table),
        None if spec.number is None else numbers(spec.number),
        None if spec.size is None else _sizes(spec.size),
        None if spec.ratio is None else _ratios(spec.ratio),
        None if spec.text is None else text(spec.text),
        None if spec.many is None else _lengths(spec.many, 0),
        follows(spec),
        bool(spec.optional),
        bool(spec.snap),
        tests(spec.when),
        spec.because,
        (),
        dict(gone),
        tuple(one for value, each in said.items() if each.aliases is not None for one in aliases(each.aliases, value)),
        switch=is_switch(spec.values),
    )


def _defaults(table: TableSpec) -> Lookup:
    """Return a table of defaults; true and false are the words that conditions and combinations have for them."""
    found = lookup(table)
    rows = (
        (key, {name: bool_as_word(each) for name, each in row.items()} if isinstance(row, dict) else bool_as_word(row))
        for key, row in found.table.items()
    )
    return Lookup(found.by, dict(rows))


def _value(name: str, spec: ValueSpec) -> Value:
    least, most = (spec.is_.min, spec.is_.max) if spec.is_ else (None, None)
    return Value(name, spec.label or name, badges(spec.badges), exactly(least), exactly(most))


def numbers(spec: NumberSpec) -> Numbers:
    """Return the bounds and the step of a number."""
    step = None if isinstance(spec.step, str) else 1 if spec.step is None else exactly(spec.step)
    return Numbers(exactly(spec.min), exactly(spec.max), step)


def _lengths(spec: LengthSpec, least: int) -> Numbers:
    step = spec.step if isinstance(spec, EdgeSpec) and spec.step is not None else 1
    return Numbers(least if spec.min is None else spec.min, spec.max, step)


def _sizes(spec: SizeSpec) -> Sizes:
    # Steps count from the least edge, or from 0 where none is stated.
    edge = _lengths(spec.edge, 0) if spec.edge else Numbers(1)
    area = Numbers(spec.area.min, spec.area.max) if spec.area else Numbers()
    return Sizes(edge, area, _ratios(spec.ratio) if spec.ratio else None)


def _ratios(spec: ShapeSpec) -> Ratios:
    return Ratios(spec.min, spec.max)


def follows(spec: OptionSpec) -> Follows | None:
    """Return how a computed option follows from others; there is nothing to answer of one that is picked."""
    if spec.of is None and spec.pixels is None and spec.total is None:
        return None
    return Follows(spec.of, names(spec.pixels), spec.unit or 1, names(spec.total))


def limits(spec: ModelSpec) -> Iterator[Limit]:
    """Yield the limits of a model; what has no effect is told at its option."""
    for each in spec.limits or ():
        yield from limits_of(each)


def limits_of(said: LimitSpec) -> Iterator[Limit]:
    """Return the limits that one of a file comes to."""
    when = tests(said.when)
    if said.excludes is not None:
        yield from (Limit(when, never=(Test(name, given=True),), because=said.because) for name in names(said.excludes))
    elif said.ignores is None:
        yield Limit(when, tests(said.only), tests(said.never), names(said.needs), said.because)


@lru_cache(maxsize=1024)
def wire_path(said: str) -> WirePath:
    """Return the names and the places in arrays that a wire path has."""
    return tuple(int(each) if each.isdecimal() else each for each in re.findall(r"\w+", said))
