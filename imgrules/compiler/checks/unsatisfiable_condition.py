"""
a condition that never holds

What: the condition of an option, a gate, a factor, a surcharge or an `ignores` matches no offered combination,
or only numbers that cannot be picked.
Why: the author meant it to have an effect, but it never has one.

Avoid:
    limits: [{never: {mode: edit, resolution: 4K}}]
    gates: [{when: {mode: edit, resolution: 4K}, gate: member}]
Prefer:
    limits: [{never: {mode: edit, resolution: 4K}}]
    gates: [{when: {mode: generate, resolution: 4K}, gate: member}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.compiler.lower.combinations import are_held
from imgrules.compiler.lower.grid import Grid
from imgrules.compiler.lower.ranges import misses, reach_of
from imgrules.compiler.lower.terms import tests
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, conditions, formulas
from imgrules.quoting import quoted
from imgrules.table.records import Model, Table

CODE = Code("IR238", "unsatisfiable-condition", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find conditions over listed options that hold for no combination that is sold at any time."""
    for name, first in table.models.items():
        spec = rules.models[name]
        asked = [(path, said) for path, said in conditions(spec) if said and _is_told_here(spec, path)]
        stretches = [model for model in (first, *(each.model for each in first.changes)) if model.cells] if asked else []
        whole = [(model, Grid(model, [each.values for each in model.cells])) for model in stretches]
        for path, said in asked:
            if whole and all(_never(model, grid, said) for model, grid in whole):
                place = Place(path, on_key=True, file=name)
                what = f"; {quoted(path[1])} never exists" if path[0] == "options" else ""
                hint = "delete it, or name what is offered"
                yield Finding(CODE, f"this condition never matches an offered combination{what}", place, hint)

        yield from _by_numbers(name, spec)


def _by_numbers(model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Find conditions and counts that no number can reach."""
    for path, said in conditions(spec):
        for option, each in said.items() if _is_told_here(spec, path) else ():
            reach = misses(spec, option, each)
            if reach is not None:
                message = f"{quoted(option)} is {reach[0]} to {reach[1]}, so this condition never holds"
                yield Finding(CODE, message, Place((*path, option), file=model), "fix the range, or delete what depends on it")
    for path, formula in formulas(spec):
        for at, line in enumerate(formula.plus or ()):
            reach = reach_of(spec, line.per) if line.per is not None and line.beyond is not None else None
            if reach is not None and line.beyond is not None and reach[1] <= line.beyond:
                place = Place((*path, "plus", at, "beyond"), file=model)
                message = f"no number of {quoted(line.per)} is above {line.beyond}, so this never adds anything"
                yield Finding(CODE, message, place, "fix the number, or delete the line")


def _is_told_here(spec: ModelSpec, path: Path) -> bool:
    """Return whether an idle condition is told by this check; of limits that rule something out another one tells it."""
    if path[0] != "limits":
        return True
    return path[2] == "when" and (spec.limits or [])[int(path[1])].ignores is not None


def _never(model: Model, grid: Grid, said: Mapping[str, Any]) -> bool:
    condition = tests(said)
    return are_held((each.name for each in condition), model) and not grid.holding(condition)
