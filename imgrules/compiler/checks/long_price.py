"""
a price of more than 15 digits

What: some selection costs a number of credits that has more than 15 digits.
Why: most programs that read JSON keep no more, so that two of them would show two prices.

At most 4,000 selections of a model are tried, with numbers at the ends of their stated bounds.

Avoid:
    credits: {base: 0.123456789012345, each: outputs}
Prefer:
    credits: {base: 0.123456789012345, each: outputs, round: {up: 0.000001}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet, formulas
from imgrules.compiler.scalars import MOST_DIGITS
from imgrules.compiler.trials import MOST, Trial, selected, trials
from imgrules.engine.emit import written
from imgrules.engine.exact import digits
from imgrules.engine.parts import Credits
from imgrules.engine.table import Model, Table

CODE = Code("IR242", "long-price", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find the first selection of each model whose price is too long to be carried."""
    for name, first in table.models.items():
        models = [each for each in (first, *(one.model for one in first.changes)) if each.price is not None]
        long = next(filter(None, (_long(model, MOST // len(models)) for model in models)), None)
        if long is None:
            continue
        trial, credits_ = long
        path = next((path for path, _ in formulas(rules.models[name])), ("credits",))
        said = selected(trial.picked, ())
        message = f"{said} costs {written(credits_)}, which has more than {MOST_DIGITS} digits"
        yield Finding(CODE, message, Place(path, on_key=True, file=name), "add `round:`, such as `round: {up: 0.01}`")


def _long(model: Model, most: int) -> tuple[Trial, Credits] | None:
    tried = ((each, each.credits) for each in islice(trials(model, model.cells), most))
    return next(((each, cost) for each, cost in tried if cost is not None and digits(cost) > MOST_DIGITS), None)
