"""
a model without any possible selection

What: no selection satisfies all rules of the model.
Why: users see the model, but whatever they pick is refused.

Avoid:
    outputs: {number: {min: 4, max: 8}, default: 4}
    limits: [{only: {outputs: {max: 2}}}]
Prefer:
    outputs: {number: {min: 1, max: 8}, default: 1}
    limits: [{only: {outputs: {max: 2}}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.examples import combinations
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.samples.sample_selections import trials
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.decide import decide
from imgrules.engine.decision import Status
from imgrules.quoting import quoted
from imgrules.refusals.repairs.repairs import fits_something
from imgrules.table.moments import EARLIEST
from imgrules.table.records import MODEL, Model, Table

CODE = Code("IR236", "nothing-fits", Severity.ERROR, __doc__)

_FIRST = 2  # combinations that are tried before a search
_MOST_CELLS = 100  # combinations that are tried with sample values of other options


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each model that has no possible selection at some time; another check reports one without cells."""
    for name, first in table.models.items():
        for start, model in ((None, first), *((change.at, change.model) for change in first.changes)):
            if model.cells and not _fits(rules, table, name, start if first.changes else None, model):
                when = f" from {quoted(start.removesuffix('T00:00:00Z'))} on" if start else ""
                place = Place(("limits",) if rules.models[name].limits else ("options",), on_key=True, file=name)
                hint = "allow more in a limit or a bound, and add an example of a selection that is possible"
                yield Finding(CODE, f"no selection satisfies all rules of this model{when}", place, hint)
                break


def _fits(rules: RuleSet, table: Table, name: str, start: str | None, model: Model) -> bool:
    if not model.limits and all(option.simple for option in model.options.values()):
        return True  # every option is in the combinations, and nothing rules one of them out
    at = start or (EARLIEST if table.models[name].changes else None)
    # Few models need a search, which takes as long as a hundred tries.
    if any(trials(model, model.cells[:_FIRST])) or fits_something(model) or any(trials(model, model.cells[_FIRST:_MOST_CELLS])):
        return True
    # An example may show a selection that both have missed.
    decisions = (
        decide(table, {**combination.selection, MODEL: name}, at=at, facts=example.facts)
        for example in rules.models[name].examples or ()
        for combination in combinations(example, model)
    )
    return any(decision.status is not Status.IMPOSSIBLE for decision in decisions) or not model.options
