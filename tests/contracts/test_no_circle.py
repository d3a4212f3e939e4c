"""No modules import each other in a circle; imports inside functions and for types count too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def sources(folder: str) -> dict[str, str]:
    """Return the text of each module of a folder by its name."""
    paths = [path for path in (ROOT / folder).rglob("*.py") if ".venv" not in path.parts]
    names = (path.relative_to(ROOT).with_suffix("").parts for path in paths)
    return {".".join(name).removesuffix(".__init__"): path.read_text("utf-8") for name, path in zip(names, paths, strict=True)}


def imported(text: str, modules: Mapping[str, str]) -> Iterator[str]:
    """Yield those of the given modules that a text imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (
                name for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)) if name in modules
            )
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)


def circle(texts: Mapping[str, str]) -> list[str]:
    """Return the modules that remain after repeatedly removing those that import none of the others."""
    needs = {name: set(imported(text, texts)) - {name} for name, text in texts.items()}
    while free := [name for name, needed in needs.items() if not needed & needs.keys()]:
        for name in free:
            del needs[name]
    return sorted(needs)


@pytest.mark.parametrize("folder", ["imgrules", "bench", "tests"])
def test_no_circle(folder: str) -> None:
    """The modules of a folder have an order in which each imports only earlier ones."""
    assert circle(sources(folder)) == []


@pytest.mark.parametrize(
    "text", ["import a", "def f():\n    import a", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import x"]
)
def test_a_circle_is_found(text: str) -> None:
    """A circle is found whose import is at the top, inside a function, or for types alone."""
    assert circle({"a": "import b", "b": text, "c": ""}) == ["a", "b"]
