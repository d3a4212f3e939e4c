"""Sentences are said in the asked language, and what a caller gave is never read as a part of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imgrules import Rules, Table
from imgrules.table.messages import ENGLISH, places_of, sentence
from tests.engine.rich import NOW, SOUND, table

DE = {"did_you_mean": "meinten Sie {meant}?", "nothing": "nichts"}


@pytest.fixture
def told(table: Table) -> Table:
    """Return the packaged table with two sentences in German and one in French."""
    return replace(table, languages=("fr", "de"), messages={"de": DE, "fr": {"nothing": "rien"}})


@pytest.mark.parametrize(
    ("language", "said"),
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
def test_a_sentence_is_said_in_the_asked_language(told: Table, language: str | None, said: str) -> None:
    """A tag falls back to its language, and a language that nobody wrote to the declared order."""
    assert sentence(told, language, "nothing") == said


def test_what_nobody_translated_is_said_in_english(told: Table) -> None:
    """A sentence that is missing in a language is said in the next one that has it."""
    assert sentence(told, "fr", "did_you_mean", meant="x") == "meinten Sie x?"
    assert sentence(told, "de", "no_models") == "there are no models"


def test_english_may_be_said_otherwise(table: Table) -> None:
    """A rule set may have other English sentences."""
    other = replace(table, messages={"en": {"no_models": "nothing here"}})
    assert sentence(other, None, "no_models") == "nothing here"


@pytest.mark.parametrize("value", ["{field}", "{0}", "%s", "\\1", "\\g<0>", "{}", "{{field}}", "{meant}", "$field"])
def test_a_value_with_places_is_said_as_it_is(told: Table, value: str) -> None:
    """Places are filled in once: what stands in a value is no place."""
    assert sentence(told, "de", "did_you_mean", meant=value) == f"meinten Sie {value}?"


def test_a_place_that_nothing_fills_is_empty(table: Table) -> None:
    """A sentence never shows a bare place."""
    assert sentence(table, None, "did_you_mean") == "did you mean ?"


def test_the_places_of_every_sentence_are_known() -> None:
    """A translation is held against these."""
    assert places_of("not_offered") == {"model", "field", "value", "choose"}
    assert places_of("nothing") == set()
    assert all(f"{{{each}}}" in text for name, text in ENGLISH.items() for each in places_of(name))


def test_a_refusal_speaks_the_asked_language() -> None:
    """Sentences, labels and reasons are in one language; what nobody translated is in English."""
    decision = Rules(table()).decide(SOUND | {"tone": "ocker", "speed": 5, "zzz": 1}, (), "de-CH", NOW)
    assert [each.message for each in decision.violations] == [
        "studio hat `ocker` nicht; choose `dark`, `light` or `ink`",
        "speed is refused: Bilder bewegen sich nicht",
        "studio has no field `zzz`; it has `tone`, `frame`, `size`, `canvas`, `shape`, `outputs`, `guidance`, `strength` and 9 more",
    ]
