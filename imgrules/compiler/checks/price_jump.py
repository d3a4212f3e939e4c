"""
a price far from its neighbours

What: of prices, surcharges or factors beside each other, one is at least ten times as much as the next smaller one.
Why: a hundredfold price is what a wrong unit or a forgotten decimal point makes: 2000 for 20, or 8 cents for 8 credits.

Amounts beside each other are the values of one option, a row or a column of a table, dated prices of the model, and a promotion
and its regular price; a factor stands beside 1. At ten times, a hundredfold amount is seen even where the right one would be
ten times as much or as little as its neighbour.

Avoid:
    values: {low: {credits: 5}, medium: {credits: 8}, high: {credits: 2000}}
Prefer:
    values: {low: {credits: 5}, medium: {credits: 8}, high: {credits: 20}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.amounts_beside import Stated, groups_of
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.exact import multiply, written

CODE = Code("IR322", "price-jump", Severity.WARNING, __doc__, may_be_meant=True)

_FAR = 10
"""How many times as much as its neighbour an amount has to be: 100 / 10, so that no right neighbour hides a hundredfold amount."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each line of amounts with a jump: at the side of it that has fewer amounts, or else at the greater."""
    for model in rules.models:
        odd: dict[Path, Finding] = {}
        for line in (line for group in groups_of(rules, model) for line in group.lines):
            for stated, neighbour in _jumps(line):
                odd.setdefault(stated.path, _finding(model, stated, neighbour))
        yield from odd.values()


def _finding(model: str, odd: Stated, neighbour: Stated) -> Finding:
    related = ((Place(neighbour.path, file=model), "the nearest amount"),)
    times = f"at least {_FAR} times as much" if odd.amount > neighbour.amount else f"at most 1/{_FAR} of it"
    message = f"{odd.name} has {written(odd.amount)}, but {neighbour.name} has {written(neighbour.amount)}: {times}"
    return Finding(CODE, message, Place(odd.path, file=model), "correct the amount", related)


def _jumps(line: list[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Yield, for each jump between neighbours in size, the amount that is probably wrong and its neighbour."""
    ordered = sorted((stated for stated in line if stated.amount > 0), key=lambda stated: stated.amount)
    for index, (lower, upper) in enumerate(pairwise(ordered), 1):
        if upper.amount >= multiply(lower.amount, _FAR):
            yield (lower, upper) if index < len(ordered) - index else (upper, lower)
