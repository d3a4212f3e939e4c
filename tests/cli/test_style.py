"""Colour is used on terminals, unless an option or the environment says otherwise."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules.cli.printing.style import Style


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


@pytest.mark.parametrize(
    ("env", "color", "terminal", "wanted"),
    [
        ({}, "auto", True, True),
        ({}, "auto", False, False),
        ({}, "always", False, True),
        ({}, "never", True, False),
        ({"NO_COLOR": "1"}, "auto", True, False),
        ({"NO_COLOR": ""}, "auto", True, True),
        ({"NO_COLOR": "1"}, "always", True, True),
        ({"FORCE_COLOR": "1"}, "auto", False, True),
        ({"FORCE_COLOR": "1"}, "never", True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", True, False),
        ({"TERM": "dumb"}, "auto", True, False),
        ({"TERM": "dumb"}, "always", True, True),
    ],
)
def test_who_decides(
    monkeypatch: pytest.MonkeyPatch,
    env: dict[str, str],
    color: str,
    terminal: bool,  # noqa: FBT001  a case
    wanted: bool,  # noqa: FBT001  a case
) -> None:
    """The option comes first, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    style = Style(Terminal() if terminal else io.StringIO(), color)
    assert style.on is wanted
    assert style("error", "x") == ("\x1b[1;31mx\x1b[0m" if wanted else "x")
    assert style("error", "") == ""


@pytest.mark.parametrize("words", [("check",), ("catalog", "--format", "text"), ("decide", "gpt-image-2"), ("build", "broken")])
def test_the_option_is_obeyed(workdir: Path, call: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Commands use colour on request, and none by default where there is no terminal, with the same exit code."""
    (workdir / "broken").mkdir()
    (workdir / "broken" / "x.yaml").write_text("[", encoding="utf-8")
    plain, painted = call(*words), call(*words, "--color", "always")
    assert "\x1b[" in painted.out + painted.err
    assert "\x1b[" not in plain.out + plain.err
    assert plain.code == painted.code
