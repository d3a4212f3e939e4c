"""Texts that keep every rule of a field."""

from __future__ import annotations

from itertools import chain

from imgrules.table.measures import fits_text
from imgrules.table.records import Field


def sound_text(field: Field) -> str:
    """Return a short text that a field accepts: one word, or some words of one letter."""
    words = (" ".join("x" * count) for count in range(1, 12))
    texts = chain(("x" * count for count in range(1, 12)), words)
    return next(text for text in texts if all(fits_text(text, rule) for rule in field.text.rules))
