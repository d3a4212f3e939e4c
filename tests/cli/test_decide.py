"""`imgrules decide` says the decision, every reason and the nearest repairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GPT = ("decide", "gpt-image-2", "--ratio", "1:1", "--quality")


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [
        ((*GPT, "low"), 0, "allowed gpt-image-2 ratio 1:1, quality low: 5 credits\n"),
        ((*GPT, "high", "--grant", "member"), 0, "allowed gpt-image-2 ratio 1:1, quality high: 20 credits\n"),
        (
            (*GPT, "high"),
            1,
            "locked gpt-image-2 ratio 1:1, quality high: 20 credits\n  Members only (gate `member`); leads to: upgrade\n",
        ),
        (
            ("decide", "nano-banana-2", "--set", "ratio=9:16", "--set", "quality=2K"),
            0,
            "allowed nano-banana-2 ratio 9:16, quality 2K: credits unknown\n",
        ),
    ],
)
def test_the_decision(here: Path, call: Callable[..., Any], words: tuple[str, ...], code: int, out: str) -> None:
    """The answer is one line, with the lock below it, and the exit code agrees."""
    assert here.is_dir()
    assert call(*words) == (code, out, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*GPT, "low", "--set", "style=anime"), "refused_field  style is refused: images have no style control"),
        ((*GPT, "low", "--set", "style="), "refused_field  style is refused: images have no style control"),
        ((*GPT, "low", "--set", "duration_seconds=5"), "refused_field  duration_seconds is refused: duration belongs to video"),
        ((*GPT, "4K"), "not_offered  gpt-image-2 does not offer quality `4K`; choose `low`, `medium` or `high`"),
        ((*GPT, "HIGH"), "did you mean `high`?"),
        (("decide", "gpt-image-2", "--ratio", "16:9", "--quality", "low"), "choose `3:2`, `2:3` or `1:1`"),
        (("decide", "nano-banana2"), "unknown_model  there is no model `nano-banana2`; did you mean `nano-banana-2`?"),
        (("decide", "gpt-image-2"), "missing_field  gpt-image-2 needs a ratio; choose `3:2`, `2:3` or `1:1`"),
        ((*GPT, "low", "--set", "=x"), "unknown_field  gpt-image-2 has no field ``"),
        ((*GPT, "low", "--set", "prompt="), "text_length  prompt takes at least 1"),
    ],
)
def test_a_refusal(here: Path, call: Callable[..., Any], words: tuple[str, ...], said: str) -> None:
    """What is impossible says why and what would do, with exit code 1."""
    assert here.is_dir()
    code, out, err = call(*words)
    assert (code, err) == (1, "")
    assert out.startswith("impossible")
    assert said in out
    assert "would do: " in out


def test_all_reasons_and_repairs(here: Path, call: Callable[..., Any]) -> None:
    """Every reason has its line, and repairs follow."""
    assert here.is_dir()
    _, out, _ = call("decide", "gpt-image-2", "--ratio", "16:9", "--quality", "HIGH", "--set", "style=anime")
    assert [line.split()[0] for line in out.splitlines()] == [
        "impossible",
        "not_offered",
        "not_offered",
        "refused_field",
        "would",
        "would",
        "would",
    ]
    assert "  would do: ratio=3:2, quality=high, no style" in out


def test_json(here: Path, call: Callable[..., Any]) -> None:
    """`--format json` prints the decision as one document, allowed or not."""
    assert here.is_dir()
    code, out, _ = call(*GPT, "high", "--format", "json")
    assert (code, json.loads(out)["status"], json.loads(out)["gates"][0]["name"]) == (1, "locked", "member")
    code, out, _ = call(*GPT, "low", "--format", "json")
    assert (code, json.loads(out)["credits"]) == (0, 5)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "prompt"), "imgrules: --set takes NAME=VALUE, and `prompt` has no `=`\n"),
        (("--set", "ratio=3:2"), "imgrules: `ratio` is given twice\n"),
        (("--set", "a=1", "--set", "a=2"), "imgrules: `a` is given twice\n"),
        (("--set", "model=x"), "imgrules: `model` is given twice\n"),
    ],
)
def test_a_selection_that_cannot_be_read(here: Path, call: Callable[..., Any], words: tuple[str, ...], said: str) -> None:
    """A slip in the arguments is told on standard error, with exit code 2."""
    assert here.is_dir()
    assert call(*GPT, "low", *words) == (2, "", said)


def test_a_value_may_hold_an_equals_sign(here: Path, call: Callable[..., Any]) -> None:
    """Only the first equals sign divides name and value."""
    assert here.is_dir()
    _, out, _ = call(*GPT, "low", "--set", "prompt=a=b", "--format", "json")
    assert json.loads(out)["select"]["prompt"] == "a=b"


def test_a_prompt_cannot_paint_the_terminal(here: Path, call: Callable[..., Any]) -> None:
    """What a terminal would obey is never printed to people as it came, in a value or in a name."""
    assert here.is_dir()
    for words in ((*GPT, "low", "--set", "prompt=\x1b[31m\nallowed"), (*GPT, "low", "--set", "x\x1b[2J\ny=1")):
        _, out, _ = call(*words)
        assert "\x1b" not in out
        assert all(line.startswith(("allowed gpt", "impossible gpt", "  ")) for line in out.splitlines())
