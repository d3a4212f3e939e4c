"""A language that is translated in part is found."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.table.messages import ENGLISH

DECLARED = [("language: 1", "language: 1\nlanguages: [en, de, de-AT, fr]")]
WHOLE = "".join(f"    {name}: x\n" for name in ENGLISH)


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A declared language with some sentences is pointed at."""
    assert places_of("IR235", shared=DECLARED, messages="messages: {de: {retired: weg}}") == ["_messages.yaml:1:12 de"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """What is not declared, not begun, whole, or falls back to a wider tag is fine, and so is English."""
    assert places_of("IR235", messages="messages: {de: {retired: weg}}") == []
    assert places_of("IR235", shared=DECLARED, messages="messages: {en: {retired: gone}}") == []
    assert places_of("IR235", shared=DECLARED, messages=f"messages:\n  de:\n{WHOLE}  de-AT: {{retired: weg}}\n") == []
