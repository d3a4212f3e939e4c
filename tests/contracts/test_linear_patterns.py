"""No search tries a run of spaces from each of its places: that would take quadratic time, and authors may write any text."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "imgrules"
PATHS = sorted(PACKAGE.rglob("*.py"))
SPACES_FIRST = re.compile(r"(?:\(\?[a-z]+\))?(?:\((?:\?:)?)?\\s[*+]\??[^*+?)|]")
"""A pattern that begins with any number of spaces, and then requires something else."""
SPACES_THRICE = re.compile(r"\\s[*+]\(?(?:\[\^(?:\\[^s]|[^\\\]])*\]|\.)[*+]\??\)?\\s[*+]")
"""Any number of spaces, of anything with spaces among it, and of spaces again: a run of them is divided in every way."""

DOTS_THRICE = re.compile(r"\[[^\]]*\.[^\]]*\][*+].*\\\.[*+].*\[[^\]]*\.[^\]]*\][*+]")
"""Any number of characters with dots among them, of dots, and of such characters again."""


def patterns(source: str) -> list[str]:
    """Return the texts of a module that are such a pattern."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and _is_slow(text)]


def _is_slow(text: str) -> bool:
    return bool(SPACES_FIRST.match(text) or SPACES_THRICE.search(text) or DOTS_THRICE.search(text))


@pytest.mark.parametrize("path", PATHS, ids=[str(path.relative_to(PACKAGE)) for path in PATHS])
def test_no_pattern_begins_with_spaces(path: Path) -> None:
    """What stands around a sign is stripped from the parts between the signs, which takes linear time."""
    assert patterns(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "pattern", [r"\s*[;|]\s*", r"\s+and\s+", r"(?:\s*,)+", r"(\s*=)", r"(?i)\s*or\s*", r"\(\s*([^()]*?)\s*\)", r"a\s*.*\s*b"]
)
def test_such_a_pattern_is_found(pattern: str) -> None:
    """The test finds a pattern with the fault."""
    assert patterns(f"PATTERN = {pattern!r}") == [pattern]


@pytest.mark.parametrize("pattern", [r"\s+", r"[;|]\s*", r"\s", r"a\s*=", r"(?:\s+)", r"a\s*[^\s]+\s*"])
def test_a_pattern_that_ends_with_spaces_is_not(pattern: str) -> None:
    """Spaces after a sign, and spaces alone, are read once."""
    assert patterns(f"PATTERN = {pattern!r}") == []
