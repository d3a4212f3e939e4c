"""Call every public method of a table's rules with a bounded set of selections; an undocumented exception is a failure."""

from __future__ import annotations

import json
import random
from typing import Any

from imgrules import ImgrulesError, Refused
from imgrules.rules import Rules

MOMENTS = (None, "2026-12-01", "2026-01-01T00:00:00Z", "2099-01-01", "0001-01-01")
VALUES: tuple[Any, ...] = (
    *("1:1", "16:9", "1024x1024", "0x0", "99999x1", "a", "", "x" * 300, "true", True, False, None, 0, 1, -1, 2, 0.5, 10**15),
    *([], ["a"], ["a"] * 5, [1], {}, {"a": 1}),
)


def ask_everything(rules: Rules, chance: random.Random, selections: int = 6) -> None:
    """Call every public method, and let every exception through that its docstring does not name."""
    grants = frozenset({"member"})
    for at in MOMENTS[:3]:
        _documented(ValueError, lambda at=at: json.dumps(rules.catalog(grants, "de", at)))
    json.dumps(rules.calendar((), "en"))
    json.dumps(rules.calendar(grants, "en", "2026-06-01"))
    _documented(ImgrulesError, lambda: rules.read_result({"status": "ready", "main_url": "https://a.b/c"}))
    names = list(rules.table.models)
    for name in [*chance.sample(names, min(3, len(names))), "unheard-of"]:
        for _ in range(selections):
            ask(rules, selection(rules, name, chance), chance)


def selection(rules: Rules, name: str, chance: random.Random) -> dict[str, Any]:
    """Return a selection of a model in which most values are valid and some are not."""
    model = rules.table.models.get(name)
    picked: dict[str, Any] = {"model": name, "prompt": "A red fox", "language": "en"}
    if model is None:
        return picked
    cell = chance.choice(model.cells) if model.cells else None
    axes = dict(zip(model.axes, cell.values, strict=True)) if cell else {}
    for option in model.options.values():
        candidates = (
            [*axes.values()]
            if option.name in axes
            else [*option.values, *option.gone, *(alias.name for alias in option.aliases)]
        )
        value = axes.get(option.name) if chance.random() < 0.9 else chance.choice([*VALUES, *candidates] or [1])
        if option.name not in axes:
            value = chance.choice([None, *candidates, *VALUES, option.default])
        if value is not None and not (option.follows and chance.random() < 0.9):
            picked[option.name] = value
    return picked


def ask(rules: Rules, picked: dict[str, Any], chance: random.Random) -> None:
    """Call every method that takes a selection with this one."""
    grants, at, language = (
        chance.choice(((), {"member"}, ["gold", "x"])),
        chance.choice(MOMENTS),
        chance.choice((None, "de", "xx")),
    )
    decision = rules.decide(picked, grants, language, at)
    json.dumps(decision.as_dict(), allow_nan=False)
    assert decision.reasons or decision.status != "impossible"
    for repair in decision.repairs:
        rules.decide(repair.apply(picked), grants, language, at)
    body = _documented(Refused, lambda: rules.emit(picked, grants, language, at))
    raw = _documented(Refused, lambda: rules.emit_json(picked, grants, language, at))
    _documented(Refused, lambda: rules.body(decision, picked, language))
    _documented(ValueError, lambda: json.dumps(rules.choices(picked, grants, language, at)))
    _documented(ValueError, lambda: json.dumps(rules.choices({"model": picked["model"]}, grants, language, at)))
    if body is not None and raw is not None:
        assert json.loads(raw) == body
        regenerated = rules.regenerate(body, {"prompt": "Another"}, grants, language, at)
        json.dumps(regenerated.decision.as_dict(), allow_nan=False)


def _documented(kind: type[Exception], question: Any) -> Any:
    try:
        return question()
    except kind:
        return None
