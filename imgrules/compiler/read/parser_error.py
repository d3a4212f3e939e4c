"""An error of the YAML parser, with what the text around it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imgrules.compiler.read.syntax_codes import SYNTAX
from imgrules.compiler.report.diagnostics import Code, Finding, Place
from imgrules.compiler.report.helps import Help, explain
from imgrules.compiler.source import Source, Span
from imgrules.table.record_base import record


@record
class ParserError:
    """
    An error of the YAML parser in a text.

    `stop` is the offset at which the parser stopped, `block_start` the offset at which the innermost block begins, and `last`
    the span of the last scalar that was read.
    """

    source: Source
    stop: int
    block_start: int
    last: Span

    @property
    def sign(self) -> str:
        """Return the character at which the parser stopped, or "" at the end of the text."""
        return self.source.text[self.stop : self.stop + 1]

    @property
    def line(self) -> int:
        """Return the line at which the parser stopped, counted from 1."""
        return self.source.position(self.stop).line

    def content(self, number: int) -> tuple[str, Span]:
        """Return the content of a line without indentation and comment, and its span; lines count from 1."""
        text = self.source.line(number)
        content = re.sub(r"(^|\s)#.*", "", text).strip()
        start = self.source.offset(number) + len(text) - len(text.lstrip())
        return content, Span(start, start + len(content))

    def lines_above(self, line: int | None = None) -> Iterator[int]:
        """Yield the numbers of the lines above one, or above the one where the parser stopped, that are not blank; the nearest first."""
        return (number for number in range((line or self.line) - 1, 0, -1) if self.content(number)[0])

    def column(self, number: int) -> int:
        """Return the column in which the content of a line begins; lines and columns count from 1."""
        return self.source.position(self.content(number)[1].start).column

    def finding(self, message: str, hint: str | Help, until: int | None = None, code: Code = SYNTAX) -> Finding:
        """Return a finding that begins where the parser stopped, and ends at the offset `until`, or after one character."""
        end = min(max(self.stop + 1, until or 0), len(self.source.text))
        return finding_at(message, Span(min(self.stop, end), end), hint, code)


def finding_at(message: str, span: Span, hint: str | Help, code: Code = SYNTAX) -> Finding:
    """Return a finding at a span of the text."""
    return Finding(code, message, Place(span=span), *(explain(hint) if isinstance(hint, str) else hint))


_BRACKETS = re.compile(r"""\s\#.*|"(?:[^"\\\n]|\\.)*"|(?<!\w)'[^'\n]*'|(?P<bracket>[\[\]{}])""")


def end_of_bracket(text: str, start: int) -> int | None:
    """Return the offset after the bracket that closes the one at `start`, or None if none does."""
    expected: list[str] = []
    for match in _BRACKETS.finditer(text, start):
        bracket = match["bracket"]
        if bracket in {"[", "{"}:
            expected.append("]" if bracket == "[" else "}")
        elif bracket and bracket != expected.pop():
            return None
        if not expected:
            return match.end()
    return None
