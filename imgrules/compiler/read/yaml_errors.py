"""What a YAML parser complains about becomes what the author did, and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from imgrules.compiler.read.scalars import range_in
from imgrules.compiler.read.syntax_codes import SECOND_DOCUMENT, SYNTAX, TAG, WIDE_COLON, YAML_VERSION
from imgrules.compiler.report.diagnostics import Change, Code, Finding, Place
from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.source import Source, Span
from imgrules.quoting import quoted

_TIGHT = re.compile(r"([\w.-]+):([^\s/].*)")
_LONG = 80
_QUOTED = "put the text in quotes"


@dataclass(frozen=True, slots=True)
class _Slip:
    """A complaint: where the parser stopped, where the block began that it was in, and the last word it read."""

    source: Source
    at: int
    begun: int
    last: Span

    @property
    def sign(self) -> str:
        """The character at which the parser stopped."""
        return self.source.text[self.at : self.at + 1]

    @property
    def line(self) -> int:
        """The line at which the parser stopped, counted from 1."""
        return self.source.position(self.at).line

    def words(self, number: int) -> tuple[str, Span]:
        """Return what a line holds besides its indentation and comment, and where."""
        text = self.source.line(number)
        bare = re.sub(r"(^|\s)#.*", "", text).strip()
        start = self.source.offset(number) + len(text) - len(text.lstrip())
        return bare, Span(start, start + len(bare))

    def above(self) -> Iterator[int]:
        """Return the lines above that say something, the nearest first."""
        return (each for each in range(self.line - 1, 0, -1) if self.words(each)[0])

    def column(self, number: int) -> int:
        """Return in which column a line begins, counted from 1."""
        return self.source.position(self.words(number)[1].start).column

    def here(self, message: str, hint: str | Help, until: int | None = None, code: Code = SYNTAX) -> Finding:
        """Return a finding where the parser stopped."""
        end = min(max(self.at + 1, until or 0), len(self.source.text))
        return _told(message, Span(min(self.at, end), end), hint, code)


def _told(message: str, span: Span, hint: str | Help, code: Code = SYNTAX) -> Finding:
    """Return a finding at a stretch of the text."""
    return Finding(code, message, Place(span=span), *(explain(hint) if isinstance(hint, str) else hint))


def slip(source: Source, error: Exception, last: Span) -> Finding:
    """Return what a parser's error means; `last` is the last word that could be read."""
    problem = str(getattr(error, "problem", None) or error)
    found = _Slip(source, _offset(source, error, "problem_mark"), _offset(source, error, "context_mark"), last)
    odd = _foreign(found) or _unclosed(found)
    if odd is not None:
        return odd
    explain = next((each for part, each in _SLIPS if part in problem), _unexplained)
    return explain(found)


def _offset(source: Source, error: Exception, name: str) -> int:
    mark: Any = getattr(error, name, None)
    return min(mark.index, len(source.text)) if mark is not None else 0


def _foreign(found: _Slip) -> Finding | None:
    """Return a line that belongs to git or to Markdown."""
    for number in {found.line, found.source.position(found.begun).line}:
        bare, span = found.words(number)
        if re.match(r"<{7}|={7}|>{7}", bare):
            return Finding(
                SYNTAX, "an unresolved merge conflict", Place(span=span), "keep one version, and delete the conflict markers"
            )
        if bare.startswith("```"):
            numbers = [each for each in range(1, len(found.source.lines) + 1) if found.words(each)[0].startswith("```")]
            fences = tuple(Change(Place(span=found.words(each)[1]), "") for each in numbers)
            hint = "delete it" if len(fences) == 1 else "delete it, and the other one"
            return _told("this line is Markdown, not YAML", span, Help(hint, (), fences))
    return None


def _unclosed(found: _Slip) -> Finding | None:
    """Return a quote that was closed by the quote of another text, some lines below."""
    text, ends = found.source.slice(found.last), found.source.position(found.last.end).line
    if text[:1] not in {'"', "'"} or "\n" not in text or ends != found.line:
        return None
    return _open_quote(_Slip(found.source, found.last.start, found.last.start, found.last))


def _open_quote(found: _Slip) -> Finding:
    begun = _Slip(found.source, found.begun, found.begun, found.last)
    return begun.here("this quote is never closed", "close it at the end of the text", begun.words(begun.line)[1].end)


def _unexplained(found: _Slip) -> Finding:
    if found.sign == "?":
        return found.here("a question mark is not a value", "a price that is not stated is `unknown`; a text needs quotes")
    return found.here(
        "this is not valid YAML", "compare it with the lines around it, and put text with special characters in quotes"
    )


def _no_token(found: _Slip) -> Finding:
    return _tab(found) if found.sign == "\t" else _no_start(found)


def _tab(found: _Slip) -> Finding:
    return found.here("a tab is used where spaces are expected", "indent with two spaces for each level")


def _no_start(found: _Slip) -> Finding:
    begun = found.begun if found.source.text[found.begun : found.begun + 1] in "*&%|>" else found.at
    start = _Slip(found.source, begun, begun, found.last)
    compared = re.match(r">=?\s*-?[0-9]+(?:\.[0-9]+)?", found.source.text[begun:])
    if compared:
        meant, more = range_in(compared[0]), ", which is a range; a text needs quotes"
        help_ = write(meant, more) if meant else explain("a range is written as `{min: 5}`; a text needs quotes")
        return start.here("comparison signs are not used here", help_, begun + compared.end())
    # Within braces or brackets, a comma or a bracket ends the text.
    line = found.source.text[found.source.offset(start.line) : begun]
    inside = line.count("{") + line.count("[") > line.count("}") + line.count("]")
    text = re.match(r"[^,\[\]{}\n]*" if inside else r"[^\n]*", found.source.text[begun:])
    plain = re.split(r"\s#", text[0])[0].strip() if text else ""
    if start.sign in "@%" and '"' not in plain:
        return _told(f'a text cannot begin with "{start.sign}"', Span(begun, begun + len(plain)), write(typed(plain)))
    return start.here(f'a text cannot begin with "{start.sign}"', _QUOTED)


def _no_colon(found: _Slip) -> Finding:
    return _colonless(found, found.source.position(found.begun).line)


def _colonless(found: _Slip, number: int) -> Finding:
    bare, span = found.words(number)
    if "：" in bare:
        name, _, rest = bare.partition("：")
        text = f"{name.strip()}: {rest.strip()}".rstrip()
        return _told("a full-width colon follows a name", span, write(text, ", or put a text in quotes"), WIDE_COLON)
    tight, loose = _TIGHT.fullmatch(bare), re.fullmatch(r"([\w.-]+)(?:\s*=\s*|\s+)(\S.*)", bare)
    if tight:
        return _no_space(span, tight)
    message = f"{quoted(bare)} has no colon"
    if loose is None or len(bare) > _LONG:
        return _told(message, span, "write a colon and a space after the name, and then its value")
    name, value = loose.groups()
    if _is_value(found, number) and value.isdecimal():
        return _told(message, span, write(f"{name}: {{credits: {value}}}", f", if {value} is its price"))
    # A word with a space in it may be a text that goes on, and no name with its value.
    certain = re.fullmatch(r"[^\s:#,]+|\".*\"|'.*'|\[.*\]|{.*}", value)
    return _told(message, span, write(f"{name}: {value}") if certain else "write a colon and a space after the name")


def _is_value(found: _Slip, number: int) -> bool:
    """Return whether a line stands among the values of an option."""
    own = found.column(number)
    above = (each for each in range(number - 1, 0, -1) if found.words(each)[0] and found.column(each) < own)
    opens = next(above, None)
    return opens is not None and found.words(opens)[0] == "values:"


def _no_space(span: Span, tight: re.Match[str]) -> Finding:
    return _told("no space follows the colon", span, write(f"{tight[1]}: {tight[2]}"))


def _odd_colon(found: _Slip) -> Finding:
    return found.here("no space follows the colon", "write a space after it, or put the text in quotes")


def _not_a_mapping(found: _Slip) -> Finding:
    bare, span = found.words(found.line)
    tight = _TIGHT.fullmatch(bare)
    if tight:
        return _no_space(span, tight)
    before = found.source.line(found.line)[: found.source.position(found.at).column - 1]
    if ": " in before:
        start = found.source.offset(found.line) + before.index(": ") + 2
        value = re.split(r"\s#", found.source.text[start:].splitlines()[0])[0].strip()
        return _told("a second colon in one line", Span(start, start + len(value)), _as_one_text(value))
    above = next(found.above(), None)
    if above is not None and not re.search(r":(\s|$)", found.words(above)[0]):
        return _colonless(found, above)
    hint = "begin it in the same column as the line above it" if above else _QUOTED
    return Finding(SYNTAX, f"{quoted(bare)} is indented deeper than the line above it allows", Place(span=span), hint)


def _as_one_text(value: str) -> Help:
    """Return a text that holds a colon between quotes; where a name follows it, a comma or a line may have been meant."""
    if re.search(r"\S\s+[\w.-]+:\s", value):
        return explain("put the text in quotes, or begin a new line before the second name")
    return write(typed(value.strip("\"'")))


def _no_key(found: _Slip) -> Finding:
    bare, span = found.words(found.line)
    if re.match(r"-[{\[]", bare):
        return _told("no space follows the dash", Span(span.start, span.start + 2), write(f"- {bare[1]}"))
    if found.sign and found.sign in "]},":
        return _stray_sign(found)
    if span.start != found.at:
        return found.here("more text follows a value that has ended", "put quotes around the whole text", span.end)
    return _stray_entry(found, span) if bare.startswith("- ") else _misplaced(found, span)


def _stray_sign(found: _Slip) -> Finding:
    if found.sign != ",":
        return found.here(f"`{found.sign}` has no opening bracket", "delete it, or open it earlier in the line")
    if re.match(r",\s*(#|$)", found.source.text[found.at :].splitlines()[0]):
        return found.here("a line does not end with a comma here", Help("delete it", (), ""))
    return found.here("a list needs brackets around it", "put a bracket before the first entry and one after the last")


def _stray_entry(found: _Slip, span: Span) -> Finding:
    entries = (found.column(each) for each in found.above() if found.words(each)[0].startswith("- "))
    column = next(entries, None)
    if column in (None, found.column(found.line)):
        return Finding(SYNTAX, "a list entry is mixed with named values", Place(span=span), "give the list a name: `name:`")
    return _column(span, found.column(found.line), column)


def _misplaced(found: _Slip, span: Span) -> Finding:
    """Return a line that begins between the columns of the blocks around it, or the line above it that does."""
    own, lines = found.column(found.line), list(found.above())
    if len(lines) > 1 and found.column(lines[0]) < own == found.column(lines[1]):
        return _column(found.words(lines[0])[1], found.column(lines[0]), own)
    # A line that opens a block stands beside lines that open blocks.
    opens = found.words(found.line)[0].endswith(":")
    columns: dict[int, bool] = {}
    for each in lines:
        if not columns or found.column(each) < min(columns):
            columns[found.column(each)] = found.words(each)[0].endswith(":") == opens
    others = [each for each in columns if each != own]
    nearest = min(others, key=lambda each: (abs(each - own), not columns[each], -each), default=1)
    return _column(span, own, nearest)


def _column(span: Span, own: int, wanted: int | None) -> Finding:
    message = f"this line begins in column {own}, but the lines it belongs to begin in column {wanted}"
    indent = Change(Place(span=Span(span.start - own + 1, span.start)), " " * ((wanted or 1) - 1))
    return _told(message, span, Help(f"begin it in column {wanted}", (), (indent,)))


def _no_dash(found: _Slip) -> Finding:
    bare, span = found.words(found.line)
    if span.start != found.at:
        return _no_key(found)
    # Under an entry that is a block, the line may belong to it as well.
    above = next(found.above(), None)
    alone = above is not None and ":" not in found.words(above)[0]
    hint = (
        write(f"- {bare}") if alone and ":" not in bare else "put a dash before it, indent it below its entry, or end the list"
    )
    return _told("a named value is mixed with list entries", span, hint)


def _no_comma(found: _Slip) -> Finding:
    opening, line = found.source.text[found.begun], found.source.position(found.begun).line
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if found.source.line(line).count('"') % 2:
        return found.here("a quote is missing in this line", "give every text a quote before and after it")
    if found.line != line:
        begun = _Slip(found.source, found.begun, found.begun, found.last)
        comment = "; what follows ` #` is a comment, so put a text with ` #` in quotes"
        words = Span(found.begun, begun.words(line)[1].end)
        hint = Help(f"close it with `{closing}` at its end", (), found.source.slice(words).rstrip(" ,") + closing)
        hint = explain(f"close it with `{closing}`{comment}") if " #" in found.source.line(line) else hint
        if found.source.slice(words) == opening:
            hint = explain(f"close it with `{closing}` where the block ends")
        return _told(f"this `{opening}` is never closed", words, hint)
    if found.source.slice(found.last)[:1] == "'" and found.at == found.last.end and found.sign.isalpha():
        return _told("the text ends at its apostrophe", found.last, "put the text in double quotes")
    if found.sign and found.sign in "]}":
        return found.here(f"`{found.sign}` is used where `{closing}` is expected", f"close with `{closing}`, or delete it")
    if found.sign == ":" and opening == "{":
        return _colon_inside(found)
    return found.here(f"a comma or `{closing}` is missing here", "put a comma between two entries")


def _colon_inside(found: _Slip) -> Finding:
    """Return a text in braces that holds a colon."""
    start = found.source.offset(found.line)
    before = found.source.text[start : found.at]
    begun = max(before.rfind(each) for each in "{,")
    name, colon, text = before[begun + 1 :].partition(": ")
    rest = re.match(r":[^,{}\[\]\n]*", found.source.text[found.at :])
    if not colon or rest is None or rest.end() == 1:
        return found.here("a comma is missing before this name", "put a comma between two entries")
    if " " in text.strip():
        hint = f"put a comma before `{text.split()[-1]}`, or the text in quotes"
        return found.here("a comma or `}` is missing here", hint)
    at = start + begun + 1 + len(name) + len(colon)
    value = found.source.text[at : found.at + rest.end()].strip()
    return _told("a second colon in one value", Span(at, at + len(value)), write(typed(value)))


def _no_content(found: _Slip) -> Finding:
    if found.sign == ",":
        return found.here("there is nothing before this comma", "delete the comma, or write what is missing")
    if found.sign and found.sign in "]}":
        return found.here(f"`{found.sign}` has no opening bracket", "delete it, or open it earlier in the line")
    return _unexplained(found)


def _entry_behind_a_name(found: _Slip) -> Finding:
    return found.here(
        "a list entry (`-`) cannot follow a name on the same line", "begin it on a line of its own, or put the list in brackets"
    )


def _escape(found: _Slip) -> Finding:
    sign = found.source.text[found.at + 1 : found.at + 2] if found.sign == "\\" else found.sign
    hint = "write the backslash twice, or use single quotes"
    return found.here(f"`\\{sign}` is not an escape sequence in double quotes", hint)


def _half_character(found: _Slip) -> Finding:
    return found.here("this escape is an unpaired surrogate", "type the character itself")


def _handle(found: _Slip) -> Finding:
    begun = _Slip(found.source, found.begun, found.begun, found.last)
    return begun.here("this is a tag", "delete it; text that begins with `!` needs quotes", code=TAG)


def _version(found: _Slip) -> Finding:
    directive = _Slip(found.source, 0, 0, found.last)
    line = next((number for number in range(1, len(found.source.lines) + 1) if found.words(number)[0][:1] == "%"), 1)
    bare, span = directive.words(line)
    return _told(f"{quoted(bare)} asks for another version of YAML", span, "delete the line: this is YAML 1.2", YAML_VERSION)


def _after_the_end(found: _Slip) -> Finding:
    if found.source.text.lstrip().startswith("%"):
        return _version(found)
    if any(found.words(each)[0] == "..." for each in found.above()):
        return found.here(
            "text follows the end of the document", "delete the line `...`, or what follows it", code=SECOND_DOCUMENT
        )
    if "：" in found.words(found.line)[0]:
        return _colonless(found, found.line)
    return found.here("more text follows a value that has ended", "put quotes around the whole text")


_SLIPS: tuple[tuple[str, Callable[[_Slip], Finding]], ...] = (
    ("tab character", _tab),
    ("cannot start any token", _no_token),
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _not_a_mapping),
    ("did not find expected key", _no_key),
    ("did not find expected '-' indicator", _no_dash),
    ("did not find expected ','", _no_comma),
    ("did not find expected node content", _no_content),
    ("sequence entries are not allowed", _entry_behind_a_name),
    ("mapping keys are not allowed", _no_start),
    ("found unexpected ':'", _odd_colon),
    ("expected alphabetic or numeric", _no_start),
    ("expected comment or line break", _no_start),
    ("expected directive name", _no_start),
    ("unexpected end of stream", _open_quote),
    ("unknown escape", _escape),
    ("invalid Unicode character escape", _half_character),
    ("undefined tag handle", _handle),
    ("incompatible YAML document", _version),
    ("expected <document start>", _after_the_end),
)
"""What the parser's words contain, and who explains it; the first that fits answers."""
