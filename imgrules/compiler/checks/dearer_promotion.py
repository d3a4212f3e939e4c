"""
a promotion that costs more than the regular price

What: while a promotion lasts, something costs more than it does without it.
Why: users would see a promotion beside a lower regular price; often the two prices were swapped.

Avoid:
    high: {credits: 10, promotion: {credits: 16, until: "2027-01-01"}}
Prefer:
    high: {credits: 16, promotion: {credits: 10, until: "2027-01-01"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of
from imgrules.compiler.trials import selected
from imgrules.table.exact import written
from imgrules.table.records import Cell, Model, Table

CODE = Code("IR244", "dearer-promotion", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find promotions that raise a price; each is told once."""
    for name, first in table.models.items():
        found: dict[Path, Finding] = {}
        for model in (first, *(each.model for each in first.changes)):
            for cell in model.cells:
                now, regular = cell.credits, cell.regular
                if cell.promoted and now is not None and regular is not None and now > regular:
                    path = _path(rules.models[name], model, cell)
                    picked = cell.picks(model)
                    said = selected(picked, ()) if picked else "everything"
                    message = f"{said} costs {written(now)} while this promotion lasts, and {written(regular)} without it"
                    hint = "swap the two prices, or write a lower one"
                    found.setdefault(path, Finding(CODE, message, Place((*path, "credits"), file=name), hint))
        yield from found.values()


def _path(spec: ModelSpec, model: Model, cell: Cell) -> Path:
    """Return where the promotion of a combination is said."""
    for name, value in zip(model.axes, cell.values, strict=True) if spec.promotion is None else ():
        said = details_of(spec.options[name]).get(value or "")
        if said is not None and said.promotion is not None:
            return ("options", name, "values", str(value), "promotion")
    return ("promotion",)
