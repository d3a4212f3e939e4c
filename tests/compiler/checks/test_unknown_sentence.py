"""A translation that fits no sentence is found."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """An unknown sentence and an unknown place are pointed at."""
    assert places_of("IR234", messages="messages: {de: {retird: weg}}") == ["_messages.yaml:1:17 retird"]
    assert places_of("IR234", messages="messages: {de: {retired: '{wert} weg'}}") == ["_messages.yaml:1:26 '{wert} weg'"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A translation may leave places out, in any language."""
    assert places_of("IR234", messages="messages: {de: {retired: '{value} weg'}, en: {retired: gone}}") == []


def test_the_table_is_withheld(build_with: Callable[..., Build]) -> None:
    """A mistake in the shared sentences costs the table, as one in the shared file does."""
    assert build_with(messages="messages: {de: {retird: weg}}").table is None
    assert build_with(messages="messages: {de: {retired: weg}}").table is not None
