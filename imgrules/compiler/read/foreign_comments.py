"""Comments as other languages write them, which to YAML are texts and names."""

from __future__ import annotations

import re

from imgrules.compiler.read.parser_error import ParserError, finding_at
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.source import Source, Span
from imgrules.quoting import quoted

_SIGNS = ("//", "/*", "<!--")
_SIGNS_OF_LINES = ("--", ";", "% ")
"""Signs that begin a comment at the beginning of a line alone."""

COMMENT_SIGNS = (*_SIGNS, *_SIGNS_OF_LINES)
"""What a comment of another language begins with; a text that does so may be none."""

_PLAIN = r""""[^"\n]*"|'[^'\n]*'|(?P<text>(?!-\s)[^\s,\[\]{}:"'](?:[^,\[\]{}:]|:(?!\s))*)"""
"""A text without quotes as `text`, or a text in quotes, which is skipped."""

_NEAR = 80
"""How many characters before a text are looked at; a comment is not indented further."""


def foreign_comment(source: Source, text: str, span: Span) -> Finding | None:
    """Return the finding about a plain scalar that is a comment of another language, or None."""
    if not text.startswith(COMMENT_SIGNS):
        return None
    before = source.text[max(0, span.start - _NEAR) : span.start].rstrip(" ")
    is_comment = text.startswith(_SIGNS) or before[-1:] in {"", "\n", "\r"}
    return _finding(span.start, source.slice(span).splitlines()[0].rstrip()) if is_comment else None


def comment_near(error: ParserError) -> Finding | None:
    """Return the finding about a comment of another language at an error of the parser, or in the line above it; else None."""
    for number in (next(error.lines_above(), error.line), error.line):
        content, span = error.content(number)
        plain = ((match.start("text"), match["text"] or "") for match in re.finditer(_PLAIN, content))
        comments = ((at, text.rstrip()) for at, text in plain if text.startswith(_SIGNS))
        at, comment = (0, content) if content.startswith(_SIGNS_OF_LINES) else next(comments, (0, ""))
        if comment:
            return _finding(span.start + at, comment)
    return None


def _finding(start: int, text: str) -> Finding:
    sign = next(sign.strip() for sign in COMMENT_SIGNS if text.startswith(sign))
    hint = f"a comment begins with `#`; put a text that begins with `{sign}` in quotes"
    return finding_at(f"{quoted(text)} is a comment of another language", Span(start, start + len(text)), hint)
