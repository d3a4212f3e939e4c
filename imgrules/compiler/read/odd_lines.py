"""Lines among others that cannot have them: below a value in brackets, or as an entry of a list where they are none."""

from __future__ import annotations

import re

from imgrules.compiler.read.parser_error import ParserError, finding_at
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.report.helps import explain, write
from imgrules.compiler.source import Span


def is_in_values(error: ParserError, number: int) -> bool:
    """Whether a line is in the block `values:` of an option."""
    column = error.column(number)
    parent = next((line for line in error.lines_above(number) if error.column(line) < column), None)
    return parent is not None and error.content(parent)[0] == "values:"


def dashed_value(error: ParserError, number: int, span: Span) -> Finding | None:
    """Return a finding about a word with a dash before it among values with names; None for any other line."""
    is_dashed = is_in_values(error, number) and re.fullmatch(r"- *\w[\w.-]*", error.content(number)[0]) is not None
    message = "this line is a list entry, but the values beside it are names with details"
    return finding_at(message, span, "write it as they are: its name, a colon, and its details") if is_dashed else None


_NO_SPACE = "no space follows the dash"
_NAMED = r"[\w.-]+:(?:\s|$)"
_TEXT = r"""[^\s"'][^\s"':]*(?::[^\s"':]+)*|"[^"]*"|'[^']*'"""
"""A single word or a text in quotes."""


def entry_without_space(error: ParserError, number: int) -> Finding | None:
    """Return a finding about a line that begins with a dash and its entry, without a space; None for any other line."""
    content, span = error.content(number)
    above = next((error.content(line)[0] for line in error.lines_above(number)), "")
    is_entry = re.match(r"-[^\s\d.-]|-[0-9]+:[0-9]", content) or (content[:1] == "-" != content[1:2] and above.startswith("- "))
    if not is_entry or content.startswith("- "):
        return None
    return dashed_value(error, number, span) or finding_at(_NO_SPACE, span, "put a space after the dash")


def entry_without_dash(error: ParserError, number: int) -> Finding | None:
    """Return a finding about a text without a dash below an entry of a list, or below another text; None for any other line."""
    content, span = error.content(number)
    line_above = next(error.lines_above(number), number)
    above = error.content(line_above)[0]
    if error.column(line_above) != error.column(number) or not (
        re.fullmatch(_TEXT, content) and re.fullmatch(_TEXT, above.removeprefix("- "))
    ):
        return None
    if above.startswith("- "):
        hint = write(f"- {content}") if content[0] in "\"'" else explain("put a dash before it, or a colon after it")
        return finding_at("this line is not a list entry, but the lines beside it are", span, hint)
    hint = explain("put a dash and a space before each of them")
    return finding_at("these lines are texts, but no entries of a list", span, hint) if content[0] in "\"'" else None


BULLETS = "*+\u2022\u00b7\u2013\u2014"
"""Signs with which lists in other languages begin their entries."""


def other_bullet(content: str, span: Span) -> Finding | None:
    """Return a finding about a line that begins like an entry of a list in another language, or None."""
    if content[:1] not in tuple(BULLETS) or content[1:2] != " ":
        return None
    return finding_at("an entry of a list begins with a dash", span, f"put a dash in place of each `{content[0]}`")


def name_with_dash(error: ParserError, span: Span) -> Finding | None:
    """Return a finding about a name with a dash before it, in the column of other names; None for any other line."""
    column = error.column(error.line)
    lines = ((error.column(line), error.content(line)[0]) for line in error.lines_above())
    beside, _ = next((line for line in lines if line[0] <= column or line[1].startswith("- ")), (0, ""))
    if beside != column or not re.match(rf"- +{_NAMED}", error.content(error.line)[0]):
        return None
    hint = "delete the dash, or give the list a name: `name:`"
    return finding_at("this line is a list entry, but the lines beside it are not", span, hint)


def below_a_value(error: ParserError, span: Span) -> Finding | None:
    """Return a finding about a line below one that ends its value with a bracket and is indented less; None for any other."""
    above = next(error.lines_above(), None)
    if above is None or error.column(above) >= error.column(error.line):
        return None
    without_space = entry_without_space(error, above)
    if without_space is not None:
        return without_space
    signs = {"}": "braces", "]": "brackets"}.get(error.content(above)[0][-1])
    if signs is None or _is_beside(error, above):
        return None
    return finding_at(
        "the line above ends its value, so nothing can be below it", span, f"put this line into the {signs} of the line above"
    )


def _is_beside(error: ParserError, above: int) -> bool:
    """Whether the line where the parser stopped is a name with one space too many before it, beside the name above."""
    column, content = error.column(above), error.content(above)[0]
    are_names = all(re.match(_NAME_WITH_COLON, text) for text in (content, error.content(error.line)[0]))
    is_whole = content.count("{") == content.count("}") and content.count("[") == content.count("]")
    # Where one space begins a block, the line may as well belong below.
    is_narrow = any(re.match(r" \S", error.source.line(line)) for line in error.lines_above())
    return are_names and is_whole and error.column(error.line) == column + 1 and not is_narrow


_NAME_WITH_COLON = rf"\"[^\"]*\":\s|{_NAMED}"
