"""
a condition about an option or a value that does not exist

What: `when`, `only`, `never`, `by` or a table names an option that the model lacks, or a value that it does not offer;
or `fields` names a field that is not shared.
Why: such a rule never applies, and nobody would notice.

Avoid:
    limits: [{when: {resolution: 8K}, only: {ratio: "1:1"}}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: "1:1"}}]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from imgrules.compiler.lower.ranges import is_turned
from imgrules.compiler.read.scalars import core, range_in
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity, as_told
from imgrules.compiler.report.helps import Help, explain, meant, write
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, conditions, is_listed, named_options, tables, values_of, word
from imgrules.compiler.spec.types import TableSpec, TestSpec
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR220", "unknown-condition", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find names and values that the model does not have, wherever it names some."""
    for model, spec in rules.models.items():
        yield from as_told(_of_model(model, spec))
        kind = rules.shared.types.get(spec.type)
        if kind is not None and spec.fields:
            yield from _fields(model, spec.fields, kind.fields or {})


def _of_model(model: str, spec: ModelSpec) -> Iterator[Finding]:
    offered = {name: values_of(each) for name, each in spec.options.items()}
    for path, condition in conditions(spec):
        for option, said in condition.items():
            yield from _name(spec, option, Place((*path, option), on_key=True, file=model))
            yield from _values(model, spec, offered, option, said, (*path, option))
    for path, option in named_options(spec):
        yield from _name(spec, option, Place(path, file=model))
    for path, table in tables(spec):
        yield from _table(model, path, spec, offered, table)


_Offered: TypeAlias = Mapping[str, Mapping[str, object]]
"""The values of each option, worked out once for all that name them."""


def _fields(model: str, said: Iterable[str], known: Collection[str]) -> Iterator[Finding]:
    for name in said:
        if name not in known:
            help_ = meant(nearest(name, known), f"the type has {either(known) or 'no fields'}")
            place = Place(("fields", name), on_key=True, file=model)
            yield Finding(CODE, f"there is no field {quoted(name)}", place, *help_)


def _values(  # noqa: PLR0913, PLR0917  what is said, of which option, where
    model: str, spec: ModelSpec, offered: _Offered, option: str, said: object, path: Path
) -> Iterator[Finding]:
    if isinstance(said, TestSpec):
        said, path = ([] if said.not_ is None else said.not_), (*path, "not")
    listed = said if isinstance(said, list) else [said]
    for at, value in enumerate(map(word, listed)):
        if isinstance(value, str):
            yield from _value(spec, offered, option, value, Place((*path, at) if isinstance(said, list) else path, file=model))


def _table(model: str, top: Path, spec: ModelSpec, offered: _Offered, table: TableSpec) -> Iterator[Finding]:
    for at, option in enumerate(table.by):
        yield from _name(spec, option, Place((*top, "by", at), file=model))
    if any(name in spec.options and not is_listed(spec.options[name]) for name in table.by):
        return  # what cannot be listed is told by another check
    if is_turned(spec, table):
        by = f"[{table.by[1]}, {table.by[0]}]"
        message = f"the rows of this table are values of {quoted(table.by[1])}"
        yield Finding(CODE, message, Place((*top, "by"), file=model), *write(by))
        return
    for value, row in getattr(table, "table", {}).items():
        path: Path = (*top, "table", value)
        yield from _value(spec, offered, table.by[0], value, Place(path, on_key=True, file=model))
        for other in row if isinstance(row, dict) and len(table.by) > 1 else ():
            yield from _value(spec, offered, table.by[-1], other, Place((*path, other), on_key=True, file=model))
        if isinstance(row, dict) and len(table.by) == 1:
            hint = f"the table is by {either(table.by)}; only a table by two options has rows"
            yield Finding(CODE, f"{quoted(value)} takes one value here", Place(path, file=model), hint)


def _name(spec: ModelSpec, option: str, place: Place) -> Iterator[Finding]:
    if option not in spec.options:
        help_ = meant(nearest(option, spec.options), f"the model has {either(spec.options) or 'no options'}")
        yield Finding(CODE, f"there is no option {quoted(option)}", place, *help_)


def _value(spec: ModelSpec, offered: _Offered, option: str, value: str, place: Place) -> Iterator[Finding]:
    said = spec.options.get(option)
    # What takes any size, shape or text takes this one too, as far as can be told here.
    if said is None or said.size or said.ratio or said.text:
        return
    values = offered[option]
    if value not in values:
        near = nearest(value, values)
        help_ = meant(near, f"it offers {either(values)}")
        message = f"{quoted(option)} does not offer {quoted(value)}"
        yield Finding(CODE, message, place, *(help_ if values else _number(value, place)))


def _number(text: str, place: Place) -> Help:
    """Return what is said of a text that is compared with a number."""
    compared = range_in(text)
    if compared is not None and not place.on_key:
        return write(compared, ", which is a range")
    if isinstance(core(text), int | Decimal) and not place.on_key:
        return write(text, ", without quotes")
    return explain("it takes a number, or a range with `min` and `max`")
