"""Explain errors of the YAML parser in and around brackets: a comma, a colon or a bracket that is missing or one too many."""

from __future__ import annotations

import re

from imgrules.compiler.read.parser_error import ParserError, finding_at
from imgrules.compiler.report.diagnostics import Change, Finding, Place
from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.source import Span
from imgrules.quoting import quoted


def no_comma(error: ParserError) -> Finding:
    """Return a finding about a flow list or mapping that is not closed, or in which a comma is missing."""
    opening, line = error.source.text[error.block_start], error.source.position(error.block_start).line
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if error.source.line(line).count('"') % 2:
        return error.finding("a quote is missing in this line", "put a quote at both ends of each text")
    if error.line != line:
        opening_error = ParserError(error.source, error.block_start, error.block_start, error.last)
        comment = "; what follows ` #` is a comment, so put a text with ` #` in quotes"
        unclosed = Span(error.block_start, opening_error.content(line)[1].end)
        hint = Help(f"close it with `{closing}` at its end", (), error.source.slice(unclosed).rstrip(" ,") + closing)
        hint = explain(f"close it with `{closing}`{comment}") if " #" in error.source.line(line) else hint
        if error.source.slice(unclosed) == opening:
            hint = explain(f"close it with `{closing}` where the block ends")
        return finding_at(f"this `{opening}` is never closed", unclosed, hint)
    if error.source.slice(error.last)[:1] == "'" and error.stop == error.last.end and error.sign.isalpha():
        return finding_at("an apostrophe ends this text early", error.last, "put the text in double quotes")
    if error.sign and error.sign in "]}":
        return error.finding(f"`{error.sign}` is used where `{closing}` is expected", f"close with `{closing}`, or delete it")
    if error.sign == ":" and opening == "{":
        return _colon_inside(error)
    return _no_colon_before_a_bracket(error) or error.finding(
        f"a comma or `{closing}` is missing here", "put a comma between two entries"
    )


def _no_colon_before_a_bracket(error: ParserError) -> Finding | None:
    """Return a finding about a name in a flow mapping that a bracket follows without a colon, or None."""
    block = error.source.text[error.block_start : error.stop]
    name = re.search(r"[{,]\s*([\w.-]+)\s+$", block) if error.sign and error.sign in "[{" and block[0] == "{" else None
    if name is None:
        return None
    span = Span(*(error.block_start + offset for offset in name.span(1)))
    return finding_at(f"no colon follows {quoted(name[1])}", span, write(f"{name[1]}:"))


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
    """Return a hint to quote a text with a colon; if a name follows, the author may have wanted a new line instead."""
    if re.search(r"\S\s+[\w.-]+:\s", value):
        return explain("put the text in quotes, or begin a new line before the second name")
    if re.fullmatch(r"[\w.-]+:\s+(?:\".*\"|'.*')", value):
        return explain(f"put the name and its value in braces: {{{value}}}")
    return write(typed(value.strip("\"'")))


def unexpected_sign(error: ParserError) -> Finding:
    """Return a finding about a comma or a closing bracket where no bracket is open."""
    if error.sign != ",":
        return error.finding(f"`{error.sign}` has no opening bracket", "delete it, or open it earlier in the line")
    if re.match(r",\s*(#|$)", error.source.text[error.stop :].splitlines()[0]):
        return error.finding("a comma ends this line, but no brackets are open", Help("delete it", (), ""))
    return _second_name(error) or error.finding(
        "this list has no brackets around it", "put a bracket before the first entry and one after the last"
    )


def _second_name(error: ParserError) -> Finding | None:
    """Return a finding about another name in the line of a value that is closed, such as `a: [b], c: d`, or None."""
    second = re.match(r",\s*(([\w.-]+):(?:\s.*)?)$", error.source.text[error.stop :].partition("\n")[0])
    if second is None:
        return None
    indentation = re.match(r"[ ]*(?:- +)*", error.source.line(error.line))
    new_line = "\n" + " " * len(indentation[0] if indentation else "")
    comma = Span(error.stop, error.stop + second.start(1))
    return finding_at(
        "another name follows in the same line",
        Span(error.stop, error.stop + second.end(1)),
        Help(f"begin a new line before `{second[2]}`", (), (Change(Place(span=comma), new_line),)),
    )
