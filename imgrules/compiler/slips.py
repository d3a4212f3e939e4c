"""What a YAML parser complains about becomes what the author did, and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from imgrules.compiler.diagnostics import Finding, Place
from imgrules.compiler.source import Source, Span
from imgrules.compiler.syntax_codes import SECOND_DOCUMENT, SYNTAX, WIDE_COLON, YAML_VERSION
from imgrules.engine.wording import quoted


def slip(source: Source, error: Exception, last: Span) -> Finding:
    """Answer what a parser's error means; `last` is the last word that could be read."""
    problem = str(getattr(error, "problem", None) or error)
    at = _offset(source, getattr(error, "problem_mark", None))
    begun = _offset(source, getattr(error, "context_mark", None))
    for part, explain in _SLIPS:
        if part in problem:
            return explain(source, at, begun, last)
    return _finding(source, at, f"YAML cannot be read here: {problem}", "compare with the lines around it")


def _offset(source: Source, mark: Any) -> int:
    return min(mark.index, len(source.text)) if mark is not None else 0


def _finding(source: Source, at: int, message: str, hint: str, until: int | None = None) -> Finding:
    end = max(at + 1, until or 0) if at < len(source.text) else at
    return Finding(SYNTAX, message, Place(span=Span(at, end)), hint)


def _words(source: Source, number: int) -> tuple[str, Span]:
    """Answer what a line holds besides its indentation and comment, and where."""
    text = source.line(number)
    bare = re.sub(r"(^|\s)#.*", "", text).strip()
    start = source.offset(number) + len(text) - len(text.lstrip())
    return bare, Span(start, start + len(bare))


def _no_token(source: Source, at: int, begun: int, last: Span) -> Finding:
    sign = source.text[at : at + 1]
    if sign == "\t":
        return _finding(source, at, "a tab stands where spaces are wanted", "indent with spaces, two for each level")
    return _finding(source, at, f'a text cannot begin with "{sign}"', "put the text between quotes")


def _no_colon(source: Source, at: int, begun: int, last: Span) -> Finding:
    return _colonless(source, source.position(begun).line)


def _colonless(source: Source, number: int) -> Finding:
    bare, span = _words(source, number)
    place = Place(span=span)
    if "：" in bare:
        name, _, rest = bare.partition("：")
        hint = f"write `{name.strip()}: {rest.strip()}`"
        return Finding(WIDE_COLON, "a full-width colon stands after a name", place, hint)
    tight = re.fullmatch(r"([\w.-]+):(\S.*)", bare)
    if tight:
        return Finding(SYNTAX, "no space follows the colon", place, f"write `{tight[1]}: {tight[2]}`")
    loose = re.fullmatch(r"([\w.-]+)\s+(\S.*)", bare)
    hint = f"write `{loose[1]}: {loose[2]}`" if loose else f"write `{bare}:` and its value after it"
    if loose and loose[2].isdecimal():
        hint += f", or `{loose[1]}: {{credits: {loose[2]}}}` for a price"
    return Finding(SYNTAX, f"{quoted(bare)} has no colon", place, hint)


def _not_a_mapping(source: Source, at: int, begun: int, last: Span) -> Finding:
    place = source.position(at)
    before = source.line(place.line)[: place.column - 1]
    if ": " in before:
        value = source.line(place.line)[before.index(": ") + 2 :].strip()
        return _finding(source, at, "a second colon stands in one line", f'put the text between quotes: "{value}"')
    above = next((each for each in range(place.line - 1, 0, -1) if _words(source, each)[0]), None)
    if above is not None and not re.search(r":(\s|$)", _words(source, above)[0]):
        return _colonless(source, above)
    bare, span = _words(source, place.line)
    hint = "begin it in the same column as the line above it" if above else "put the text between quotes"
    return Finding(SYNTAX, f"{quoted(bare)} is indented deeper than the line above it allows", Place(span=span), hint)


def _no_key(source: Source, at: int, begun: int, last: Span) -> Finding:
    bare, span = _words(source, source.position(at).line)
    open_quote = _unclosed(source, last)
    if open_quote is not None:
        return open_quote
    if bare.startswith("- ") and span.start == at:
        return Finding(SYNTAX, "a list entry stands among named values", Place(span=span), "give the list a name: `name:`")
    if span.start == at:
        number, own = source.position(at)
        above = next((_words(source, each)[1] for each in range(number - 1, 0, -1) if _words(source, each)[0]), span)
        column = source.position(above.start).column
        column = source.position(begun).column if column == own else column
        message = f"this line begins in column {own}, and those it belongs to in column {column}"
        return Finding(SYNTAX, message, Place(span=span), f"begin it in column {column}")
    if source.text[at] in "]}":
        return _finding(source, at, f"`{source.text[at]}` closes nothing", "delete it, or open it earlier in the line")
    return _finding(source, at, "more text follows a value that has ended", "put quotes around the whole text", span.end)


def _unclosed(source: Source, last: Span) -> Finding | None:
    text = source.slice(last)
    if text[:1] not in {'"', "'"} or "\n" not in text:
        return None
    return _open_quote(source, last.start, last.start, last)


def _open_quote(source: Source, at: int, begun: int, last: Span) -> Finding:
    line = _words(source, source.position(begun).line)[1]
    return _finding(source, begun, "the quote that opens here is not closed", "close it at the end of the text", line.end)


def _no_comma(source: Source, at: int, begun: int, last: Span) -> Finding:
    opening, line = source.text[begun], source.position(begun).line
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if source.position(at).line != line:
        here = _words(source, line)[1].end
        return _finding(source, begun, f"the `{opening}` that opens here is not closed", f"write `{closing}` at its end", here)
    if source.line(line).count('"') % 2:
        return _finding(source, at, "a quote is missing in this list", "give every text a quote before and after it")
    return _finding(source, at, f"a comma or `{closing}` is missing here", "put a comma between two entries")


def _escape(source: Source, at: int, begun: int, last: Span) -> Finding:
    hint = "write `\\\\` for a backslash, or use single quotes"
    return _finding(source, at, f"`\\{source.text[at : at + 1]}` means nothing inside double quotes", hint)


def _version(source: Source, at: int, begun: int, last: Span) -> Finding:
    bare, span = _words(source, source.position(at).line)
    return Finding(YAML_VERSION, f"{quoted(bare)} asks for another YAML", Place(span=span), "delete the line: this is YAML 1.2")


def _after_the_end(source: Source, at: int, begun: int, last: Span) -> Finding:
    return Finding(SECOND_DOCUMENT, "text follows the end of the file", Place(span=Span(at, at + 1)), "delete the line `...`")


_SLIPS: tuple[tuple[str, Callable[[Source, int, int, Span], Finding]], ...] = (
    ("cannot start any token", _no_token),
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _not_a_mapping),
    ("did not find expected key", _no_key),
    ("did not find expected '-' indicator", _no_key),
    ("did not find expected ','", _no_comma),
    ("unexpected end of stream", _open_quote),
    ("unknown escape", _escape),
    ("incompatible YAML document", _version),
    ("expected <document start>", _after_the_end),
)
"""What the parser's words contain, and who explains it; the first that fits answers."""
