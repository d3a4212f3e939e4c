"""The package has exactly these public names."""

from __future__ import annotations

import inspect

import pytest

import imgrules

NAMES = [
    "Decision",
    "ImgrulesError",
    "Lock",
    "Note",
    "NoteCode",
    "Refused",
    "Repair",
    "Request",
    "Rules",
    "RulesError",
    "Status",
    "Table",
    "TableError",
    "Violation",
    "ViolationCode",
    "digest",
    "dumps",
    "load",
    "loads",
]


def test_exactly_these() -> None:
    """No name is added or lost by accident."""
    assert imgrules.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_there_and_documented(name: str) -> None:
    """Every public name, and every public method of it, has a docstring."""
    target = getattr(imgrules, name)
    assert inspect.getdoc(target)
    for part, member in vars(target).items() if inspect.isclass(target) else ():
        if not part.startswith("_") and (callable(member) or isinstance(member, property)):
            assert inspect.getdoc(member), f"{name}.{part}"


def test_nothing_else_looks_public() -> None:
    """Any other name of the package is a module or begins with an underscore."""
    shown = {name for name, value in vars(imgrules).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert shown == set(NAMES)


def test_the_violation_codes() -> None:
    """No code that programs compare is lost or renamed; a new one is published in the schema of a decision."""
    assert {code.value for code in imgrules.ViolationCode} >= {
        "unknown_model",
        "unknown_field",
        "refused_field",
        "missing_field",
        "wrong_type",
        "not_offered",
        "not_together",
        "out_of_range",
        "text_length",
        "not_yet",
        "retired",
    }
    assert [code.value for code in imgrules.NoteCode] == ["alias", "snapped", "ignored"]
    assert [status.value for status in imgrules.Status] == ["allowed", "locked", "impossible"]
