"""The limit that a message proposes for a key at a value or an option can be typed as it is shown, and says what was meant."""

from __future__ import annotations

import re
from typing import Any

import pytest

from imgrules.compiler.build import build_texts
from imgrules.rules import Rules
from tests.packaged import shared_text

MODEL = """
name: Nano
type: image
provider: gemini
model: nano
options:
  tone: {send: tone, values: {"16:9": {%s}, calm: {}}}
  seed: {send: seed, number: {}, optional: true%s}
  size: {send: size, values: [S, L], optional: true}
examples: [{select: {}, expect: {status: impossible}}]
"""


@pytest.mark.parametrize(
    ("at_value", "at_option", "limits", "broken", "kept"),
    [
        ("when: {size: [S, L]}", "", "", {"tone": "16:9"}, {"tone": "16:9", "size": "S"}),
        ("when: {size: S}", "", "", {"tone": "16:9", "size": "L"}, {"tone": "16:9", "size": "S"}),
        ("only_if: {seed: {min: 3}}", "", "", {"tone": "16:9"}, {"tone": "16:9", "seed": 4}),
        ("only_if: {seed: {min: 3}}", "", "", {"tone": "16:9", "seed": 2}, {"tone": "16:9", "seed": 3}),
        ("unless: {size: S}", "", "", {"tone": "16:9", "size": "S"}, {"tone": "16:9", "size": "L"}),
        ("requires: [seed, size]", "", "", {"tone": "16:9", "seed": 2}, {"tone": "16:9", "seed": 2, "size": "S"}),
        ("conflicts: size", "", "", {"tone": "16:9", "size": "S"}, {"tone": "16:9"}),
        ("conflicts_with: {size: S}", "", "", {"tone": "16:9", "size": "S"}, {"tone": "16:9", "size": "L"}),
        ("", ", requires: size", "", {"tone": "calm", "seed": 1}, {"tone": "calm", "seed": 1, "size": "S"}),
        ("", ", requires: {size: S}", "", {"tone": "calm", "seed": 1, "size": "L"}, {"tone": "calm", "seed": 1, "size": "S"}),
        ("", ", conflicts_with: [size]", "", {"tone": "calm", "seed": 1, "size": "S"}, {"tone": "calm", "seed": 1}),
        ("", "", "exactly_one: [seed, size]\n", {"tone": "calm"}, {"tone": "calm", "seed": 1}),
        ("", "", "oneOf: [seed, size]\n", {"tone": "calm", "seed": 1, "size": "S"}, {"tone": "calm", "size": "S"}),
        ("", "", "at_least_one: [seed, size]\n", {"tone": "calm"}, {"tone": "calm", "seed": 1, "size": "S"}),
    ],
)
def test_the_limit_can_be_typed(
    at_value: str, at_option: str, limits: str, broken: dict[str, Any], kept: dict[str, Any]
) -> None:
    """The proposed limits stand in place of the key, without an error, and refuse what the key was to refuse."""
    (mistake,) = _build(MODEL % (at_value, at_option) + limits).report.errors
    proposed = re.findall(r"`- ({.*?})`", mistake.hint)
    assert proposed
    built = _build(MODEL % ("", "") + f"limits: [{', '.join(proposed)}]\n")
    assert [error.message for error in built.report.errors if error.code.id != "IR220"] == []
    assert built.table is not None
    rules = Rules(built.table)
    assert rules.decide({"model": "nano", **broken}).status == "impossible"
    assert rules.decide({"model": "nano", **kept}).status == "allowed"


def _build(text: str) -> Any:
    return build_texts({"_shared": shared_text(), "nano": text})


def test_what_a_limit_excludes() -> None:
    """In a limit, the names of what it excludes become a condition that can be typed as it is shown."""
    limit = "limits: [{when: {tone: calm}, %s}]\n"
    (mistake,) = _build(MODEL % ("", "") + limit % "conflicts_with: [seed, size]").report.errors
    assert mistake.hint == "use `only: {seed: (none), size: (none)}`"
    assert _build(MODEL % ("", "") + limit % mistake.hint.split("`")[1]).report.errors == ()


@pytest.mark.parametrize(
    "text",
    [
        MODEL % ("when: 5", ""),
        MODEL % ("requires: []", ""),
        MODEL % ("requires: [5]", ""),
        MODEL % (f"when: {{size: {'x' * 200}}}", ""),
        MODEL % ("", ", requires: {}"),
        MODEL % ("", "") + "exactly_one: [seed]\n",
        MODEL % ("", "") + "exactly_one: seed\n",
    ],
)
def test_no_limit_is_proposed(text: str) -> None:
    """Where no limit follows, none is proposed."""
    assert not any("`- {" in error.hint for error in _build(text).report.errors)
