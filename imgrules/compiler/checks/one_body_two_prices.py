"""
one request body at two prices

What: two selections of a model send the same request body, but have different prices.
Why: nothing in the request says which of the two was sold, so users may not get what they paid for.

Two selections are not compared if they differ in an option that is not sent at all: a service may need such an input only for
the price, such as the megapixels of a reference image, and its author said so with `send: false`. Gates are not compared.
Nor are they compared if they are sent to different addresses. At most 4,000 selections of a model are tried.

Avoid:
    resolution: {send: size, values: {1K: {send: 1024, credits: 3}, 4K: {send: 1024, credits: 9}}}
Prefer:
    resolution: {send: size, values: {1K: {send: 1024, credits: 3}, 4K: {send: 4096, credits: 9}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeAlias

from imgrules.compiler.lower.overlaps import any_overlap
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.samples.sample_selections import MOST, Trial, selected, sent, trials
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.body import NOTHING, leaf, line_of, unsaid
from imgrules.table.amounts import Amount, as_stated
from imgrules.table.options import Option
from imgrules.table.records import Cell, Model, Send, Table
from imgrules.table.terms import Credits

CODE = Code("IR241", "one-body-two-prices", Severity.ERROR, __doc__)

_SIDES = ("width", "height")
_Request: TypeAlias = tuple[frozenset[tuple[Any, ...]], str | None, tuple[Any, ...]]


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:  # noqa: ARG001  every check of a table is called alike
    """Yield a finding for each two selections that send the same request at two prices, once for each set of options."""
    for name, first in table.models.items():
        budget, reported = MOST, set[frozenset[str]]()
        for model in (first, *(change.model for change in first.changes)):
            tried = list(islice(trials(model, _confusable_cells(model)), budget)) if budget and model.gone is None else []
            budget -= len(tried)
            for trial, other in _pairs(model, tried):
                names = _differing(trial, other)
                if names not in reported:
                    reported.add(names)
                    yield _finding(name, model, trial, other)


def _confusable_cells(model: Model) -> list[Cell]:
    """Return the cells that may send the same request as another cell at another price."""
    if model.price is not None and (_is_sent_in_part(model) or _may_be_unsent(model) or _has_values_alike(model)):
        return list(model.cells)
    if _sends_every_axis(model):
        return []
    sends = [send for send in model.body if _depends_on_axes(model, send)]
    groups: dict[frozenset[tuple[Any, ...]], list[Cell]] = {}
    for cell in model.cells:
        picked = cell.picks(model)
        groups.setdefault(frozenset((send.path, repr(leaf(send, picked))) for send in sends), []).append(cell)
    return [cell for group in groups.values() if len({_price_key(model, member) for member in group}) > 1 for cell in group]


def _sends_every_axis(model: Model) -> bool:
    """Whether each option in the cells is sent as it is, at a path of its own, so that no two cells send the same."""
    plain = {send.name for send in model.body if send.lookup is None and send.form is None}
    return plain.issuperset(model.axes) and not any_overlap(tuple([send.path for send in model.body]))


def _price_key(model: Model, cell: Cell) -> object:
    """Return the part of a cell that decides its price: its credits, or for a price formula its picked values."""
    if model.price is None:
        return cell.credits, cell.estimate
    return tuple(value for name, value in zip(model.axes, cell.values, strict=True) if model.options[name].follows is None)


def _depends_on_axes(model: Model, send: Send) -> bool:
    names = (send.name,) if send.name is not None else send.lookup.by if send.lookup is not None else ()
    return bool(names) and set(names) <= {*model.axes}


def _is_sent_in_part(model: Model) -> bool:
    """Whether an option that no cell holds is sent only in part, such as one side of a size, or sides of a size or a ratio."""
    forms: dict[str, set[str]] = {}
    for send in model.body:
        name = send.name or ""
        if name in model.options and name not in model.axes:
            forms.setdefault(name, set()).add(send.form or "text")
    return any(_is_part(model.options[name], option_forms) for name, option_forms in forms.items())


def _is_part(option: Option, forms: set[str]) -> bool:
    if option.size is not None and option.ratio is not None:
        return not any(form not in _SIDES and ("{" not in form or "{value}" in form) for form in forms)
    return not any(map(_is_whole, forms)) and not forms.issuperset(_SIDES)


def _is_whole(form: str) -> bool:
    return form not in _SIDES and ("{" not in form or "{value}" in form or all(f"{{{side}}}" in form for side in _SIDES))


def _may_be_unsent(model: Model) -> bool:
    """Whether the price depends on the presence of a listed option that no cell holds, and of which a value is not sent."""
    lines = () if model.price is None else (*model.price.times, *model.price.plus)
    counted = {test.name for line in lines for test in line.when}
    loose = (option for option in model.options.values() if option.loose and option.sent and option.name in counted)
    return any(not value.sent for option in loose for value in option.values.values())


def _has_values_alike(model: Model) -> bool:
    """Whether two named values of an option that no cell holds put the same into the request, such as nothing."""
    for option in model.options.values():
        sends = [send for send in model.body if send.name == option.name]
        values = option.values if option.name not in model.axes and option.follows is None and option.sent else ()
        leaves = [frozenset(_leaves(sends, {option.name: value})) for value in values]
        if len(set(leaves)) < len(leaves):
            return True
        literals = {value for (_, _, value) in set().union(*leaves)} if option.text is not None else set()
        if not literals <= {repr(value) for value in values}:
            return True
    return False


def _leaves(sends: list[Send], picked: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for path, value in ((send.path, leaf(send, picked)) for send in sends):
        if value is not NOTHING:
            yield path, type(value), repr(value)


def _pairs(model: Model, tried: list[Trial]) -> Iterator[tuple[Trial, Trial]]:
    inputs = unsaid(model)
    prices_by_body: dict[_Request, dict[tuple[Credits | None, bool], Trial]] = {}
    for trial in tried:
        body = (
            sent(model, trial.values),
            line_of(model, trial.values),
            tuple(_comparable(trial.values.get(name)) for name in inputs),
        )
        prices = prices_by_body.setdefault(body, {})
        price = trial.credits, trial.estimate
        if price not in prices:
            others = sorted(prices.values(), key=lambda other: len(_differing(other, trial)))
            prices[price] = trial
            yield from ((other, trial) for other in others[:1])


def _comparable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _differing(first: Trial, second: Trial) -> frozenset[str]:
    names = {**first.picked, **second.picked}
    return frozenset(name for name in names if first.picked.get(name) != second.picked.get(name))


def _finding(name: str, model: Model, first_trial: Trial, second_trial: Trial) -> Finding:
    differing = _differing(first_trial, second_trial)
    shown = (selected(trial.picked, differing) for trial in (first_trial, second_trial))
    costs = (f"{text} costs {_price(trial)}" for text, trial in zip(shown, (first_trial, second_trial), strict=True))
    option = next(candidate for candidate in model.options if candidate in differing)
    hint = "send what distinguishes them, with `send:` or in `body:`, or give both the same price"
    return Finding(
        CODE, f"one request body has two prices: {', '.join(costs)}", Place(("options", option), on_key=True, file=name), hint
    )


def _price(trial: Trial) -> str:
    return "an unknown price" if trial.credits is None else str(as_stated(Amount(trial.credits, trial.estimate)))
