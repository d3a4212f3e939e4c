"""Functions and modules of the package stay small enough to be read at once."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).parents[2] / "imgrules"
LONGEST_FUNCTION, LONGEST_MODULE = 60, 400  # lines
MODULES = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
LENGTHS = {
    f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
    for path, text in MODULES.items()
    for node in ast.walk(ast.parse(text))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
}


@pytest.mark.parametrize(
    ("lengths", "longest"),
    [
        (LENGTHS, LONGEST_FUNCTION),
        ({f"{path.relative_to(PACKAGE)}": len(text.splitlines()) for path, text in MODULES.items()}, LONGEST_MODULE),
    ],
    ids=["functions", "modules"],
)
def test_none_is_too_long(lengths: dict[str, int], longest: int) -> None:
    """What outgrows the limit is split: the message names it."""
    assert {name: length for name, length in lengths.items() if length > longest} == {}


def test_most_functions_are_short() -> None:
    """Half of the functions have fewer than eight lines."""
    assert median(LENGTHS.values()) < 8
