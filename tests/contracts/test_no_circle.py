"""No module needs one that needs it, imports inside functions and for types alone counted."""

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
    """Yield the known modules that a text imports, wherever the import stands."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (
                name for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)) if name in modules
            )
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)


def circle(texts: Mapping[str, str]) -> list[str]:
    """Return the modules that are left when those that need none of the others are taken away, again and again."""
    needs = {name: set(imported(text, texts)) - {name} for name, text in texts.items()}
    while free := [name for name, needed in needs.items() if not needed & needs.keys()]:
        for name in free:
            del needs[name]
    return sorted(needs)


@pytest.mark.parametrize("folder", ["imgrules", "bench", "tests"])
def test_no_circle(folder: str) -> None:
    """Every module can be loaded after all that it needs."""
    assert circle(sources(folder)) == []


@pytest.mark.parametrize(
    "text", ["import a", "def f():\n    import a", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import x"]
)
def test_a_circle_is_found(text: str) -> None:
    """One that is planted is found: at the top, inside a function, for types alone."""
    assert circle({"a": "import b", "b": text, "c": ""}) == ["a", "b"]
