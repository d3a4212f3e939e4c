"""An edit changes its own place, and leaves the rest of the file as it was."""

from __future__ import annotations

import re

import pytest

from imgrules.compiler.fixes.edits import apply, edits
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.block_changes import Addition, Keying, Shortening, Unwrapping
from imgrules.compiler.report.diagnostics import Change, Path, Place
from imgrules.compiler.source import Source, Span


def _changed(text: str, change: Change) -> str:
    """Return a text after a change, which can be read and has all its comments."""
    source = Source("a.yaml", text)
    tree, _ = parse(source)
    assert tree is not None
    spans = tree.keys if change.place.on_key else tree.values
    after = apply(text, edits(source, tree, change, spans[change.place.path]))
    assert parse(Source("a.yaml", after))[0] is not None
    assert re.findall("#.*", after) == re.findall("#.*", text)
    return after


def _without(text: str, path: Path) -> str:
    return _changed(text, Change(Place(path), None))


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
        ("a: 1  # one\nb: 2  # two\n# of c\nc: 3\n", ("b",), "a: 1  # one\n# two\n# of c\nc: 3\n"),
        ("a: 1\n# of b\nb: 2\n", ("b",), "a: 1\n# of b\n"),
        ("a: 1\n# of b\nb: 2  # two\n", ("b",), "a: 1\n# of b\n# two\n"),
        ("a: 1\nb: 2  # two", ("b",), "a: 1\n# two"),
        ("a: {b: 1,  # one\n    c: 2,  # two\n    d: 3}\n", ("a", "b"), "a: {  # one\n    c: 2,  # two\n    d: 3}\n"),
        ("a: {b: 1  # one\n    , c: 2}\n", ("a", "b"), "a: {  # one\n     c: 2}\n"),
        ("a: {b: 1,  # one\n    c: 2}\n", ("a", "c"), "a: {b: 1,  # one\n    }\n"),
        ("a: {  # why\n  b: 1}\n", ("a", "b"), "a: {  # why\n  }\n"),
        ("a: 1\r\nb: 2\r\nc: 3\r\n", ("b",), "a: 1\r\nc: 3\r\n"),
    ],
)
def test_an_entry_goes(text: str, path: Path, left: str) -> None:
    """An entry is removed with its key, comma or line; a block without other entries becomes an empty one."""
    assert _without(text, path) == left


@pytest.mark.parametrize(
    ("text", "path", "more", "after"),
    [
        ("a: {b: 1}\n", ("a", "b"), "c: 2", "a: {b: 1, c: 2}\n"),
        ("a: {b: 1,  # one\n}\n", ("a", "b"), "c: 2\nd: 3", "a: {b: 1, c: 2, d: 3,  # one\n}\n"),
        ('{"a":{"b":1}}', ("a", "b"), "c: 2", '{"a":{"b":1, c: 2}}'),
        ("a:\n  b: 1  # one\n  d: 4\n", ("a", "b"), "c: 2", "a:\n  b: 1  # one\n  c: 2\n  d: 4\n"),
        ("a:\n  b: [1,\n   2]\n", ("a", "b"), "c: 2", "a:\n  b: [1,\n   2]\n  c: 2\n"),
        ("- a: 1\n", (0, "a"), "b: 2", "- a: 1\n  b: 2\n"),
        ("a: 1\r\nb: 2", ("b",), "c: 3", "a: 1\r\nb: 2\r\nc: 3"),
        ("a:\n  - x  # why\n", ("a", 0), "y", "a:\n  - x  # why\n  - y\n"),
        ("a: [x]\n", ("a", 0), "y", "a: [x, y]\n"),
    ],
)
def test_entries_are_added(text: str, path: Path, more: str, after: str) -> None:
    """New entries stand behind another, in the style of its block and below its comment."""
    assert _changed(text, Addition(Place(path), more)) == after


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("{a: {b: 1, c: 2}, d: 3}", ("a",), "{b: 1, c: 2, d: 3}"),
        ("{d: 3, a: {b: 1,}}", ("a",), "{d: 3, b: 1}"),
        ("{a: {b: 1  # one\n  }, d: 3}", ("a",), "{b: 1 # one\n , d: 3}"),
        ("x:\n  a: {b: 1, c: 2}  # why\n  d: 3\n", ("x", "a"), "x:\n  b: 1\n  c: 2  # why\n  d: 3\n"),
        ("x:\n  a: {b: 1,  # one\n      c: 2}\n", ("x", "a"), "x:\n  b: 1 # one\n  c: 2\n"),
        (
            "x:\n  a:  # why\n    b: 1  # one\n    # of c\n    c: 2\n",
            ("x", "a"),
            "x:\n  # why\n  b: 1  # one\n  # of c\n  c: 2\n",
        ),
        ("- a:\n    b: 1\n    c: |\n      x\n        y\n  d: 3\n", (0, "a"), "- b: 1\n  c: |\n    x\n      y\n  d: 3\n"),
    ],
)
def test_a_block_is_unwrapped(text: str, path: Path, after: str) -> None:
    """The entries of a block take its place, with their comments."""
    assert _changed(text, Unwrapping(Place(path), None)) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: x\n", "a: {x: 1}\n"),
        ("a: [x, y]\n", "a: {x: 1, y: 1}\n"),
        ("a: [x,  # why\n    y]\n", "a: {x: 1,  # why\n    y: 1}\n"),
        ("a:\n  - x  # why\n  - y\n", "a:\n  x: 1  # why\n  y: 1\n"),
        ("a:\n- x\n- y\n", "a:\n  x: 1\n  y: 1\n"),
        ("a:\n  -  # why\n    x\n", "a:\n     # why\n    x: 1\n"),
        ("a: ['x[0]', \"y\"]\n", "a: {'x[0]': 1, \"y\": 1}\n"),
        ("a: x[0]\n", 'a: {"x[0]": 1}\n'),
    ],
)
def test_names_become_a_block(text: str, after: str) -> None:
    """Each name of a list becomes a key."""
    assert _changed(text, Keying(Place(("a",)), "1")) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: {b: 1}  # why\n", "a: x  # why\n"),
        ("a:\n  b: 1  # why\n", "a: x  # why\n"),
        ("a:  # why\n  b: 1\n", "a:  # why\n  x\n"),
        ("a: {b: 1  # why\n }\nc: 2\n", "a: x # why\nc: 2\n"),
        ("{a: {b: 1,  # why\n }, c: 2}", "{a: x # why\n , c: 2}"),
    ],
)
def test_a_value_gets_short(text: str, after: str) -> None:
    """A short value stands on the line of its key, unless a comment is in between."""
    assert _changed(text, Shortening(Place(("a",)), "x")) == after


@pytest.mark.parametrize("text", ["a: 1", '"a": 1', "'a': 1", '{"a":1}'])
def test_a_key_keeps_its_quotes(text: str) -> None:
    """A key is renamed within its quotes."""
    assert _changed(text, Change(Place(("a",), on_key=True), "b")) == text.replace("a", "b")


def test_text_takes_the_place() -> None:
    """Several edits of one file are applied together, whatever their places."""
    source = Source("a.yaml", "a: one, b: two")
    changes = [
        change
        for span, text in ((Span(3, 6), "1"), (Span(11, 14), "22"))
        for change in edits(source, None, Change(Place(span=span), text), span)
    ]
    assert apply(source.text, changes) == "a: 1, b: 22"
    assert [(change.start.column, change.end.column) for change in changes] == [(4, 7), (12, 15)]
