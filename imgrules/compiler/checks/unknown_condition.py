"""
a condition about an option or a value that does not exist

What: `when`, `only`, `never`, `by` or a table names an option that the model lacks, or a value that it does not offer;
a text is compared with a word such as `(any)`, which asks whether there is one; or `fields` names a field that is not shared.
Why: a rule with such a condition never applies, and nobody would notice.

Avoid:
    limits: [{when: {resolution: 8K}, only: {ratio: "1:1"}}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: "1:1"}}]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.compiler.lower.known_options import KnownOption, known_options_of_model
from imgrules.compiler.lower.ranges import is_transposed
from imgrules.compiler.read.scalars import NOTHING_WORDS, as_text, plain_value, range_in
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import Help, delete, did_you_mean, explain, nearest_name, slip_of, write
from imgrules.compiler.spec.field_types import keys
from imgrules.compiler.spec.model import LimitSpec, ModelSpec
from imgrules.compiler.spec.nothing_hints import to_lack, to_need
from imgrules.compiler.spec.rule_set import (
    RuleSet,
    bool_as_word,
    by_places,
    conditions,
    has_kind,
    has_rows,
    is_listed,
    named_options,
    tables,
    type_of,
    values_of,
)
from imgrules.compiler.spec.tables import PriceTableSpec, TableSpec
from imgrules.compiler.spec.types import TestSpec
from imgrules.quoting import either, quoted
from imgrules.refusals.faults import option_faults
from imgrules.refusals.suggest import nearest
from imgrules.table.terms import NONE, OTHER

CODE = Code("IR220", "unknown-condition", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each reference to an option, a value or a field that the model does not have."""
    for model, spec in rules.models.items():
        yield from up_to_the_cap(_of_model(rules, model, spec))
        kind = type_of(rules.shared, spec)
        if kind is not None and spec.fields:
            yield from _fields(model, spec.fields, kind.fields or {})


def _of_model(rules: RuleSet, model: str, spec: ModelSpec) -> Iterator[Finding]:
    offered = {name: values_of(option_spec) for name, option_spec in spec.options.items()}
    for path, condition in conditions(spec):
        for option, test in condition.items():
            yield from _name(rules, spec, option, Place((*path, option), on_key=True, file=model))
            yield from _values(rules, model, offered, option, test, (*path, option))
    for path, option in named_options(spec):
        yield from _name(rules, spec, option, Place(path, file=model))
    for path, table in tables(spec):
        yield from _table(rules, model, path, offered, table)


_Offered: TypeAlias = Mapping[str, Mapping[str, object]]
"""The values of each option, computed once for a model."""


def _fields(model: str, names: Iterable[str], declared: Collection[str]) -> Iterator[Finding]:
    for name in names:
        if name not in declared:
            help_ = nearest_name(
                name,
                declared,
                f"choose a field of the type: {either(declared)}" if declared else "the type has no fields",
            )
            place = Place(("fields", name), on_key=True, file=model)
            yield Finding(CODE, f"there is no field {quoted(name)}", place, *help_)


def _values(  # noqa: PLR0913, PLR0917  what is expected, of which option, where
    rules: RuleSet, model: str, offered: _Offered, option: str, expected: object, path: Path
) -> Iterator[Finding]:
    if isinstance(expected, TestSpec):
        expected, path = ([] if expected.not_ is None else expected.not_), (*path, "not")
    listed = expected if isinstance(expected, list) else [expected]
    for index, value in enumerate(listed):
        place = Place((*path, index) if isinstance(expected, list) else path, file=model)
        if value == OTHER:
            hint = "name the values, or those that are not meant with `not`; only a table has a row for what no row names"
            yield Finding(CODE, f"{quoted(OTHER)} is no value of {quoted(option)}", place, hint)
        elif isinstance(value, str | bool) and value != NONE:
            yield from _value(rules, model, offered, option, value, place)


def _table(rules: RuleSet, model: str, table_path: Path, offered: _Offered, table: TableSpec) -> Iterator[Finding]:
    spec = rules.models[model]
    for path, option in by_places(table, table_path):
        yield from _name(rules, spec, option, Place(path, file=model))
    if is_transposed(spec, table):
        by = f"[{table.by[1]}, {table.by[0]}]"
        message = f"the rows of this table are values of {quoted(table.by[1])}"
        yield Finding(CODE, message, Place((*table_path, "by"), file=model), *write(by))
        return
    rows: Mapping[str, Any] = getattr(table, "table", {})
    for value, row in rows.items():
        path = (*table_path, "table", value)
        yield from _value(rules, model, offered, table.by[0], value, Place(path, on_key=True, file=model), table.by[1:], rows)
        for other in row if isinstance(row, dict) and len(table.by) > 1 else ():
            place = Place((*path, other), on_key=True, file=model)
            yield from _value(rules, model, offered, table.by[-1], other, place, rows=row)
        if isinstance(row, dict) and len(table.by) == 1:
            otherwise = f"the table is only by {either(table.by)}; add a second option to `by:`, or give one value"
            is_estimate = isinstance(table, PriceTableSpec) and [*row] == ["about"]
            help_ = write(f"about {row['about']}") if is_estimate else explain(otherwise)
            message = f"{quoted(value)} takes one value here, but a row of values is given"
            yield Finding(CODE, message, Place(path, file=model), *help_)


def _name(rules: RuleSet, spec: ModelSpec, option: str, place: Place) -> Iterator[Finding]:
    if option not in spec.options:
        known = (*spec.options, *(rules.shared.facts or ()))
        has = f"choose one of {either(known, word='and')}" if known else "the model has no options"
        beside = place.on_key and option in keys(LimitSpec)
        help_ = (
            explain(f"{quoted(option)} stands beside {quoted(place.path[-2])}, not inside it")
            if beside
            else nearest_name(option, known, f"{has}; what the service knows is declared under `facts:`")
        )
        yield Finding(CODE, f"there is no option {quoted(option)}", place, *help_)


def _value(  # noqa: PLR0913, PLR0917  as above
    rule_set: RuleSet,
    model: str,
    offered: _Offered,
    option: str,
    typed: object,
    place: Place,
    beside: Collection[str] = (),
    rows: Collection[str] = (),
) -> Iterator[Finding]:
    """
    Yield a finding for a value that an option does not offer, as its author typed it.

    In a table, which is also by `beside`, `rows` are the names of the rows there.
    """
    option_spec = rule_set.models[model].options.get(option)
    value: str = bool_as_word(typed)
    # Other checks report an option of no kind, and the rows of an option that takes more than listed values.
    if option_spec is None or not has_kind(option_spec) or (value in offered[option] and option_spec.many is None):
        return
    if place.on_key and (value in {NONE, OTHER} or not is_listed(option_spec)):
        return
    known = known_options_of_model(rule_set, model)[option]
    if has_rows(option_spec) and not is_listed(option_spec) and not _is_refused(known, typed):
        return
    message = (
        f"{quoted(option)} is a list, so it is never {quoted(value)}"
        if option_spec.many is not None
        else f"{quoted(option)} is compared with the text {quoted(value)}"
        if option_spec.text is not None
        else f"{quoted(option)} does not offer {quoted(value)}"
    )
    values = offered[option]
    help_ = (
        _expression(value, values, place, [name for other in beside for name in offered.get(other, ())])
        or _presence(rule_set.models[model], known, value, place)
        or (_listed(value, values, rows, place) if is_listed(option_spec) else _by_rule(known, value, place))
    )
    yield Finding(CODE, message, place, *help_)


def _is_refused(known: KnownOption, typed: object) -> bool:
    """Whether the rule of an option refuses a value, or takes it as a text which hardly anybody means by it."""
    from imgrules.compiler.read.value_expressions import stands_for_values  # noqa: PLC0415  rare

    value: str = bool_as_word(typed)
    if known.option.text is not None and stands_for_values(value, bare=typed is not value, may_be_nothing=known.may_be_nothing):
        return True
    return known.option.many is not None or any(True for _ in option_faults(known.option, value))


def _expression(value: str, values: Collection[str], place: Place, others: Collection[str]) -> Help | None:
    """Return the hint for a condition, or a row of a table, that is written as in another language; None for any other."""
    from imgrules.compiler.read.value_expressions import condition_meant, rows_meant  # noqa: PLC0415  rare

    if place.on_key:
        return rows_meant(value, values, others)
    return condition_meant(value, values, alone=not isinstance(place.path[-1], int), negated="not" in place.path[-2:])


def _presence(spec: ModelSpec, known: KnownOption, value: str, place: Place) -> Help | None:
    """Return the hint for a word that asks whether there is any value; None for another, and where the name of one is near."""
    from imgrules.compiler.read.value_expressions import presence_meant  # noqa: PLC0415  rare

    option, is_nothing = known.option, value.lower() in NOTHING_WORDS
    if place.on_key:
        return did_you_mean(NONE, "") if is_nothing and known.may_be_nothing else None
    help_ = (
        None
        if nearest(value, option.values) and not is_nothing
        else presence_meant(value, place.path, to_need(spec, option.name))
    )
    if help_ is None or known.may_be_nothing:
        literal = "; if it is a text, list it under `values:`" if option.text is not None and value else ""
        return help_ and help_._replace(hint=help_.hint + literal)
    return (
        None if option.values else explain(f"{quoted(option.name)} always has a value: delete this{to_lack(spec, option.name)}")
    )


def _listed(value: str, values: Collection[str], rows: Collection[str], place: Place) -> Help:
    """
    Return the hint for a text that is no value of an option with listed values: what was probably meant.

    It may be a row among `rows` of a table, where a value that has a row cannot have a second one.
    """
    free = [name for name in values if name not in rows]
    if values and not free:
        return delete(place, "this row", ": each offered value has one")
    suggestion = nearest(value, values)
    suggestion = suggestion if suggestion in free else None
    # A switch is compared with a bare word.
    text = suggestion if suggestion in {"true", "false"} else suggestion and as_text(suggestion)
    more = ", or delete this row: the others have one" if len(free) < len(values) else ""
    return slip_of(value, suggestion, values, f"choose an offered value: {either(free)}{more}", text)


def _by_rule(known: KnownOption, text: str, place: Place) -> Help:
    """Return the hint, and the fix if there is one, for a text that is compared with an option that takes what a rule admits."""
    option = known.option
    if option.text is not None or option.size is not None or option.ratio is not None:
        return explain(_LITERAL if text.startswith("(") else "correct it to what the option takes")
    numbers = known.numbers
    compared = range_in(text, whole=numbers is not None and numbers.are_whole)
    if compared is not None and isinstance(place.path[-1], int):
        return explain(f"a range stands in place of the list: `{compared}`")
    if compared is not None:
        return write(compared, ", which is a range")
    if option.many is not None:
        return explain("test its length, with `min`, or whether there is one, with `(none)`")
    if type(plain_value(text)) in {int, Decimal}:
        return write(text, ", without quotes")
    return explain("compare it with a number, or with a range: `min` and `max` are included")


_LITERAL = f"only `{NONE}` stands in round brackets here; if it is a text, list it under `values:`"
