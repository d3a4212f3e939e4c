"""Edits of the text of a file."""

from __future__ import annotations

from collections.abc import Iterable

Edit = tuple[int, int, str]
"""The start and end offset of a part of a text, and the text that replaces it."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text after some edits, given in any order."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
