"""A counted message has the plural form of its number in the language of the message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imgrules.engine.decide import decide
from imgrules.rules import load
from imgrules.table.records import Table
from imgrules.table.terms import Text
from imgrules.table.texts.messages import COUNTED, ENGLISH, counting, is_plural_form, known
from imgrules.table.texts.plurals import FORMS, plural_form

POLISH = {
    "characters": "{range} znaku",
    "characters_one": "{range} znak",
    "characters_few": "{range} znaki",
    "characters_many": "{range} znaków",
}
TABLE = replace(
    load().table, messages={"pl": POLISH, "de": {"characters": "{range} Zeichen"}, "fr": {"bytes": "{range} octets"}}
)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 11: "other", 21: "other"}),
        ("de-AT", {1: "one", 2: "other"}),
        ("FR", {0: "one", 1: "one", 2: "other"}),
        ("ja", {1: "other", 2: "other"}),
        ("ru", {1: "one", 2: "few", 5: "many", 11: "many", 12: "many", 21: "one", 22: "few", 25: "many", 111: "many"}),
        ("pl", {1: "one", 2: "few", 5: "many", 12: "many", 21: "many", 22: "few", 0: "many"}),
        ("hr", {1: "one", 2: "few", 5: "other", 21: "one"}),
        ("cs", {1: "one", 4: "few", 5: "other", 22: "other"}),
        ("sl", {1: "one", 2: "two", 4: "few", 5: "other", 101: "one"}),
        ("lt", {1: "one", 2: "few", 10: "other", 11: "other", 21: "one"}),
        ("lv", {0: "zero", 1: "one", 2: "other", 11: "zero", 21: "one"}),
        ("ro", {0: "few", 1: "one", 19: "few", 20: "other", 101: "few"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other"}),
        ("he", {1: "one", 2: "two", 3: "other"}),
    ],
)
def test_form(language: str, forms: dict[int, str]) -> None:
    """The plural forms of whole numbers are those of the Unicode CLDR."""
    assert {number: plural_form(language, number) for number in forms} == forms
    assert {plural_form(language, number) for number in range(200)} <= {"other", *FORMS}
    assert plural_form(language, 1.5) == "other"


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1, "{range} character"),
        ("en", 2, "{range} characters"),
        (None, 1, "{range} character"),
        ("pl", 1, "{range} znak"),
        ("pl", 3, "{range} znaki"),
        ("pl", 5, "{range} znaków"),
        ("de", 1, "{range} Zeichen"),
        ("fr", 1, "{range} character"),
    ],
)
def test_counted(language: str | None, number: int, expected: str) -> None:
    """A plural form that is not translated falls back to the general form of that language, not to another language."""
    assert counting(TABLE, language, "characters", number, range="{range}") == expected


def test_one() -> None:
    """The English message has the singular for one, as a lower bound and as an exact length."""
    rules = load()
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": ""})
    assert decision.violations[0].message == "prompt takes at least 1 character, but the given length is 0"
    for unit in ("characters", "words", "bytes"):
        short = _bounded(rules.table, Text(1, 1, unit))
        message = decide(short, {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": ""}).violations[0].message
        assert f"1 to 1 {unit.removesuffix('s')}, " in message


def _bounded(table: Table, rule: Text) -> Table:
    kinds = {
        name: replace(kind, fields={name: replace(field, text=rule) for name, field in kind.fields.items()})
        for name, kind in table.types.items()
    }
    return replace(table, types=kinds)


def test_names() -> None:
    """A counted message may have any plural form, and other messages have none."""
    assert {"characters", "words", "bytes", "credits"} == COUNTED
    assert known("characters_few")
    assert known("bytes")
    assert not known("choose_few")
    assert [name for name in ENGLISH if is_plural_form(name)] == ["credits_one", "characters_one", "words_one", "bytes_one"]
