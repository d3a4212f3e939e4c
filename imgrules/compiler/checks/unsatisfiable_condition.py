"""
a condition that never holds

What: the condition of an option, a gate, a factor, a surcharge or an `ignores` matches no offered combination, or tests for
numbers that cannot be picked.
Why: a rule with this condition never applies, although somebody wrote it for a reason.

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

from imgrules.compiler.lower.combinations import are_axes
from imgrules.compiler.lower.convert import condition_of
from imgrules.compiler.lower.grid import Grid
from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.possible_numbers import range_text
from imgrules.compiler.lower.ranges import is_never_in_range
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, conditions, formulas
from imgrules.quoting import quoted
from imgrules.table.records import Model, Table

CODE = Code("IR238", "unsatisfiable-condition", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each condition that holds for no combination that is sold at any time, or for no possible number."""
    for name, first in table.models.items():
        spec = rules.models[name]
        candidates = [(path, clause) for path, clause in conditions(spec) if clause and _is_reported_here(spec, path)]
        versions = (
            [model for model in (first, *(change.model for change in first.changes)) if model.cells] if candidates else []
        )
        grids = [(model, Grid(model, [cell.values for cell in model.cells])) for model in versions]
        for path, condition in candidates:
            if grids and all(_never_holds(model, grid, condition) for model, grid in grids):
                place = Place(path, on_key=True, file=name)
                consequence = f"; {quoted(path[1])} never exists" if path[0] == "options" else ""
                hint = "delete the condition, or use values that the model offers"
                yield Finding(CODE, f"this condition never matches an offered combination{consequence}", place, hint)

        yield from _out_of_bounds(rules, name, spec)


def _out_of_bounds(rules: RuleSet, model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Yield a finding for each condition that no possible number satisfies, and each `beyond` that none exceeds."""
    for path, condition in conditions(spec):
        for option, test in condition.items() if _is_reported_here(spec, path) else ():
            numbers = (
                known_options_of_model(rules, model)[option].numbers if is_never_in_range(rules, model, option, test) else None
            )
            if numbers is not None:
                message = f"{quoted(option)} is {range_text(numbers.least, numbers.greatest)}, so this condition never holds"
                yield Finding(CODE, message, Place((*path, option), file=model), "fix the range, or delete what depends on it")
    for path, formula in formulas(spec):
        for index, line in enumerate(formula.plus or ()):
            counted = known_options_of_model(rules, model).get(line.per or "") if line.beyond is not None else None
            numbers = counted.numbers if counted is not None else None
            if numbers is not None and line.beyond is not None and numbers.greatest <= line.beyond:
                place = Place((*path, "plus", index, "beyond"), file=model)
                message = f"{quoted(line.per)} is never above {line.beyond}, so this surcharge is never added"
                yield Finding(CODE, message, place, "lower the number, or delete the surcharge")


def _is_reported_here(spec: ModelSpec, path: Path) -> bool:
    """Whether this check reports a condition without effect; another check reports those of limits, except for `ignores`."""
    if path[0] != "limits":
        return True
    return path[2] == "when" and (spec.limits or [])[int(path[1])].ignores is not None


def _never_holds(model: Model, grid: Grid, clause: Mapping[str, Any]) -> bool:
    tests = condition_of(clause)
    return are_axes((test.name for test in tests), model) and not grid.holding(tests)
