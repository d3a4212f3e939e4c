"""A shape with tables by an option with a rule: rows for some of its values, for all others, and for no value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imgrules.testing.shapes.drawing import NONE, YES_OR_NO, Model, Source, is_priced

OTHER = "(other)"
"""What a rule file writes as the row for what no other row names."""

_KINDS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"ratio": {"min": "1:3", "max": "3:1"}}, ("1:2", "2:1")),
    ({"size": {"edge": {"min": 16, "max": 64, "step": 8}}, "values": ["auto"]}, ("32x32", "auto")),
    ({"text": {"max": 3}}, ("a",)),
    ({"list": {"max": 2}}, ()),
    ({"values": ["ink", "oil"]}, ("ink", "oil")),
)


def rows(source: Source, model: Model) -> Model:
    """Add an option, and tables with rows for what they do not name and for no value."""
    facts, named = source.choice(*_KINDS)
    optional = {"optional": True} if "list" in facts or source.choice(*YES_OR_NO, *YES_OR_NO[:1]) else {}
    wide = source.option(model, "paper", {**facts, **optional})
    listed = facts.keys() == {"values"}
    names = [*named, *([] if listed else [OTHER]), *([NONE] if optional else [])]
    wide = _in_body(source, wide, names)
    wide = wide if not source.choice(*YES_OR_NO) else _as_default(source, wide, names)
    return wide if "credits" in wide or "promotion" in wide or is_priced(wide) else _as_price(source, wide, names)


def _in_body(source: Source, model: Model, names: list[str]) -> Model:
    """Add a table to the body; without a row for no value, nothing is sent then."""
    kept = [name for name in names if name != NONE or source.choice(*YES_OR_NO, *YES_OR_NO[:1])]
    sent = ("x", 2, *YES_OR_NO)
    table: dict[str, Any] = {name: source.choice(*sent) for name in kept}
    return {**model, "body": {**model.get("body", {}), "told.paper": {"by": ["paper"], "table": table}}}


def _as_default(source: Source, model: Model, names: list[str]) -> Model:
    """Add an option with a default that only some rows have."""
    kept = [name for name in names if source.choice(*YES_OR_NO)] or names[:1]
    default = {"by": ["paper"], "table": {name: source.choice(1, 2, NONE) for name in kept}}
    optional = source.choice({}, {"optional": True})
    return source.option(model, "copies", {"number": {"min": 1, "max": 3}, "default": default, **optional})


def _as_price(source: Source, model: Model, names: list[str]) -> Model:
    """Add a price by the option, perhaps with a promotion by it too."""
    amounts = (1, 3, Decimal("0.5"), "unknown")
    table = {"by": ["paper"], "table": {name: source.choice(*amounts) for name in names}}
    base = source.choice(table, table, {"base": table, "times": [{"factor": 2}], "round": {"up": 1}}, 4)
    promoted = {"by": ["paper"], "table": {name: source.choice(*amounts) for name in names}}
    promotion = source.choice({}, {}, {"promotion": {"credits": source.choice(2, promoted), "until": "2026-07-01T12:00:00Z"}})
    return {**model, "credits": base, **promotion}
