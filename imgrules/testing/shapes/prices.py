"""Shapes that change what a model costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imgrules.testing.shapes.drawing import MOMENTS, YES_OR_NO, Model, Source, changed, is_number_of, is_priced

_ROUNDS = (
    {},
    *({"round": rounding} for rounding in ({"up": 1}, {"nearest": Decimal("0.5")}, {"down": Decimal("0.1")}, "exact")),
)


def formula(source: Source, model: Model) -> Model:
    """Add a price formula."""
    rest = {name: value for name, value in model.items() if name not in {"credits", "promotion"}}
    options = rest["options"]
    counted = [name for name, option in options.items() if {"number", "list"} & set(option) or is_number_of(option)]
    credits_: dict[str, Any] = {} if is_priced(rest) else {"base": source.draw(source.amounts)}
    if options:
        factor = {"factor": source.choice(2, Decimal("1.5"), Decimal("0.25"))}
        credits_["times"] = [factor | source.choice({}, {"when": source.condition(rest)})]
        credits_["plus"] = [{"credits": source.draw(source.amounts), **source.choice({}, {"when": source.condition(rest)})}]
    if counted:
        per = {"credits": source.choice(1, Decimal("0.5")), "per": source.choice(*counted), **source.choice({}, {"beyond": 1})}
        credits_["plus"] = [*credits_.get("plus", []), per]
        credits_ |= source.choice({}, {"each": source.choice(*counted)}, {"each": counted[-2:]})
    return {**rest, "credits": credits_ | source.choice(*_ROUNDS)}


def each(source: Source, model: Model) -> Model:
    """Draw a price for each unit of a number that may be negative, or have no bound, or of a total of it."""
    ranges = ({"max": 4}, {"min": -3, "max": 3}, {"min": 1, "max": 4}, {"min": 1}, {"min": 0, "step": "any"})
    number = {"number": source.choice(*ranges)}
    wide = source.option(
        {name: value for name, value in model.items() if name not in {"credits", "promotion"}}, "shots", number
    )
    made = ["shots", "pics"] if "pics" in wide["options"] else ["shots"]
    wide["options"]["made"] = {"of": made, "measure": "total"}
    price = {"each": source.choice("shots", "made"), **source.choice({}, {"plus": [{"credits": 2, "per": "shots"}]})}
    price |= source.choice({}, *_ROUNDS)
    return {**wide, "credits": price if is_priced(wide) else {"base": source.choice(2, Decimal("0.5")), **price}}


def alike(source: Source, model: Model) -> Model:
    """Draw an option with two values that may be sent as the same value, and prices that may depend on it."""
    sent = source.choice(1, 2)
    wide = source.option(model, "tier", {"values": {"plain": {"as": 1}, "fine": {"as": sent}}})
    rest = {name: value for name, value in wide.items() if name not in {"credits", "promotion"}}
    when = {"tier": "fine", **source.choice({}, source.condition(model) if model["options"] else {})}
    price = {"plus": [{"credits": source.choice(2, Decimal("0.5")), "when": when}]}
    return {**rest, "credits": price if is_priced(wide) else {"base": source.choice(2, 3), **price}}


def promotion(source: Source, model: Model) -> Model:
    """Add a promotion."""
    now = {"credits": source.choice(1, Decimal("2.5")), "from": MOMENTS[0], "until": source.choice(*MOMENTS[1:])}
    if not is_priced(model):
        return {"credits": source.draw(source.amounts), **model, "promotion": {**now, **_by_a_table(source, model)}}

    def promoted(option: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(option["values"], dict) or not any("credits" in details for details in option["values"].values()):
            return option
        value = source.choice(*option["values"])
        return {**option, "values": {**option["values"], value: {**option["values"][value], "promotion": now}}}

    return changed(source, model, promoted)


def _by_a_table(source: Source, model: Model) -> Model:
    """Draw the price of a promotion as a table by an option, or none; it may state the regular price."""
    by = [name for name in source.listed(model) if not {"when", "optional"} & set(model["options"][name])]
    if not by or source.choice(*YES_OR_NO):
        return {}
    name, amounts = source.choice(*by), (1, Decimal("0.5"), "about 2", model.get("credits", 3))
    plain = [amount for amount in amounts if not isinstance(amount, dict | list)]
    values = [str(value).lower() if isinstance(value, bool) else value for value in model["options"][name]["values"]]
    return {"credits": {"by": [name], "table": {value: source.choice(*plain) for value in values}}}


def dated_price(source: Source, model: Model) -> Model:
    """Add two prices, one after the other."""
    if isinstance(model.get("credits"), list) or is_priced(model):
        return model
    at, before = source.choice(*MOMENTS), model.get("credits", 3)
    return {**model, "credits": [{"credits": before, "until": at}, {"credits": source.draw(source.amounts), "from": at}]}
