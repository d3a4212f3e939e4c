"""
dated prices that overlap or leave a gap

What: at some moment two dated prices apply, or none does, or one of them has no date.
Why: it is not defined which of two prices a user pays, and nothing should be offered without a price.

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
from imgrules.compiler.spec.model import DatedPriceSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, moment_of
from imgrules.compiler.spec.types import DatedSpec
from imgrules.quoting import quoted

CODE = Code("IR227", "price-in-time", Severity.ERROR, __doc__)

_FIRST, _LAST = "", "~"  # before and after every moment, as texts are compared


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find stretches of time with two prices, or with none."""
    for model, spec in rules.models.items():
        if isinstance(spec.credits, list):
            yield from _undated(model, spec.credits)
            yield from _overlaps(model, spec.credits)
            yield from _holes(model, spec, spec.credits)
        yield from _promotions(model, spec)


def _undated(model: str, said: list[DatedPriceSpec]) -> Iterator[Finding]:
    for at, each in enumerate(said):
        if each.from_ is None and each.until is None:
            place = Place(("credits", at), file=model)
            alone = isinstance(each.credits, int | Decimal | str)
            price = f"`credits: {each.credits}`" if alone else "the value of its `credits:`, without the list"
            hint = f"write the price alone: {price}" if len(said) == 1 else "add `from:` or `until:` to it"
            yield Finding(CODE, "a price in a list of dated prices needs a date", place, hint)


def _overlaps(model: str, said: list[DatedPriceSpec]) -> Iterator[Finding]:
    dates = [(at, each) for at, each in enumerate(said) if each.from_ is not None or each.until is not None]
    for (first, one), (second, other) in combinations(dates, 2):
        both = _both(one, other)
        if both is not None:
            related = ((Place(("credits", first), file=model), "the other price"),)
            place = Place(("credits", second), file=model)
            yield Finding(CODE, f"two prices apply {_stretch(*both)}", place, "let one begin when the other ends", related)


def _both(one: DatedSpec, other: DatedSpec) -> tuple[str, str] | None:
    """Return the stretch in which both of two dated things count."""
    begun, over = max(_begun(one), _begun(other)), min(_over(one), _over(other))
    sound = all(_begun(each) < _over(each) for each in (one, other))
    return (begun, over) if sound and begun < over else None


def _holes(model: str, spec: ModelSpec, said: list[DatedPriceSpec]) -> Iterator[Finding]:
    gone = moment_of(spec.retired.on) if spec.retired else None
    ends = sorted((_begun(each), _over(each)) for each in said)
    reached: list[str] = [_begun(spec)]
    for _, over in ends:
        reached.append(max(reached[-1], over))
    begins = [*(begun for begun, _ in ends), min(_over(spec), gone or _LAST)]
    for over, begun in zip(reached, begins, strict=True):
        if over < begun:
            place = Place(("credits",), on_key=True, file=model)
            yield Finding(CODE, f"no price applies {_stretch(over, begun)}", place, "let one begin when the other ends")


def _promotions(model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Find promotional prices of which two would count for one combination."""
    said: list[list[tuple[Path, DatedSpec]]] = []
    if spec.promotion is not None:
        said.append([(("promotion",), spec.promotion)])
    for option, each in spec.options.items():
        shown = ((value, one.promotion) for value, one in details_of(each).items() if one.promotion is not None)
        said.append([(("options", option, "values", value, "promotion"), one) for value, one in shown])
    pairs = (pair for one, other in combinations(said, 2) for pair in product(one, other))
    for (path, one), (later, two) in pairs:
        both = _both(one, two)
        if both is not None:
            related = ((Place(path, file=model), "the other promotion"),)
            hint = "write all promotional prices in one place, or let one begin when the other ends"
            yield Finding(CODE, f"two promotions apply {_stretch(*both)}", Place(later, file=model), hint, related)


def _begun(said: DatedSpec) -> str:
    return moment_of(said.from_) or _FIRST


def _over(said: DatedSpec) -> str:
    return moment_of(said.until) or _LAST


def _stretch(begun: str, over: str) -> str:
    first, last = (each.removesuffix("T00:00:00Z") for each in (begun, over))
    since = f"from {quoted(first)}" if first != _FIRST else ""
    until = f"until {quoted(last)}" if last != _LAST else "on" if since else "at all times"
    return " ".join(each for each in (since, until) if each)
