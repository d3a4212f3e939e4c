"""A name before a bracket without a colon, as in other languages, and a path with brackets in braces."""

from __future__ import annotations

import re

from imgrules.compiler.read.parser_error import ParserError, end_of_bracket, finding_at
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.report.helps import typed, write
from imgrules.compiler.source import Span
from imgrules.quoting import quoted

_NAME = r"""(?P<name>[\w.-]+|"[^"\n]*"|'[^'\n]*')"""
_ASSIGNS = r"(?::=|=>|=)"
_BEGINNING = re.compile(rf"(?:- +)*(?P<whole>{_NAME}\s*{_ASSIGNS}?)(?P<gap>\s*)(?P<bracket>[{{\[])")
"""The beginning of a line with a bracket where a colon should be."""

_NAME_IN_BRACES = re.compile(rf"[{{,]\s*(?P<whole>{_NAME}\s*{_ASSIGNS}?)(?P<gap>\s*)$")
_VALUE = re.compile(rf"""[\[{{]|{_ASSIGNS}|"[^"\n]*"\s*[,}}]|'[^'\n]*'\s*[,}}]""")
"""What makes a name of the text before it, where a colon should be between the two."""

_PATH = re.compile(r"(?P<before>[:{,]\s*)(?P<path>[\w.-]+)$")
_BRACKETS = re.compile(r"""(?:\[(?:[0-9]+|"[\w-]+"|'[\w-]+')\]|\.[\w-]+)+(?=\s*[:,}])""")
_NAME_IN_BRACKETS = re.compile(r"""\[["']([\w-]+)["']\]""")

_NEAR = 200
"""How many characters before a bracket are searched for the beginning of its name."""


def no_colon_in_line(error: ParserError, number: int) -> Finding | None:
    """Return a finding about a line that is a name and brackets, without a colon between the two; None for any other line."""
    content, span = error.content(number)
    match = _BEGINNING.match(content)
    if match is None or end_of_bracket(content, match.start("bracket")) != len(content):
        return None
    return _no_colon(span.start, match, match["bracket"])


def no_colon_in_braces(error: ParserError) -> Finding | None:
    """Return a finding about a name in braces without a colon before the value at which the parser stopped, or None."""
    if error.source.text[error.block_start] != "{":
        return None
    start = max(error.block_start, error.stop - _NEAR)
    before = _NAME_IN_BRACES.search(error.source.text[start : error.stop])
    value = _VALUE.match(error.source.text, error.stop)
    if before is None or value is None:
        return None
    if value[0].startswith(("[", "{", '"', "'")):
        return _no_colon(start, before, error.sign)
    name = before["name"]
    return finding_at(f"no colon follows {quoted(name)}", Span(start + before.start("name"), value.end()), write(f"{name}:"))


def _no_colon(start: int, match: re.Match[str], bracket: str) -> Finding:
    """Return the finding about a name without a colon; `match` begins at the offset `start`, and a bracket follows it."""
    replaced, after = match.span("whole"), "" if match["gap"] or match["whole"][-1] == " " else f" {bracket}"
    name, end = match["name"], replaced[0] + len(match["whole"].rstrip()) + len(after[1:])
    return finding_at(f"no colon follows {quoted(name)}", Span(start + replaced[0], start + end), write(f"{name}:{after}"))


def path_in_braces(error: ParserError) -> Finding | None:
    """Return a finding about a path such as `images[0].url` in braces, of which the parser read a part alone; or None."""
    start = max(error.block_start, error.stop - _NEAR)
    path = _PATH.search(error.source.text[start : error.stop]) if error.sign == "[" else None
    rest = _BRACKETS.match(error.source.text, error.stop)
    if path is None or rest is None:
        return None
    is_key = error.source.text[rest.end() :].lstrip().startswith(":")
    if is_key == path["before"].startswith(":"):
        return None
    whole = _NAME_IN_BRACKETS.sub(r".\1", path["path"] + rest[0])
    corrected = typed(whole) if "[" in whole else whole
    return finding_at("a path with brackets has no quotes", Span(start + path.start("path"), rest.end()), write(corrected))
