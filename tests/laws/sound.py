"""What a whole request needs beside the picks: texts that keep every rule of a field, and the facts that have a default."""

from __future__ import annotations

from itertools import chain
from typing import Any

from imgrules.table.measures import fits_text
from imgrules.table.records import Field, Model, Table
from imgrules.table.terms import Text


def sound_text(field: Field) -> str:
    """Return a short text that a field accepts."""
    return sound(field.text)


def sound(rule: Text) -> str:
    """Return a short text that all limits of a text accept: one word, or some words of one letter."""
    words = (" ".join("x" * count) for count in range(1, 12))
    texts = chain(("x" * count for count in range(1, 12)), words)
    return next(text for text in texts if all(fits_text(text, limit) for limit in rule.rules))


def usual_facts(table: Table, model: Model) -> dict[str, Any]:
    """Return the facts that a model reads and that have a default, by name."""
    facts = {**table.facts, **{name: option for name, option in model.options.items() if option.fact}}
    return {name: fact.default for name, fact in facts.items() if fact.default is not None}
