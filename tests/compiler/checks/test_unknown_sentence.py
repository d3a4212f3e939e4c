"""A translation that fits no sentence is found."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build


def test_fires(found: Callable[..., list[str]]) -> None:
    """An unknown sentence and an unknown place are pointed at."""
    assert found("IR234", messages="messages: {de: {retird: weg}}") == ["_messages.yaml:1:17 retird"]
    assert found("IR234", messages="messages: {de: {retired: '{wert} weg'}}") == ["_messages.yaml:1:26 '{wert} weg'"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """A translation may leave places out, in any language."""
    assert found("IR234", messages="messages: {de: {retired: '{value} weg'}, en: {retired: gone}}") == []


def test_the_table_is_withheld(built: Callable[..., Build]) -> None:
    """A mistake in the shared sentences costs the table, as one in the shared file does."""
    assert built(messages="messages: {de: {retird: weg}}").table is None
    assert built(messages="messages: {de: {retired: weg}}").table is not None
