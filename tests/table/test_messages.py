"""Messages are in the requested language, and a caller's value is never read as part of a template."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imgrules import Rules, Table
from imgrules.table.texts.messages import ENGLISH, places_of, sentence
from tests.engine.rich import NOW, SOUND, table

DE = {"did_you_mean": "meinten Sie {meant}?", "nothing": "nichts"}


@pytest.fixture
def translated(table: Table) -> Table:
    """Return the packaged table with two message templates in German and one in French."""
    return replace(table, languages=("fr", "de"), messages={"de": DE, "fr": {"nothing": "rien"}})


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "nichts"),
        ("de-AT", "nichts"),
        ("DE_at", "nichts"),
        ("fr", "rien"),
        ("en", "nothing"),
        ("en-GB", "nothing"),
        ("it", "rien"),
        ("fr" + "-x" * 60, "rien"),
        (None, "rien"),
    ],
)
def test_a_sentence_is_said_in_the_asked_language(translated: Table, language: str | None, expected: str) -> None:
    """A tag falls back to its language, and a language without messages to the declared order of languages."""
    assert sentence(translated, language, "nothing") == expected


def test_what_nobody_translated_is_said_in_english(translated: Table) -> None:
    """A message that is missing in a language is in the next language that has it, and at last in English."""
    assert sentence(translated, "fr", "did_you_mean", meant="x") == "meinten Sie x?"
    assert sentence(translated, "de", "no_models") == "there are no models"


def test_english_may_be_said_otherwise(table: Table) -> None:
    """A rule set may replace English messages."""
    reworded = replace(table, messages={"en": {"no_models": "nothing here"}})
    assert sentence(reworded, None, "no_models") == "nothing here"


@pytest.mark.parametrize("value", ["{field}", "{0}", "%s", "\\1", "\\g<0>", "{}", "{{field}}", "{meant}", "$field"])
def test_a_value_with_places_is_said_as_it_is(translated: Table, value: str) -> None:
    """Placeholders are filled in once: a placeholder in a value is left as it is."""
    assert sentence(translated, "de", "did_you_mean", meant=value) == f"meinten Sie {value}?"


def test_a_place_that_nothing_fills_is_empty(table: Table) -> None:
    """A placeholder without a value is empty."""
    assert sentence(table, None, "did_you_mean") == "did you mean ?"


def test_the_places_of_every_sentence_are_known() -> None:
    """`places_of` returns the placeholders of each message, against which translations are checked."""
    assert places_of("not_offered") == {"model", "field", "value", "choose"}
    assert places_of("nothing") == set()
    assert all(f"{{{place}}}" in text for name, text in ENGLISH.items() for place in places_of(name))


def test_a_refusal_speaks_the_asked_language() -> None:
    """Messages, labels and reasons of a refusal are in the requested language, or in English if not translated."""
    decision = Rules(table()).decide(SOUND | {"tone": "ocker", "speed": 5, "zzz": 1}, (), "de-CH", NOW)
    assert [violation.message for violation in decision.violations] == [
        "studio hat `ocker` nicht; choose `dark`, `light` or `ink`",
        "speed is refused: Bilder bewegen sich nicht",
        "studio has no field `zzz`; it has `tone`, `frame`, `size`, `canvas`, `shape`, `outputs`, `guidance`, `strength` and 9 more",
    ]
