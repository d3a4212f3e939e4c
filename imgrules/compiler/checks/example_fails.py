"""
an example that fails

What: for the selection of an example, the rules give another result than the example expects.
Why: either the rules or the example is wrong; no table is written until the two agree.

Avoid:
    - {select: {ratio: "1:1", quality: high}, expect: {status: allowed}}
Prefer:
    - {select: {ratio: "1:1", quality: high}, expect: {status: locked, gate: member}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from imgrules.compiler.examples.runs import Run, runs
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.example_report import over_words
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR401", "example-fails", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Run all examples of the models in the table; yield one finding for each that fails, with all its differences."""
    for _, group in groupby(runs(rules, table), key=lambda run: (run.model, run.index)):
        every = list(group)
        failing = [run for run in every if run.differences]
        if failing:
            yield _finding(failing[0], len(failing), len(every))


def _finding(run: Run, failing: int, count: int) -> Finding:
    """Return the finding of an example that fails, at its first difference in its first combination that fails."""
    path: Path = ("examples", run.index)
    if run.is_undated:
        # This is the reason, whatever the example expects.
        return Finding(CODE, run.message, _place(run.model, (*path, "select")), run.hint)
    places = [_place(run.model, (*path, "expect", *difference.path)) for difference in run.differences]
    # Nobody knows whether the rules or the example is wrong, so the finding carries no fix.
    where = f"with {over_words(run.over)}, " if run.over else ""
    more = f"; {failing} of {count} combinations fail" if failing > 1 else ""
    differing = tuple((place, "this differs too") for place in places[1:])
    return Finding(CODE, f"{where}{run.message}{more}", places[0], run.hint, differing)


def _place(model: str, path: Path) -> Place:
    return Place(path, on_key=True, file=model, until=path)
