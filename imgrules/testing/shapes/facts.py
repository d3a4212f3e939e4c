"""Shapes that add a fact, which a service states and nobody picks, and a rule that reads it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from imgrules.testing.shapes.drawing import NONE, YES_OR_NO, Model, Source, is_priced, limited

_FACTS: dict[str, tuple[dict[str, Any], Any]] = {
    "used": ({"number": {"min": 0, "max": 9}}, 1),
    "rate": ({"number": {"min": 0, "max": 2, "step": "any"}}, 1),
    "cohort": ({"values": ["plain", "vip"]}, "plain"),
    "known_user": ({"values": [True, False]}, False),
    "region": ({"text": {"max": 4}}, "eu"),
    "refs": ({"list": {"max": 3}}, None),
}


def fact(source: Source, model: Model) -> Model:
    """Add a fact, and a limit, a gate, a price, a condition, a default or an address that reads it."""
    name = source.choice(*_FACTS)
    wide = _declared(source, model, name)
    when = source.condition({"options": {name: _FACTS[name][0]}})
    readers: list[Callable[[Source, Model, str, dict[str, Any]], Model]] = [_limit, _limit_alone, _gate, _surcharge, _existence]
    readers += [_counted] if {"number", "list"} & set(_FACTS[name][0]) else []
    readers += [_rows, _rows, _address] if "values" in _FACTS[name][0] else []
    readers += [_default] if "default" in wide["facts"][name] and "values" in _FACTS[name][0] else []
    read: Callable[[Source, Model, str, dict[str, Any]], Model] = source.choice(*readers)
    return read(source, wide, name, when)


def fact_in_words(source: Source, model: Model) -> Model:
    """Add a fact that is a number or a list, and words for its ranges."""
    name = source.choice("used", "used", "refs")
    return _words(source, _declared(source, model, name), name)


def fact_sent(source: Source, model: Model) -> Model:
    """Add a fact that is sent."""
    name = source.choice(*_FACTS)
    wide = _declared(source, model, name)
    return {**wide, "body": {**wide.get("body", {}), "caller.fact": {"of": name}}}


def _declared(source: Source, model: Model, name: str) -> Model:
    kind, default = _FACTS[name]
    unless_stated = {"optional": True} if default is None or source.choice(*YES_OR_NO) else {"default": default}
    # Another shape may have declared it already, and rules may count on its default.
    return {**model, "facts": {name: {**kind, **unless_stated}, **model.get("facts", {})}}


def _limit(source: Source, model: Model, _: str, when: dict[str, Any]) -> Model:
    if not model["options"]:
        return model
    says = source.choice("only", "never")
    return limited(model, {"when": when, says: source.condition(model), "because": "so it is"})


def _limit_alone(_: Source, model: Model, name: str, when: dict[str, Any]) -> Model:
    return limited(model, {"never": {name: "never"} if when[name] == "(none)" else when, "because": "not now"})


def _gate(source: Source, model: Model, _: str, when: dict[str, Any]) -> Model:
    names = list(source.shared.get("gates", {}))
    return model if not names else {**model, "gates": [*model.get("gates", []), {"when": when, "gate": source.choice(*names)}]}


def _surcharge(source: Source, model: Model, name: str, when: dict[str, Any]) -> Model:
    if "credits" in model or is_priced(model):
        return model
    counted = {"per": name, "beyond": 1} if {"number", "list"} & set(model["facts"][name]) else {}
    line = {"credits": 2, **source.choice({"when": when}, counted)}
    return {**model, "credits": {"base": source.draw(source.amounts), "plus": [line], "round": {"up": 1}}}


def _words_of(model: Model, name: str) -> list[str]:
    """Return the rows that a table by a fact needs: one for each value, and one for none where it may be missing."""
    fact = model["facts"][name]
    words = [str(value).lower() if isinstance(value, bool) else value for value in fact["values"]]
    return [*words, NONE] if fact.get("optional") else words


def _formula(source: Source, model: Model) -> dict[str, Any] | None:
    """Return the price of a model as a formula; None where it has several prices, one after the other."""
    price = model.get("credits")
    if price is None:
        return {} if is_priced(model) else {"base": source.choice(2, Decimal("0.5"))}
    if isinstance(price, list):
        return None
    return {"base": price} if not isinstance(price, dict) or "table" in price else price


def _rows(source: Source, model: Model, name: str, _: dict[str, Any]) -> Model:
    """Add factors, or surcharges, by a fact and perhaps an option."""
    price, words, names = _formula(source, model), _words_of(model, name), source.listed(model)
    if price is None:
        return model
    by: list[str] = [name]
    table: dict[str, Any] = {word: source.choice(2, 3) for word in words[: source.choice(1, len(words))]}
    if names and source.choice(*YES_OR_NO):
        by = source.choice([name, by_option := source.choice(*names)], [by_option, name])
        values = [str(value).lower() if isinstance(value, bool) else value for value in model["options"][by_option]["values"]]
        rows, cells = (words, values) if by[0] == name else (values, words)
        table = {row: {cell: source.choice(2, 3) for cell in cells} for row in rows[: source.choice(1, len(rows))]}
    line, key = source.choice(("factor", "times"), ("credits", "plus"))
    return {**model, "credits": {**price, key: [*price.get(key, []), {line: {"by": by, "table": table}}]}}


def _counted(source: Source, model: Model, name: str, _: dict[str, Any]) -> Model:
    price = _formula(source, model)
    return model if price is None or "each" in price else {**model, "credits": {**price, "each": name}}


def _address(source: Source, model: Model, name: str, _: dict[str, Any]) -> Model:
    paths = source.choice(("/a", "/b"), ("/a", "/a"))
    table = {word: f"POST {paths[min(at, 1)]}" for at, word in enumerate(_words_of(model, name))}
    return {"request": {"by": name, "table": table}, **model}


def _existence(source: Source, model: Model, _: str, when: dict[str, Any]) -> Model:
    facts = {"values": ["one", "two"], "when": when, **source.unless_picked("one")}
    return source.option(model, "extra", facts)


def _words(source: Source, model: Model, name: str) -> Model:
    words = {"few": {"max": 1}, "more": {"min": source.choice(2, 2, 3)}}
    return source.option(model, "allowance", {"of": name, "values": words})


def _default(source: Source, model: Model, name: str, _: dict[str, Any]) -> Model:
    rows = {
        str(value).lower() if isinstance(value, bool) else value: at for at, value in enumerate(model["facts"][name]["values"])
    }
    table = {row: ("one", "two")[at] for row, at in rows.items()}
    return source.option(model, "usual", {"values": ["one", "two"], "default": {"by": [name], "table": table}})
