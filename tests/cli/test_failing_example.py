"""With a failing example commands still answer, but nothing is built or loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import imgrules

ASKS = [
    (("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low"), "allowed gpt-image-2"),
    (("emit", "gpt-image-2", "--ratio", "1:1", "--quality", "low", "--prompt", "x", "--language", "en"), '"quality": "low"'),
    (("catalog",), "gpt-image-2"),
    (("calendar",), "nothing"),
]


@pytest.fixture
def failing_rules(workdir: Path) -> Path:
    """Return a folder of rules in which two examples of one file fail."""
    path = workdir / "rules" / "gpt-image-2.yaml"
    text = path.read_text(encoding="utf-8").replace("credits: 5}}", "credits: 6}}").replace("credits: 20}}", "credits: 21}}")
    path.write_text(text, encoding="utf-8")
    return path.parent


@pytest.mark.usefixtures("failing_rules")
@pytest.mark.parametrize(("words", "part"), ASKS, ids=[words[0] for words, _ in ASKS])
def test_it_answers_with_a_note(call: Callable[..., Any], words: tuple[str, ...], part: str) -> None:
    """Commands answer as the rules say, and a note says how many examples fail, and where."""
    code, out, err = call(*words)
    assert (code, err) == (0, "imgrules: 2 examples of rules/gpt-image-2.yaml fail; run `imgrules check rules`\n")
    assert part in out


def test_one_fails(failing_rules: Path, call: Callable[..., Any]) -> None:
    """The note is in the singular for one failing example."""
    path = failing_rules / "gpt-image-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("credits: 21}}", "credits: 20}}"), encoding="utf-8")
    assert "1 example of rules/gpt-image-2.yaml fails; run" in call("catalog").err


def test_it_is_not_built(failing_rules: Path, call: Callable[..., Any]) -> None:
    """`check` exits with 1, `build` writes nothing, and `load` raises."""
    assert call("check").code == 1
    code, out, err = call("build")
    assert (code, out) == (1, "")
    assert "error[IR401]" in err
    with pytest.raises(imgrules.RulesError, match="IR401"):
        imgrules.load(failing_rules)
