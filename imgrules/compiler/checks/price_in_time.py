"""
dated prices that overlap or leave a gap

What: at some moment two dated prices apply, or none applies; or a price in a list of dated prices has no date.
Why: of two prices, it is not defined which one a user pays; without a price, nothing should be offered.

Avoid:
    credits: [{credits: 4, until: "2027-01-01"}, {credits: 5, from: "2027-02-01"}]
Prefer:
    credits: [{credits: 4, until: "2027-01-01"}, {credits: 5, from: "2027-01-01"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.dated import FIRST, LAST, end_of, overlap, start_of
from imgrules.compiler.spec.model import ModelSpec, ValuePromotionSpec
from imgrules.compiler.spec.price import DatedPriceSpec, PromotionSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.types import DatedSpec
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR227", "price-in-time", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each period in which two prices apply, or none, and for each price without a date."""
    for model, spec in rules.models.items():
        if isinstance(spec.credits, list):
            yield from _prices_without_dates(model, spec.credits)
            yield from _overlaps(model, spec.credits)
            yield from _gaps(model, spec, spec.credits)
        yield from _promotions(model, spec)


def _prices_without_dates(model: str, prices: list[DatedPriceSpec]) -> Iterator[Finding]:
    for index, price in enumerate(prices):
        if price.from_ is None and price.until is None:
            place = Place(("credits", index), file=model)
            alone = isinstance(price.credits, int | Decimal | str)
            written = f"`credits: {price.credits}`" if alone else "the value of its `credits:`, without the list"
            hint = f"write the price alone: {written}" if len(prices) == 1 else "add `from:` or `until:` to it"
            yield Finding(CODE, "this price has no date, but it is in a list of dated prices", place, hint)


def _overlaps(model: str, prices: list[DatedPriceSpec]) -> Iterator[Finding]:
    dated_prices = [(index, price) for index, price in enumerate(prices) if price.from_ is not None or price.until is not None]
    for (first, first_price), (second, second_price) in combinations(dated_prices, 2):
        period = overlap(first_price, second_price)
        if period is not None:
            related = ((Place(("credits", first), file=model), "the other price"),)
            place = Place(("credits", second), file=model)
            yield Finding(
                CODE, f"two prices apply {_period_text(*period)}", place, "let one of them begin when the other ends", related
            )


def _gaps(model: str, spec: ModelSpec, prices: list[DatedPriceSpec]) -> Iterator[Finding]:
    periods = sorted((start_of(price), end_of(price)) for price in prices)
    latest_ends: list[str] = [start_of(spec)]
    for _, end in periods:
        latest_ends.append(max(latest_ends[-1], end))
    starts = [*(begin for begin, _ in periods), end_of(spec)]
    for index, (end, start) in enumerate(zip(latest_ends, starts, strict=True)):
        if end < start:
            place = Place(("credits",), on_key=True, file=model)
            hint = _gap_hint(start, is_first=index == 0, is_last=index == len(periods))
            yield Finding(CODE, f"no price applies {_period_text(end, start)}", place, hint)


def _gap_hint(start: str, *, is_first: bool, is_last: bool) -> str:
    if is_last:
        return "let the last price end later, or add a price that begins when it ends"
    if is_first:
        return f"let the price that begins at {quoted(start.removesuffix('T00:00:00Z'))} begin earlier, or add one before it"
    return "let each price begin when the one before it ends"


def _promotions(model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Yield a finding for each pair of promotions that may be in effect for one combination at the same time."""
    groups: dict[Path, list[tuple[Path, DatedSpec]]] = {}
    for path, promotion in walk(spec, PromotionSpec, ValuePromotionSpec):
        groups.setdefault(path[:2], []).append((path, promotion))
    pairs = (pair for group, other_group in combinations(groups.values(), 2) for pair in product(group, other_group))
    for (first_path, first), (second_path, second) in pairs:
        period = overlap(first, second)
        if period is not None:
            related = ((Place(first_path, file=model), "the other promotion"),)
            hint = "write all promotional prices in one place, or let one of them begin when the other ends"
            yield Finding(CODE, f"two promotions apply {_period_text(*period)}", Place(second_path, file=model), hint, related)


def _period_text(start: str, end: str) -> str:
    first, last = (moment.removesuffix("T00:00:00Z") for moment in (start, end))
    since = f"from {quoted(first)}" if first != FIRST else ""
    until = f"until {quoted(last)}" if last != LAST else "on" if since else "at all times"
    return " ".join(part for part in (since, until) if part)
