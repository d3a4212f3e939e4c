"""An edit changes its own place, and leaves the rest of the file as it was."""

from __future__ import annotations

import pytest

from imgrules.compiler.edits import apply, edit
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Change, Path, Place
from imgrules.compiler.source import Source, Span


def _without(text: str, path: Path) -> str:
    source = Source("a.yaml", text)
    tree, _ = parse(source)
    assert tree is not None
    return apply(text, (edit(source, tree, Change(Place(path), None), tree.values[path]),))


@pytest.mark.parametrize(
    ("text", "path", "left"),
    [
        ("a: 1\nb: 2\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a: 1\nb: 2\nc: 3\n", ("c",), "a: 1\nb: 2\n"),
        ("a: 1\nb:\n  c: 2\n  d: 3\n", ("b", "d"), "a: 1\nb:\n  c: 2\n"),
        ("a: 1\nb:\n  c: 2\n", ("b", "c"), "a: 1\nb:\n  {}\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", ("a", "c"), "a: {b: 1}\n"),
        ("a: {b: 1}\n", ("a", "b"), "a: {}\n"),
        ("a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
        ("a: [x, y, z]\n", ("a", 2), "a: [x, y]\n"),
        ("a: [x]\n", ("a", 0), "a: []\n"),
        ("a:\n  - x\n  - y\n", ("a", 0), "a:\n  - y\n"),
        ("a:\n  - x\n  - y\n", ("a", 1), "a:\n  - x\n"),
        ("a:\n  - {b: 1}\n  - c: 2\n    d: 3\n", ("a", 1, "c"), "a:\n  - {b: 1}\n  - d: 3\n"),
    ],
)
def test_an_entry_goes(text: str, path: Path, left: str) -> None:
    """An entry is removed with its key, comma or line; a block without other entries becomes an empty one."""
    assert _without(text, path) == left


def test_text_takes_the_place() -> None:
    """Several edits of one file are applied together, whatever their places."""
    source = Source("a.yaml", "a: one, b: two")
    edits = tuple(
        edit(source, None, Change(Place(span=span), text), span) for span, text in ((Span(3, 6), "1"), (Span(11, 14), "22"))
    )
    assert apply(source.text, edits) == "a: 1, b: 22"
    assert [(change.start.column, change.end.column) for change in edits] == [(4, 7), (12, 15)]
