"""A translation of an unknown sentence, or with an unknown placeholder, is reported."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """An unknown sentence and an unknown placeholder are reported."""
    assert places_of("IR234", messages="messages: {de: {retird: weg}}") == ["_messages.yaml:1:17 retird"]
    assert places_of("IR234", messages="messages: {de: {retired: '{wert} weg'}}") == ["_messages.yaml:1:26 '{wert} weg'"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A translation may leave placeholders out, in any language."""
    assert places_of("IR234", messages="messages: {de: {retired: '{value} weg'}, en: {retired: gone}}") == []


def test_the_table_is_withheld(build_with: Callable[..., Build]) -> None:
    """Where the shared sentences have a mistake there is no table, as with the shared file."""
    assert build_with(messages="messages: {de: {retird: weg}}").table is None
    assert build_with(messages="messages: {de: {retired: weg}}").table is not None
