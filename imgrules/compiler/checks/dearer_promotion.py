"""
a promotion that is not cheaper than the regular price

What: during a promotion, a combination costs more than its regular price, or the promotion changes no price.
Why: users would see a promotion that is none; often the two prices were swapped by mistake.

Avoid:
    high: {credits: 10, promotion: {credits: 16, until: "2027-01-01"}}
Prefer:
    high: {credits: 16, promotion: {credits: 10, until: "2027-01-01"}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.samples.sample_selections import selected
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, base_of, details_of
from imgrules.compiler.spec.tables import TableSpec
from imgrules.table.exact import written
from imgrules.table.records import Cell, Model, Table

CODE = Code("IR244", "dearer-promotion", Severity.WARNING, __doc__, may_be_meant=True)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each promotion that lowers no price; each promotion is reported once."""
    for name, first in table.models.items():
        findings = {path: _idle(name, path, price) for path, price in _as_much(rules.models[name])}
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


def _as_much(spec: ModelSpec) -> Iterator[tuple[Path, Any]]:
    """Yield the path of each promotion that changes nothing, with its price; a table states the regular price in some rows."""
    if spec.promotion is not None and spec.promotion.credits == base_of(spec):
        yield ("promotion",), spec.promotion.credits
    for name, option in spec.options.items():
        for value, details in details_of(option).items():
            if details.promotion is not None and details.promotion.credits == details.credits:
                yield ("options", name, "values", value, "promotion"), details.credits


def _idle(model: str, path: Path, price: Any) -> Finding:
    costs = "the regular prices" if isinstance(price, TableSpec) else f"{price}, and {price} without it"
    hint = "write a lower price, or delete the promotion"
    return Finding(CODE, f"this promotion costs {costs}", Place((*path, "credits"), file=model), hint)


def _path(spec: ModelSpec, model: Model, cell: Cell) -> Path:
    """Return the path in the spec of the promotion that applies to a cell."""
    for name, value in zip(model.axes, cell.values, strict=True) if spec.promotion is None else ():
        details = details_of(spec.options[name]).get(value or "")
        if details is not None and details.promotion is not None:
            return ("options", name, "values", str(value), "promotion")
    return ("promotion",)
