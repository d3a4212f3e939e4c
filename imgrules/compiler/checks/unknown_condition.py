"""
a condition about an option or a value that is not there

What: `when`, `only`, `never`, `by` or a table names an option that the model lacks, or a value that it does not offer.
Why: such a rule never counts, and nobody would notice that it says nothing.

Avoid:
    limits: [{when: {resolution: 8K}, only: {ratio: "1:1"}}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: "1:1"}}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.rule_set import RuleSet, values_of, wire_tables
from imgrules.compiler.spec import ModelSpec, PriceTableSpec, WireTableSpec
from imgrules.engine.wording import either, nearest, quoted

CODE = Code("IR220", "unknown-condition", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find names and values in conditions that the model does not have."""
    for model, spec in rules.models.items():
        for path, condition in _conditions(spec):
            for option, said in condition.items():
                yield from _name(spec, option, Place((*path, option), on_key=True, file=model))
                alone = isinstance(said, str)
                for at, value in enumerate([said] if isinstance(said, str) else said):
                    yield from _value(spec, option, value, Place((*path, option) if alone else (*path, option, at), file=model))
        if isinstance(spec.credits, PriceTableSpec):
            yield from _table(model, ("credits",), spec, spec.credits)
        for path, table in wire_tables(spec).items():
            yield from _table(model, path, spec, table)


def _conditions(spec: ModelSpec) -> Iterator[tuple[Path, Mapping[str, str | list[str]]]]:
    for at, limit in enumerate(spec.limits or ()):
        for key in ("when", "only", "never"):
            yield ("limits", at, key), getattr(limit, key) or {}
    yield from ((("gates", at, "when"), rule.when) for at, rule in enumerate(spec.gates or ()))


def _table(model: str, top: Path, spec: ModelSpec, table: PriceTableSpec | WireTableSpec) -> Iterator[Finding]:
    for at, option in enumerate(table.by):
        yield from _name(spec, option, Place((*top, "by", at), file=model))
    for value, row in table.table.items():
        path: Path = (*top, "table", value)
        yield from _value(spec, table.by[0], value, Place(path, on_key=True, file=model))
        for other in row if isinstance(row, dict) and len(table.by) > 1 else ():
            yield from _value(spec, table.by[-1], other, Place((*path, other), on_key=True, file=model))
        if isinstance(row, dict) != (len(table.by) > 1):
            wanted = f"a row for {quoted(table.by[-1])}" if len(table.by) > 1 else "one value"
            yield Finding(
                CODE, f"{quoted(value)} takes {wanted} here", Place(path, file=model), f"the table is by {either(table.by)}"
            )


def _name(spec: ModelSpec, option: str, place: Place) -> Iterator[Finding]:
    if option not in spec.options:
        meant = nearest(option, spec.options)
        hint = f"did you mean `{meant}`?" if meant else f"the model has {either(spec.options)}"
        yield Finding(CODE, f"there is no option {quoted(option)}", place, hint, (), meant)


def _value(spec: ModelSpec, option: str, value: str, place: Place) -> Iterator[Finding]:
    values = values_of(spec.options[option]) if option in spec.options else {value: None}
    if value not in values:
        meant = nearest(value, values)
        hint = f"did you mean `{meant}`?" if meant else f"it offers {either(values)}"
        yield Finding(CODE, f"{quoted(option)} does not offer {quoted(value)}", place, hint, (), meant)
