"""A declared language of which some sentences are not translated is reported."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.table.texts.messages import ENGLISH

DECLARED = [("language: 1", "language: 1\nlanguages: [en, de, de-AT, fr]")]
WHOLE = "".join(f"    {name}: x\n" for name in ENGLISH)


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A declared language with a part of the sentences is reported."""
    assert places_of("IR235", shared=DECLARED, messages="messages: {de: {retired: weg}}") == ["_messages.yaml:1:12 de"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Languages are accepted that are not declared, not begun or complete, that fall back to a wider tag, and English."""
    assert places_of("IR235", messages="messages: {de: {retired: weg}}") == []
    assert places_of("IR235", shared=DECLARED, messages="messages: {en: {retired: gone}}") == []
    assert places_of("IR235", shared=DECLARED, messages=f"messages:\n  de:\n{WHOLE}  de-AT: {{retired: weg}}\n") == []
