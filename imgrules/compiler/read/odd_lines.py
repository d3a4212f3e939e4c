"""Lines among others that cannot have them: below a value in brackets, or with a dash among values that have names."""

from __future__ import annotations

import re

from imgrules.compiler.read.parser_error import ParserError, finding_at
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.source import Span


def is_in_values(error: ParserError, number: int) -> bool:
    """Whether a line is in the block `values:` of an option."""
    column = error.column(number)
    lines_above = (line for line in range(number - 1, 0, -1) if error.content(line)[0] and error.column(line) < column)
    parent = next(lines_above, None)
    return parent is not None and error.content(parent)[0] == "values:"


def dashed_value(error: ParserError, number: int, span: Span) -> Finding | None:
    """Return a finding about a word with a dash before it among values with names; None for any other line."""
    is_dashed = is_in_values(error, number) and re.fullmatch(r"- *\w[\w.-]*", error.content(number)[0]) is not None
    message = "this line is a list entry, but the values beside it are names with details"
    return finding_at(message, span, "write it as they are: its name, a colon, and its details") if is_dashed else None


def below_a_value(error: ParserError, span: Span) -> Finding | None:
    """Return a finding about a line below one that ends its value with a bracket and is indented less; None for any other."""
    above = next(error.lines_above(), None)
    if above is None or error.column(above) >= error.column(error.line):
        return None
    signs = {"}": "braces", "]": "brackets"}.get(error.content(above)[0][-1])
    if signs is None:
        return None
    return finding_at(
        "the line above ends its value, so nothing can be below it", span, f"put this line into the {signs} of the line above"
    )
