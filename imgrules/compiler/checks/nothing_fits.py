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

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.decide import decide
from imgrules.engine.decision import Status
from imgrules.quoting import quoted
from imgrules.refusals.repairs import fits_something
from imgrules.table.records import MODEL, Model, Table

CODE = Code("IR236", "nothing-fits", Severity.ERROR, __doc__)

_LONG_AGO = "0001-01-01T00:00:00Z"


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find models that no selection keeps, at some time; where no combination is sold at all, another check tells it."""
    for name, first in table.models.items():
        for since, model in ((None, first), *((each.at, each.model) for each in first.changes)):
            if model.cells and not _fits(rules, table, name, since if first.changes else None, model):
                when = f" from {quoted(since.removesuffix('T00:00:00Z'))} on" if since else ""
                place = Place(("limits",) if rules.models[name].limits else ("options",), on_key=True, file=name)
                hint = "loosen a limit or a bound, and add an example of what can be picked"
                yield Finding(CODE, f"no selection satisfies all rules of this model{when}", place, hint)
                break


def _fits(rules: RuleSet, table: Table, name: str, since: str | None, model: Model) -> bool:
    at = since or (_LONG_AGO if table.models[name].changes else None)
    if fits_something(model):
        return True
    # What the search overlooks, an example may show.
    shown = (decide(table, {**each.select, MODEL: name}, at=at) for each in rules.models[name].examples or ())
    return any(each.status is not Status.IMPOSSIBLE for each in shown) or not model.options
