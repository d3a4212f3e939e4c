"""
one request body at two prices

What: two selections of a model send the same request body, but have different prices.
Why: nothing in the request says which of the two was sold, so users may not get what they paid for.

The selections that are compared differ in listed values, or in what is sent at all. A number, a size, a ratio, a text or a
list that is not sent is accepted: with it, a service asks its caller for what the request does not contain, such as the
megapixels of a reference. Gates are not compared. At most 4,000 selections of a model are tried.

Avoid:
    resolution: {send: size, values: {1K: {send: 1024, credits: 3}, 4K: {send: 1024, credits: 9}}}
Prefer:
    resolution: {send: size, values: {1K: {send: 1024, credits: 3}, 4K: {send: 4096, credits: 9}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeAlias

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.trials import MOST, Trial, selected, sent, trials
from imgrules.engine.body import leaf
from imgrules.table.exact import written
from imgrules.table.records import Cell, Model, Send, Table
from imgrules.table.terms import Credits

CODE = Code("IR241", "one-body-two-prices", Severity.ERROR, __doc__)

_SIDES = ("width", "height")
_Body: TypeAlias = tuple[frozenset[tuple[Any, ...]], tuple[Any, ...]]


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:  # noqa: ARG001  every check of a table is called alike
    """Find models of which some request is sold at two prices."""
    for name, first in table.models.items():
        left, told = MOST, set[frozenset[str]]()
        for model in (first, *(each.model for each in first.changes)):
            tried = list(islice(trials(model, _alike(model)), left)) if left and model.gone is None else []
            left -= len(tried)
            for one, other in _pairs(model, tried):
                names = _differing(one, other)
                if names not in told:
                    told.add(names)
                    yield _finding(name, model, one, other)


def _alike(model: Model) -> list[Cell]:
    """Return the combinations that others may be taken for: all, where something besides may be sent in part or not at all."""
    if model.price is not None and (_is_sent_in_part(model) or _may_be_unsent(model)):
        return list(model.cells)
    told = [send for send in model.body if _is_held(model, send)]
    groups: dict[frozenset[tuple[Any, ...]], list[Cell]] = {}
    for cell in model.cells:
        held = cell.picks(model)
        groups.setdefault(frozenset((each.path, repr(leaf(each, held))) for each in told), []).append(cell)
    return [cell for some in groups.values() if len({_cost(model, each) for each in some}) > 1 for cell in some]


def _cost(model: Model, cell: Cell) -> object:
    """Return what tells the price of one combination from that of another: with a formula, what is picked for it may."""
    if model.price is None:
        return cell.credits
    return tuple(each for name, each in zip(model.axes, cell.values, strict=True) if model.options[name].follows is None)


def _is_held(model: Model, send: Send) -> bool:
    names = (send.name,) if send.name is not None else send.lookup.by if send.lookup is not None else ()
    return bool(names) and set(names) <= {*model.axes}


def _is_sent_in_part(model: Model) -> bool:
    """Whether something that no combination holds is sent, but not all of it, such as one side of a size."""
    forms: dict[str, set[str]] = {}
    for send in model.body:
        name = send.name or ""
        if name in model.options and name not in model.axes:
            forms.setdefault(name, set()).add(send.form or "text")
    return any(not any(map(_is_whole, each)) and not each.issuperset(_SIDES) for each in forms.values())


def _is_whole(form: str) -> bool:
    return form not in _SIDES and ("{" not in form or "{value}" in form or all(f"{{{each}}}" in form for each in _SIDES))


def _may_be_unsent(model: Model) -> bool:
    """Whether something listed, on which nothing but its presence counts, is sent nowhere."""
    known = {name for send in model.body for name in ((send.name,) if send.lookup is None else send.lookup.by)}
    lines = () if model.price is None else (*model.price.times, *model.price.plus)
    counted = {test.name for line in lines for test in line.when}
    return any(each.loose and each.name in counted - known for each in model.options.values())


def _pairs(model: Model, tried: list[Trial]) -> Iterator[tuple[Trial, Trial]]:
    asked = _asked(model)
    known: dict[_Body, dict[Credits | None, Trial]] = {}
    for each in tried:
        body = sent(model, each.values), tuple(_comparable(each.values.get(name)) for name in asked)
        prices = known.setdefault(body, {})
        if each.credits not in prices:
            others = sorted(prices.values(), key=lambda other: len(_differing(other, each)))
            prices[each.credits] = each
            yield from ((other, each) for other in others[:1])


def _asked(model: Model) -> tuple[str, ...]:
    """Return what is no listed option and sent nowhere: with it, the caller is asked for what the request does not hold."""
    known = {name for send in model.body for name in ((send.name,) if send.lookup is None else send.lookup.by)}
    options = (each for each in model.options.values() if each.follows is None and not each.listed)
    return tuple(each.name for each in options if each.name not in known)


def _comparable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _differing(one: Trial, other: Trial) -> frozenset[str]:
    names = {**one.picked, **other.picked}
    return frozenset(each for each in names if one.picked.get(each) != other.picked.get(each))


def _finding(name: str, model: Model, one: Trial, other: Trial) -> Finding:
    differing = _differing(one, other)
    shown = (selected(each.picked, differing) for each in (one, other))
    costs = (f"{said} costs {_price(each.credits)}" for said, each in zip(shown, (one, other), strict=True))
    first = next(each for each in model.options if each in differing)
    hint = "send what distinguishes them, with `send:` or in `body:`, or give both the same price"
    return Finding(
        CODE, f"one request body has two prices: {', '.join(costs)}", Place(("options", first), on_key=True, file=name), hint
    )


def _price(credits_: Credits | None) -> str:
    return "an unknown price" if credits_ is None else written(credits_)
