"""
a promotion that costs more than the regular price

What: during a promotion, a combination costs more than its regular price.
Why: users would see a regular price that is lower than the promotional price; often the two were swapped by mistake.

Avoid:
    high: {credits: 10, promotion: {credits: 16, until: "2027-01-01"}}
Prefer:
    high: {credits: 16, promotion: {credits: 10, until: "2027-01-01"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.sample_selections import selected
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of
from imgrules.table.exact import written
from imgrules.table.records import Cell, Model, Table

CODE = Code("IR244", "dearer-promotion", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each promotion that raises a price; each promotion is reported once."""
    for name, first in table.models.items():
        findings: dict[Path, Finding] = {}
        for model in (first, *(change.model for change in first.changes)):
            for cell in model.cells:
                price, regular = cell.credits, cell.regular
                if cell.promoted and price is not None and regular is not None and price > regular:
                    path = _path(rules.models[name], model, cell)
                    picked = cell.picks(model)
                    subject = selected(picked, ()) if picked else "everything"
                    message = f"{subject} costs {written(price)} while this promotion lasts, and {written(regular)} without it"
                    hint = "swap the two prices, or write a lower one"
                    findings.setdefault(path, Finding(CODE, message, Place((*path, "credits"), file=name), hint))
        yield from findings.values()


def _path(spec: ModelSpec, model: Model, cell: Cell) -> Path:
    """Return the path in the spec of the promotion that applies to a cell."""
    for name, value in zip(model.axes, cell.values, strict=True) if spec.promotion is None else ():
        details = details_of(spec.options[name]).get(value or "")
        if details is not None and details.promotion is not None:
            return ("options", name, "values", str(value), "promotion")
    return ("promotion",)
