"""Explain errors of the YAML parser in and around brackets: a comma, a colon or a bracket that is missing or one too many."""

from __future__ import annotations

import re

from imgrules.compiler.read.missing_colons import no_colon_in_braces, path_in_braces
from imgrules.compiler.read.parser_error import ParserError, end_of_bracket, finding_at
from imgrules.compiler.report.diagnostics import Change, Finding, Place
from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.source import Span
from imgrules.quoting import quoted

_NEAR = 80
"""How many characters before a colon are searched for the beginning of its name."""


def no_comma(error: ParserError) -> Finding:
    """Return a finding about a flow list or mapping that is not closed, or in which a comma is missing."""
    opening, line = error.source.text[error.block_start], error.source.position(error.block_start).line
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if error.source.line(line).count('"') % 2:
        return error.finding("a quote is missing in this line", "put a quote at both ends of each text")
    if error.line != line and end_of_bracket(error.source.text, error.block_start) is None:
        return _never_closed(error, line, closing)
    if error.sign and error.sign in "]}":
        return error.finding(f"`{error.sign}` is used where `{closing}` is expected", f"close with `{closing}`, or delete it")
    found = _apostrophe(error) or _instead_of_a_comma(error) or (_no_comma_above(error) if error.line != line else None)
    if found is None and error.sign == ":" and opening == "{":
        return _colon_inside(error)
    found = found or path_in_braces(error) or no_colon_in_braces(error)
    return found or error.finding(f"a comma or `{closing}` is missing here", "put a comma between two entries")


def _never_closed(error: ParserError, line: int, closing: str) -> Finding:
    """Return a finding about a bracket, opened in a line, that is closed nowhere."""
    opening_error = ParserError(error.source, error.block_start, error.block_start, error.last)
    unclosed = Span(error.block_start, opening_error.content(line)[1].end)
    hint = Help(f"close it with `{closing}` at its end", (), error.source.slice(unclosed).rstrip(" ,") + closing)
    if " #" in error.source.line(line):
        hint = explain(f"close it with `{closing}`; what follows ` #` is a comment, so put a text with ` #` in quotes")
    if error.source.slice(unclosed) == opening_error.sign:
        hint = explain(f"close it with `{closing}` where the block ends")
    return finding_at(f"this `{opening_error.sign}` is never closed", unclosed, hint)


def _apostrophe(error: ParserError) -> Finding | None:
    """Return a finding about a text in single quotes that an apostrophe ends, or None."""
    if error.source.slice(error.last)[:1] == "'" and error.stop == error.last.end and error.sign.isalpha():
        return finding_at("an apostrophe ends this text early", error.last, "put the text in double quotes")
    return None


def _no_comma_above(error: ParserError) -> Finding | None:
    """Return a finding about the line above, if the entry at which the parser stopped begins a line; else None."""
    entry = error.source.text[error.source.offset(error.line) : error.stop].strip()
    number = next(error.lines_above(), error.line)
    content, span = error.content(number)
    if (entry and (error.sign != ":" or re.fullmatch(r"""[\w.-]+|"[^"]*\"""", entry) is None)) or content[-1] == ":":
        return None
    if content[-1] in _LIKE_COMMAS:
        return finding_at(f"a {_LIKE_COMMAS[content[-1]]} is between two entries", Span(span.end - 1, span.end), write(","))
    hint = Help("put it there", (), (Change(Place(span=Span(span.end, span.end)), ","),))
    in_quotes = content.count('"') % 2  # a text with ` #`, which is no comment
    message = f"a comma is missing at the end of line {number}"
    return finding_at(message, Span(span.end - 1, span.end), explain("put a comma between two entries") if in_quotes else hint)


_LIKE_COMMAS = {";": "semicolon", "\uff1b": "semicolon", "\uff0c": "full-width comma", "\u3001": "full-width comma"}


def _instead_of_a_comma(error: ParserError) -> Finding | None:
    """Return a finding about a sign like a comma where the parser stopped, or before the name at whose colon it stopped; or None."""
    start = max(error.source.offset(error.line), error.stop - _NEAR)
    name = (
        re.search(r"(;(?=\s)|[\uff0c\uff1b\u3001])\s*[\w.-]+\s*$", error.source.text[start : error.stop])
        if error.sign == ":"
        else None
    )
    offset = start + name.start() if name else error.stop
    sign = _LIKE_COMMAS.get(error.source.text[offset : offset + 1])
    return finding_at(f"a {sign} is between two entries", Span(offset, offset + 1), write(",")) if sign else None


def _colon_inside(error: ParserError) -> Finding:
    """Return a finding about a second colon in an entry of a flow mapping: in its text, or after a missing comma."""
    start = error.source.offset(error.line)
    before = error.source.text[start : error.stop]
    entry_start = max(before.rfind(sign) for sign in "{,")
    name, colon, text = before[entry_start + 1 :].partition(": ")
    rest = re.match(r":[^,{}\[\]\n]*", error.source.text[error.stop :])
    if not colon or rest is None or rest.end() == 1:
        return error.finding("a comma is missing before this name", "put a comma between two entries")
    if " " in text.strip():
        hint = f"put a comma before `{text.split()[-1]}`, or the text in quotes"
        return error.finding("a comma or `}` is missing here", hint)
    offset = start + entry_start + 1 + len(name) + len(colon)
    value = error.source.text[offset : error.stop + rest.end()].strip()
    return finding_at("this value contains a colon, but has no quotes", Span(offset, offset + len(value)), as_one_text(value))


def as_one_text(value: str) -> Help:
    """Return a hint to quote a text with a colon; where it may as well be a name with its value, the author decides."""
    if re.search(r"\S\s+[\w.-]+:\s", value):
        return explain("put the text in quotes, or begin a new line before the second name")
    if re.fullmatch(r"[\w.-]+:\s+(?:\".*\"|'.*')", value):
        return explain(f"put the name and its value in braces: {{{value}}}")
    if _PAIR.fullmatch(value):
        return explain(f"put the name and its value in braces: {{{value}}}; or put a text in quotes")
    return write(typed(value.strip("\"'")))


_PAIR = re.compile(r"(?:[a-z][\w.-]*|[A-Z]+):\s+\S+|\S+:\s+[0-9.]+")
"""A name and one word, or a number: `base: 5` and `POST: /v1`, but not `Basic: cheap`, which is rather a label."""


def unexpected_sign(error: ParserError) -> Finding:
    """Return a finding about a comma or a closing bracket where no bracket is open."""
    if error.sign != ",":
        return error.finding(f"`{error.sign}` has no opening bracket", "delete it, or open it earlier in the line")
    if re.match(r",\s*(#|$)", error.source.text[error.stop :].splitlines()[0]):
        return error.finding("a comma ends this line, but no brackets are open", Help("delete it", (), ""))
    return second_name(error) or error.finding(
        "this list has no brackets around it", "put a bracket before the first entry and one after the last"
    )


def more_text(error: ParserError) -> Finding:
    """Return a finding about text after a value that ended with a bracket or a quote."""
    end = error.content(error.line)[1].end
    if error.source.text[error.stop : end] == ";":
        return error.finding("a semicolon ends this line, as in other languages", Help("delete it", (), ""))
    return second_name(error) or error.finding(
        "there is more text after the end of this value", "put quotes around the whole text", end
    )


_SECOND = re.compile(r"""[,;]?\s*(?P<entry>(?P<name>[\w.-]+|"[^"]*"):(?P<value>\s.*)?)$""")


def second_name(error: ParserError) -> Finding | None:
    """Return a finding about another name in the line of a value that is closed, such as `a: [b], c: d`, or None."""
    start, end = error.source.offset(error.line), error.content(error.line)[1].end
    first = error.source.text[start : error.stop].rstrip()
    second = _SECOND.match(error.source.text[error.stop : end])
    if second is None or ": " not in first or first[-1] not in "]}\"'":
        return None
    place = Span(error.stop, error.stop + second.end("entry"))
    message, name = "another name follows in the same line", quoted(second["name"])
    if first[-1] == "}" and (second["value"] or "").strip()[:1] not in {"{", "["}:
        return finding_at(message, place, f"begin a new line before {name}, or move it into the braces")
    indentation = re.match(r"[ ]*(?:- +)*", first)
    new_line = "\n" + " " * len(indentation[0] if indentation else "")
    gap = Span(start + len(first), error.stop + second.start("entry"))
    return finding_at(message, place, Help(f"begin a new line before {name}", (), (Change(Place(span=gap), new_line),)))
