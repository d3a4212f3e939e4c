"""The steps of a request are timed, each with its result."""

from __future__ import annotations

import json

import pytest

import imgrules
from bench.steps import ANCHOR, main, steps

SOUND = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "A red fox", "language": "en"}


def test_the_steps_do_what_they_say() -> None:
    """A valid selection passes every step, and only the step for a refusal raises."""
    ways = steps(imgrules.load())
    ways["emit"](dict(SOUND), frozenset())
    for name, ask in ways.items():
        if "refusal" in name:
            with pytest.raises(imgrules.Refused):
                ask(dict(SOUND), frozenset())
        else:
            answer = ask(dict(SOUND), frozenset())
            assert (answer is None) == (name in {"nothing", "decide, and the first violation"})


def test_they_are_printed_for_people_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each step except the empty one, beside the anchor."""
    main(["--rounds", "1", "--case", "refused", "--json"])
    results = json.loads(capsys.readouterr().out)
    assert {*results, "nothing"} == {*steps(imgrules.load())}
    assert all(seconds > 0 for seconds in results.values())
    main(["--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(results)
    assert lines[0].startswith(ANCHOR)
    assert lines[0].endswith("1.00 x")
