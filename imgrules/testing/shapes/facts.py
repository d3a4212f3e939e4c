"""Shapes that add a fact, which a service states and nobody picks, and a rule that reads it."""

from __future__ import annotations

from typing import Any

from imgrules.testing.shapes.source import YES_OR_NO, Model, Source, is_priced, limited

_FACTS: dict[str, tuple[dict[str, Any], Any]] = {
    "used": ({"number": {"min": 0, "max": 9}}, 1),
    "rate": ({"number": {"min": 0, "max": 2, "step": "any"}}, 1),
    "cohort": ({"values": ["plain", "vip"]}, "plain"),
    "known_user": ({"values": [True, False]}, False),
    "region": ({"text": {"max": 4}}, "eu"),
    "refs": ({"list": {"max": 3}}, None),
}


def fact(source: Source, model: Model) -> Model:
    """Add a fact, and a limit, a gate, a price, a condition, a default, words or a leaf that reads it."""
    name = source.choice(*_FACTS)
    kind, default = _FACTS[name]
    unless_stated = {"optional": True} if default is None or source.choice(*YES_OR_NO) else {"default": default}
    wide = {**model, "facts": {**model.get("facts", {}), name: {**kind, **unless_stated}}}
    when = source.condition({"options": {name: kind}})
    readers = [_limit, _limit_alone, _gate, _surcharge, _existence, _sent]
    readers += [_words] if {"number", "list"} & set(kind) else []
    readers += [_default] if "default" in unless_stated and "values" in kind else []
    for reader in (source.choice(*readers), source.choice(*readers)):
        wide = reader(source, wide, name, when)
    return wide


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


def _existence(source: Source, model: Model, _: str, when: dict[str, Any]) -> Model:
    facts = {"values": ["one", "two"], "when": when, **source.unless_picked("one")}
    return source.option(model, "extra", facts)


def _words(source: Source, model: Model, name: str, _: dict[str, Any]) -> Model:
    words = {"few": {"max": 1}, "more": {"min": source.choice(2, 2, 3)}}
    if "number" in model["facts"][name] and "step" in model["facts"][name]["number"]:
        return model
    return source.option(model, "allowance", {"of": name, "values": words})


def _default(source: Source, model: Model, name: str, _: dict[str, Any]) -> Model:
    rows = {
        str(value).lower() if isinstance(value, bool) else value: at for at, value in enumerate(model["facts"][name]["values"])
    }
    table = {row: ("one", "two")[at] for row, at in rows.items()}
    return source.option(model, "usual", {"values": ["one", "two"], "default": {"by": [name], "table": table}})


def _sent(_: Source, model: Model, name: str, __: dict[str, Any]) -> Model:
    return {**model, "body": {**model.get("body", {}), "caller.fact": {"of": name}}}
