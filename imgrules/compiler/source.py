"""The text of a file, and positions in it. Offsets count code points, as Python strings do."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from imgrules.table.record_base import record

_SHOWN = 140  # the most characters of a line in an excerpt


class Span(NamedTuple):
    """A half-open range of offsets in code points."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both counted from 1. A column counts code points."""

    line: int
    column: int


class ContractFile(NamedTuple):
    """The bytes of the contract that a type names; or why it was not read, and what to do."""

    raw: bytes = b""
    message: str = ""
    hint: str = ""


@record(slots=False)
class Source:
    """The text of one file, without its byte-order mark."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines with their line ends, split as YAML 1.2 does: at LF, CR LF or CR."""
        return re.split(r"(?<=\n)|(?<=\r)(?!\n)", self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len, self.lines))][: len(self.lines)]

    def position(self, offset: int) -> Position:
        """Return the line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int) -> int:
        """Return the offset of the beginning of a line; lines count from 1."""
        return self._starts[line - 1]

    def line(self, number: int) -> str:
        """Return the text of a line without its line end; lines count from 1."""
        return self.lines[number - 1].rstrip("\r\n")

    def excerpt(self, offset: int) -> tuple[str, int, bool]:
        """
        Return an excerpt of the line at an offset.

        The tuple has the text of the line, of a long line only the part around the offset; the number of characters left out
        before it; and whether any are left out after it.
        """
        line = self.lines[self.position(offset).line - 1]
        start = offset - self.offset(self.position(offset).line)
        cut = max(0, start - _SHOWN // 2) if len(line) > _SHOWN else 0
        return line[cut : cut + _SHOWN].rstrip("\r\n"), cut, len(line) > cut + _SHOWN

    def slice(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span.start : span.end]
