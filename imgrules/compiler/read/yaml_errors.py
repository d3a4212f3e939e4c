"""Explain errors of the YAML parser: which mistake is likely in the text, and how to fix it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from imgrules.compiler.read.bracket_errors import as_one_text, more_text, no_comma, unexpected_sign
from imgrules.compiler.read.foreign_comments import comment_near
from imgrules.compiler.read.missing_colons import no_colon_in_line
from imgrules.compiler.read.odd_lines import (
    below_a_value,
    dashed_value,
    entry_without_dash,
    entry_without_space,
    is_in_values,
    name_with_dash,
    other_bullet,
)
from imgrules.compiler.read.parser_error import ParserError, finding_at
from imgrules.compiler.read.scalars import range_in
from imgrules.compiler.read.syntax_codes import SECOND_DOCUMENT, SYNTAX, TAG, WIDE_COLON, YAML_VERSION
from imgrules.compiler.report.diagnostics import Change, Finding, Place
from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.source import Source, Span
from imgrules.quoting import quoted

_KEY_WITHOUT_SPACE = re.compile(r"([\w.-]+):([^\s/].*)")
_LONGEST_LINE = 80
_QUOTED = "put the text in quotes"


def explained_error(source: Source, exception: Exception, last: Span) -> Finding:
    """Return the finding that explains an exception of the parser; `last` is the span of the last scalar that was read."""
    problem = str(getattr(exception, "problem", None) or exception)
    error = ParserError(source, _offset(source, exception, "problem_mark"), _offset(source, exception, "context_mark"), last)
    special = _git_or_markdown(error) or comment_near(error) or _quote_closed_by_another(error)
    if special is not None:
        return special
    explainer = next((explainer for part, explainer in _EXPLAINERS if part in problem), _unexplained)
    return explainer(error)


def _offset(source: Source, exception: Exception, name: str) -> int:
    mark: Any = getattr(exception, name, None)
    return min(mark.index, len(source.text)) if mark is not None else 0


def _git_or_markdown(error: ParserError) -> Finding | None:
    """Return a finding about a conflict marker of git or a code fence of Markdown, or None."""
    for number in {error.line, error.source.position(error.block_start).line}:
        content, span = error.content(number)
        if re.match(r"<{7}|={7}|>{7}", content):
            return Finding(
                SYNTAX, "an unresolved merge conflict", Place(span=span), "keep one version, and delete the conflict markers"
            )
        if content.startswith("```"):
            numbers = [line for line in range(1, len(error.source.lines) + 1) if error.content(line)[0].startswith("```")]
            fences = tuple(Change(Place(span=error.content(line)[1]), "") for line in numbers)
            hint = "delete it" if len(fences) == 1 else "delete it, and the other one"
            return finding_at("this line is Markdown, not YAML", span, Help(hint, (), fences))
    return None


def _quote_closed_by_another(error: ParserError) -> Finding | None:
    """Return a finding about a quote that is not closed, if the parser went on to a quote some lines below; or None."""
    text, ends = error.source.slice(error.last), error.source.position(error.last.end).line
    if text[:1] not in {'"', "'"} or "\n" not in text or ends != error.line:
        return None
    return _open_quote(ParserError(error.source, error.last.start, error.last.start, error.last))


def _open_quote(error: ParserError) -> Finding:
    opening_error = ParserError(error.source, error.block_start, error.block_start, error.last)
    return opening_error.finding(
        "this quote is never closed",
        "close it at the end of the text",
        opening_error.content(opening_error.line)[1].end,
    )


def _unexplained(error: ParserError) -> Finding:
    if error.sign == "?":
        return error.finding(
            "a question mark is not a value", "use `unknown` for a price that is not stated; put a text in quotes"
        )
    return error.finding(
        "this is not valid YAML", "compare it with the lines around it, and put text with special characters in quotes"
    )


def _no_token(error: ParserError) -> Finding:
    return _tab(error) if error.sign == "\t" else _no_start(error)


def _tab(error: ParserError) -> Finding:
    return error.finding("a tab is used where spaces are expected", "indent with two spaces for each level")


def _no_start(error: ParserError) -> Finding:
    """Return a finding about a character with which no plain scalar can begin."""
    offset = error.block_start if error.source.text[error.block_start : error.block_start + 1] in "*&%|>" else error.stop
    start = ParserError(error.source, offset, offset, error.last)
    bullet = other_bullet(*start.content(start.line))
    if bullet is not None:
        return bullet
    comparison = re.match(r">=?\s*-?[0-9]+(?:\.[0-9]+)?", error.source.text[offset:])
    if comparison:
        range_text, more = range_in(comparison[0]), ", which is a range; put a text in quotes"
        help_ = (
            write(range_text, more)
            if range_text
            else explain("use a range such as `{min: 5}`, which includes 5; put a text in quotes")
        )
        return start.finding(
            f"{quoted(comparison[0])} is a comparison, but a value is expected here", help_, offset + comparison.end()
        )
    # In flow style, a comma or a bracket ends a text without quotes.
    line = error.source.text[error.source.offset(start.line) : offset]
    inside = line.count("{") + line.count("[") > line.count("}") + line.count("]")
    text = re.match(r"[^,\[\]{}\n]*" if inside else r"[^\n]*", error.source.text[offset:])
    plain = re.split(r"\s#", text[0])[0].strip() if text else ""
    if start.sign in "@%" and '"' not in plain:
        return finding_at(
            f'this text begins with "{start.sign}", but has no quotes', Span(offset, offset + len(plain)), write(typed(plain))
        )
    return start.finding(f'this text begins with "{start.sign}", but has no quotes', _QUOTED)


def _no_colon(error: ParserError) -> Finding:
    number = error.source.position(error.block_start).line
    return no_colon_in_line(error, number) or _line_without_colon(error, number)


def _line_without_colon(error: ParserError, number: int) -> Finding:
    """Return a finding about a line without a colon, or without a space after it."""
    content, span = error.content(number)
    if "：" in content:
        name, _, rest = content.partition("：")
        text = f"{name.strip()}: {rest.strip()}".rstrip()
        return finding_at(
            "a full-width colon follows a name", span, write(text, ", or put it in quotes if it is text"), WIDE_COLON
        )
    entry = entry_without_space(error, number) or entry_without_dash(error, number) or other_bullet(content, span)
    if entry is not None:
        return entry
    without_space, without_colon = (
        _KEY_WITHOUT_SPACE.fullmatch(content),
        re.fullmatch(r"([\w.-]+)(?:\s*=\s*|\s+)(\S.*)", content),
    )
    if without_space:
        return _key_without_space(span, without_space)
    message = f"{quoted(content)} has no colon"
    if without_colon is None or len(content) > _LONGEST_LINE:
        return finding_at(message, span, "write a colon and a space after the name, and then its value")
    name, value = without_colon.groups()
    if is_in_values(error, number) and value.isdecimal():
        return finding_at(message, span, write(f"{name}: {{credits: {value}}}", f", if {value} is its price"))
    # Several words may be the next line of a text, and not a name with its value.
    certain = re.fullmatch(r"[^\s:#,]+|\".*\"|'.*'|\[.*\]|{.*}", value)
    return finding_at(message, span, write(f"{name}: {value}") if certain else "write a colon and a space after the name")


def _key_without_space(span: Span, without_space: re.Match[str]) -> Finding:
    return finding_at("no space follows the colon", span, write(f"{without_space[1]}: {without_space[2]}"))


def _no_space_before_a_bracket(error: ParserError) -> Finding | None:
    content, span = error.content(error.line)
    without_space = re.fullmatch(r"([\w.-]+):([{\[].*[}\]])", content)
    return _key_without_space(span, without_space) if without_space else None


def _colon_without_space(error: ParserError) -> Finding:
    return error.finding("no space follows the colon", "write a space after it, or put the text in quotes")


def _not_a_mapping(error: ParserError) -> Finding:
    """Return a finding about a colon where no mapping can begin."""
    no_colon = no_colon_in_line(error, error.line)
    if no_colon is not None:
        return no_colon
    content, span = error.content(error.line)
    without_space = _KEY_WITHOUT_SPACE.fullmatch(content)
    if without_space:
        return _key_without_space(span, without_space)
    before = error.source.line(error.line)[: error.source.position(error.stop).column - 1]
    if ": " in before:
        start = error.source.offset(error.line) + before.index(": ") + 2
        value = re.split(r"\s#", error.source.text[start:].splitlines()[0])[0].strip()
        return finding_at("this value contains a colon, but has no quotes", Span(start, start + len(value)), as_one_text(value))
    above = next(error.lines_above(), None)
    if above is not None and not re.search(r":(\s|$)", error.content(above)[0]):
        return _line_without_colon(error, above)
    hint = "begin it in the same column as the line above it" if above else _QUOTED
    return Finding(SYNTAX, f"{quoted(content)} is indented deeper than the line above it allows", Place(span=span), hint)


def _no_key(error: ParserError) -> Finding:
    """Return a finding about a line in a block mapping that does not begin with a key."""
    content, span = error.content(error.line)
    if re.match(r"-[{\[]", content):
        return finding_at("no space follows the dash", Span(span.start, span.start + 2), write(f"- {content[1]}"))
    no_colon = no_colon_in_line(error, error.line) or _no_space_before_a_bracket(error)
    if no_colon is not None:
        return no_colon
    if error.sign and error.sign in "]},":
        return unexpected_sign(error)
    if span.start != error.stop:
        return more_text(error)
    if content.startswith("- "):
        return below_a_value(error, span) or name_with_dash(error, span) or _unexpected_entry(error, span)
    return entry_without_dash(error, error.line) or below_a_value(error, span) or _misplaced(error, span)


def _unexpected_entry(error: ParserError, span: Span) -> Finding:
    named = dashed_value(error, error.line, span)
    if named is not None:
        return named
    entries = (error.column(line) for line in error.lines_above() if error.content(line)[0].startswith("- "))
    column = next(entries, None)
    if column in (None, error.column(error.line)):
        return Finding(
            SYNTAX,
            "this line is a list entry, but the lines beside it are not",
            Place(span=span),
            "give the list a name: `name:`",
        )
    return _wrong_column(span, error.column(error.line), column)


def _misplaced(error: ParserError, span: Span) -> Finding:
    """Return a finding about a line that is indented as no block around it, or about the line above if that one is wrong."""
    column, lines = error.column(error.line), list(error.lines_above())
    if len(lines) > 1 and error.column(lines[0]) < column == error.column(lines[1]):
        return _wrong_column(error.content(lines[0])[1], error.column(lines[0]), column)
    columns: list[int] = []
    for line in lines:
        if not columns or error.column(line) < columns[-1]:
            columns.append(error.column(line))
    others = [other for other in columns if other != column]
    distance = min((abs(other - column) for other in others), default=0)
    nearest = [other for other in others if abs(other - column) == distance] or [1]
    inner = _column_inside(error)
    parents = [other for other in nearest if inner - other == 2 * distance] or nearest
    if len(parents) == 1:
        return _wrong_column(span, column, parents[0])
    hint = f"begin it in column {min(parents)} or {max(parents)}"
    return finding_at(f"no line around this one begins in column {column}", span, hint)


def _column_inside(error: ParserError) -> int:
    """Return the column of the block that the line opens at which the parser stopped, or 0 if it opens none."""
    below = range(error.line + 1, len(error.source.lines) + 1)
    inner = next((error.column(line) for line in below if error.content(line)[0]), 0)
    return inner if error.content(error.line)[0].endswith(":") else 0


def _wrong_column(span: Span, column: int, expected: int | None) -> Finding:
    message = f"this line begins in column {column}, but the lines it belongs to begin in column {expected}"
    indent = Change(Place(span=Span(span.start - column + 1, span.start)), " " * ((expected or 1) - 1))
    return finding_at(message, span, Help(f"begin it in column {expected}", (), (indent,)))


def _no_dash(error: ParserError) -> Finding:
    content, span = error.content(error.line)
    if span.start != error.stop:
        return _no_key(error)
    below = below_a_value(error, span)
    if below is not None:
        return below
    # Below an entry that is a block, the line may belong to that block.
    above = next(error.lines_above(), None)
    alone = above is not None and ":" not in error.content(above)[0]
    hint = (
        write(f"- {content}")
        if alone and ":" not in content
        else "put a dash before it, indent it below its entry, or end the list"
    )
    return finding_at("this line is not a list entry, but the lines beside it are", span, hint)


def _no_content(error: ParserError) -> Finding:
    if error.sign == ",":
        return error.finding("there is nothing before this comma", "delete the comma, or write what is missing")
    if error.sign and error.sign in "]}":
        return error.finding(f"`{error.sign}` has no opening bracket", "delete it, or open it earlier in the line")
    if error.sign == "-":
        hint = "put commas between the entries in place of dashes, or delete the brackets around them"
        return error.finding("a list has brackets or dashes, and not both", hint)
    return _unexplained(error)


def _entry_after_a_name(error: ParserError) -> Finding:
    return error.finding(
        "a list entry (`-`) is on the same line as its name", "begin it on a new line, or put the list in brackets"
    )


def _escape(error: ParserError) -> Finding:
    sign = error.source.text[error.stop + 1 : error.stop + 2] if error.sign == "\\" else error.sign
    hint = "write the backslash twice, or use single quotes"
    return error.finding(f"`\\{sign}` is not an escape sequence in double quotes", hint)


def _unpaired_surrogate(error: ParserError) -> Finding:
    return error.finding("this escape is an unpaired surrogate", "type the character itself")


def _unknown_tag(error: ParserError) -> Finding:
    opening_error = ParserError(error.source, error.block_start, error.block_start, error.last)
    return opening_error.finding("this is a tag", "delete it; text that begins with `!` needs quotes", code=TAG)


def _version(error: ParserError) -> Finding:
    directive = ParserError(error.source, 0, 0, error.last)
    line = next((number for number in range(1, len(error.source.lines) + 1) if error.content(number)[0][:1] == "%"), 1)
    content, span = directive.content(line)
    return finding_at(
        f"{quoted(content)} asks for another version of YAML", span, "delete the line; imgrules reads YAML 1.2", YAML_VERSION
    )


def _after_the_end(error: ParserError) -> Finding:
    if error.source.text.lstrip().startswith("%"):
        return _version(error)
    if any(error.content(number)[0] == "..." for number in error.lines_above()):
        return error.finding(
            "text follows the end of the document", "delete the line `...`, or what follows it", code=SECOND_DOCUMENT
        )
    if "：" in error.content(error.line)[0]:
        return _line_without_colon(error, error.line)
    return more_text(error)


_EXPLAINERS: tuple[tuple[str, Callable[[ParserError], Finding]], ...] = (
    ("tab character", _tab),
    ("cannot start any token", _no_token),
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _not_a_mapping),
    ("did not find expected key", _no_key),
    ("did not find expected '-' indicator", _no_dash),
    ("did not find expected ','", no_comma),
    ("did not find expected node content", _no_content),
    ("sequence entries are not allowed", _entry_after_a_name),
    ("mapping keys are not allowed", _no_start),
    ("found unexpected ':'", _colon_without_space),
    ("expected alphabetic or numeric", _no_start),
    ("expected comment or line break", _no_start),
    ("expected directive name", _no_start),
    ("unexpected end of stream", _open_quote),
    ("unknown escape", _escape),
    ("invalid Unicode character escape", _unpaired_surrogate),
    ("undefined tag handle", _unknown_tag),
    ("incompatible YAML document", _version),
    ("expected <document start>", _after_the_end),
)
"""Parts of error messages of libyaml and PyYAML, each with the function that explains it; the first match is used."""
