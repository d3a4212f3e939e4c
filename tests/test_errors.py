"""Three kinds of errors are raised, and all have one base class."""

from __future__ import annotations

import pickle

import pytest

from imgrules import ImgrulesError, Refused, Rules, RulesError, TableError


@pytest.mark.parametrize("error", [Refused, RulesError, TableError])
def test_one_parent(error: type[Exception]) -> None:
    """The errors have the one base class `ImgrulesError`, and no other."""
    assert error.__mro__[1:3] == (ImgrulesError, Exception)


def test_a_refusal_says_every_reason_on_one_line(rules: Rules) -> None:
    """The sentence of a refusal has all reasons and no line end, whatever was picked."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "a\nb", "st\nyle": 1, "style": "x\ny", "quality": "low"})
    text = str(Refused(decision))
    assert "\n" not in text
    assert text.startswith("impossible: gpt-image-2 does not offer ratio `a\\u000ab`; choose")
    assert text.endswith("; style is refused: images have no style control")
    assert text.count("; ") >= 3


def test_a_refusal_survives_a_trip_to_another_process(rules: Rules) -> None:
    """A refusal and its decision can be pickled."""
    refusal = Refused(rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "high"}))
    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301  the bytes were made here
    assert (again.decision, str(again)) == (refusal.decision, str(refusal))
