"""The first violation that is found by itself is the first of all violations."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import impossible
from imgrules.refusals.first_fault import first_fault

MODEL = """
name: M
type: image
provider: p
model: m
options:
  tone: {send: t, values: {dark: {aliases: [black]}, pale: {}}}
  size: {send: s, size: {edge: {min: 16, max: 64, step: 16}}, snap: nearest, optional: true}
  hot: {send: h, values: [true, false], optional: true}
  pics: {send: u, list: {max: 2}, optional: true}
  steps: {send: n, number: {min: 1, max: 9}, when: {hot: true}}
  grain: {send: g, values: [fine, rough]}
"""
SHARED = """
language: 1
types:
  image:
    provider: {send: p}
    model: {send: m}
    fields: {prompt: {send: prompt}}
    refused: {voice: a picture has no voice}
"""
SOUND = {"model": "m", "tone": "dark", "grain": "fine"}


def rules() -> Rules:
    """Return rules of a model with options of several kinds, the last of which depends on no other."""
    built = build_texts({"_shared": SHARED, "m": MODEL})
    assert built.table is not None
    assert not built.report.errors
    return Rules(built.table)


BY_ITSELF: dict[str, dict[str, Any]] = {
    "a field of nobody": {"colour": 1},
    "a refused field": {"voice": "x"},
    "no list": {"pics": 1},
    "a wrong entry": {"pics": [1]},
    "a text for a switch": {"hot": "true"},
    "null": {"grain": None},
    "two, the later one first": {"voice": "x", "grain": "none"},
    "an unpaired surrogate": {"prompt": "\ud83e"},
    "a missing option": {"tone": ...},
    "another model": {"model": "x"},
    "no model": {"model": ...},
}
IN_FULL: dict[str, dict[str, Any]] = {
    "what may be an alias": {"tone": "blue"},
    "what may be near": {"size": "x"},
    "near, and a field of nobody": {"size": "20x20", "colour": 1},
    "missing, after one that is missing too": {"grain": ..., "hot": True},
    "missing, after one that is not there": {"grain": ...},
    "what depends on another": {"steps": 3},
}


def asked(changes: dict[str, Any]) -> dict[str, Any]:
    """Return a sound selection with changes; the fields of `...` are left out."""
    return {name: value for name, value in {**SOUND, **changes}.items() if value is not ...}


@pytest.mark.parametrize("changes", [*BY_ITSELF.values(), *IN_FULL.values()], ids=[*BY_ITSELF, *IN_FULL])
def test_the_first_violation_is_the_first_of_all(changes: dict[str, Any]) -> None:
    """It is equal, with its message, however it is found."""
    of, selection = rules(), asked(changes)
    assert of.decide(selection).violation == of.decide(selection).violations[0]
    assert impossible(of.table, (selection, (), None, None, None)).violation == of.decide(selection).violations[0]


@pytest.mark.parametrize("name", BY_ITSELF)
def test_it_is_found_without_the_full_evaluation(name: str) -> None:
    """Where no other name, fact or condition matters, the fault of the first wrong field is found alone."""
    of, selection = rules(), asked(BY_ITSELF[name])
    _ = of.decide(selection)
    fault, first = first_fault(of.table, (selection, (), None, None, None)), of.decide(selection).violations[0]
    assert fault is not None
    assert (fault.code, fault.field) == (first.code, first.field)


def test_a_list_that_is_changed_later_is_told_as_it_was() -> None:
    """The value of a violation is a copy, and its message is the same, whenever it is read."""
    of, selection = rules(), asked({"pics": ["u", 1]})
    expected, decision = of.decide(selection), of.decide(selection)
    for violation in (of.decide(selection).violation, decision.violations[0]):
        assert violation is not None
        violation.value.clear()
        assert violation.message == expected.violations[0].message
    assert decision.repairs == expected.repairs
