"""An offset is one line and column, as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.source import Position, Source, Span

TEXTS = st.text(st.sampled_from("ab\n\r\t é👍\u2028"), max_size=40)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a\n", ""]),
        ("a\nb", ["a\n", "b"]),
        ("a\r\nb", ["a\r\n", "b"]),
        ("a\rb", ["a\r", "b"]),
        ("a\n\rb", ["a\n", "\r", "b"]),
        ("a\u2028b\x85c\x0cd", ["a\u2028b\x85c\x0cd"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    """A line ends at the line ends of YAML 1.2, and nowhere else."""
    assert Source("a.yaml", text).lines == lines


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (1, (1, 2)), (2, (1, 3)), (3, (2, 1)), (4, (2, 2)), (5, (3, 1))],
)
def test_position(offset: int, position: tuple[int, int]) -> None:
    """Lines and columns count from 1, columns in code points."""
    assert Source("a.yaml", "👍b\nc\n").position(offset) == Position(*position)


@given(TEXTS)
def test_lines_are_the_text(text: str) -> None:
    """No character is lost between the lines."""
    assert "".join(Source("a.yaml", text).lines) == text


@given(TEXTS, st.data())
def test_position_leads_back(text: str, data: st.DataObject) -> None:
    """Line and column lead back to their offset, and the line has the character at that column."""
    source = Source("a.yaml", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.position(offset)
    assert source.offset(line) + column - 1 == offset
    shown = source.line(line)[column - 1 : column]
    assert shown == text[offset : offset + 1] or (not shown and text[offset : offset + 1] in {"\r", "\n", ""})


@given(TEXTS)
def test_positions_grow(text: str) -> None:
    """A later offset is a later place."""
    source = Source("a.yaml", text)
    positions = [source.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(set(positions))


def test_slice() -> None:
    """A span is half open."""
    assert Source("a.yaml", "abc").slice(Span(1, 3)) == "bc"
