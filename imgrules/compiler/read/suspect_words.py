"""Plain words of a rule file that look like a mistake, or that other YAML readers read as another value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from imgrules.compiler.read.foreign_comments import COMMENT_SIGNS, foreign_comment
from imgrules.compiler.read.odd_lines import BULLETS
from imgrules.compiler.read.other_yaml_readers import canonical, in_quotes, in_words, other_reading
from imgrules.compiler.read.scalars import MOST_DIGITS, UNUSABLE
from imgrules.compiler.read.stray_punctuation import CODE as STRAY_PUNCTUATION
from imgrules.compiler.read.stray_punctuation import PATTERN as STRAY_PUNCTUATION_PATTERN
from imgrules.compiler.read.stray_punctuation import stray_punctuation
from imgrules.compiler.read.syntax_codes import (
    MISREAD,
    NUMBER,
    SMART_QUOTE,
    SYNTAX,
    WIDE_COLON,
)
from imgrules.compiler.report.diagnostics import Change, Code, Finding, Place
from imgrules.compiler.report.helps import Help, certainly, explain, write
from imgrules.compiler.source import Source, Span
from imgrules.quoting import quoted

_QUOTES = "“”„‟‘’‚‛＂＇"
_DASHED_RATIOS = r"-[0-9]+:[0-9]+(?: -[0-9]+:[0-9]+)*"
_COMMENTS = "|".join(map(re.escape, COMMENT_SIGNS))
_SUSPECT = re.compile(f'^(?:-[0-9]+:|{_COMMENTS})|[{_QUOTES}"：]|{STRAY_PUNCTUATION_PATTERN}')


@lru_cache(maxsize=4096)
def is_clear(text: str, value: Any) -> bool:
    """Whether a plain scalar has no suspicious sign and the same value for all YAML readers, which is true for nearly all."""
    return value is not UNUSABLE and not _SUSPECT.search(text) and (not text or other_reading(text, value) is None)


def suspect(source: Source, text: str, value: Any, span: Span) -> Finding | None:
    """Return the finding about a plain scalar that looks like a mistake, or that other YAML readers read as another value; else None."""
    odd_sign = foreign_comment(source, text, span) or _wrong_quotes(source, text, span) or _dashed_ratios(text, span)
    if odd_sign is not None:
        return odd_sign
    if "：" in text and re.match(r"[\w.-]+\s*：", text, re.ASCII):
        return _wide_colon(source, text, span)
    if value is UNUSABLE:
        return _finding(
            NUMBER,
            f"{quoted(text)} cannot be stored exactly",
            span,
            f"write at most {MOST_DIGITS} digits, or put it in quotes if it is text",
        )
    if (sign := stray_punctuation(text)) is not None:
        return _finding(STRAY_PUNCTUATION, sign[0], span, sign[1])
    if text and (other_value := other_reading(text, value)) is not None:
        corrected = in_quotes(text) if isinstance(value, str) else canonical(value)
        message = f"{quoted(text)} is {in_words(value)} here, but other YAML readers read it as {other_value}"
        return _finding(MISREAD, message, span, certainly(write(corrected)))
    return None


def _dashed_ratios(text: str, span: Span) -> Finding | None:
    """Return the finding about one ratio or several, each with a dash before it, or None."""
    if re.fullmatch(_DASHED_RATIOS, text) is None:
        return None
    return _finding(SYNTAX, "no space follows the dash", span, "put a space after each dash; in brackets, delete the dashes")


_BEFORE_A_QUOTE = {
    '-"': ("no space follows the dash", "put a space after each dash"),
    **{f"{sign} ": ("an entry of a list begins with a dash", f"put a dash in place of each `{sign}`") for sign in BULLETS},
    '("': ("a list is not written in round brackets", "write square brackets in place of both"),
}
"""The message and the hint for a text that ends with a quote and begins with a sign before one."""


def _wrong_quotes(source: Source, text: str, span: Span) -> Finding | None:
    if text[:1] and text[:1] in _QUOTES and text[-1] not in _QUOTES + '"' and (whole := _typographic_text(source, span)):
        corrected = in_quotes(source.slice(whole).strip(_QUOTES))
        return _finding(SMART_QUOTE, f"{quoted(text)} has typographic quotes", whole, write(corrected))
    if text[:1] and text[:1] in _QUOTES and (text[-1] in _QUOTES + '"' or not set(text[1:]) & set(_QUOTES)):
        corrected = in_quotes(text.strip(_QUOTES + '"'))
        return _finding(SMART_QUOTE, f"{quoted(text)} has typographic quotes", span, write(corrected))
    # A text over several lines ends with a name if a colon follows: a comma is missing, which the parser reports.
    ends_with_a_name = source.text[span.end : span.end + 1] == ":" and "\n" in source.slice(span)
    return _quote_at_the_end(source, text, span) if text.endswith('"') and not ends_with_a_name else None


def _quote_at_the_end(source: Source, text: str, span: Span) -> Finding:
    """Return the finding about a text that ends with a quote, but begins with none."""
    if text[:2] in _BEFORE_A_QUOTE:
        message, hint = _BEFORE_A_QUOTE[text[:2]]
        return _finding(SYNTAX, message, span, explain(hint))
    if text.count('"') % 2 == 0:
        return _quotes_inside(source, text, span)
    return _finding(SYNTAX, f"{quoted(text)} has no quote at its beginning", span, write(in_quotes(text.removesuffix('"'))))


def _quotes_inside(source: Source, text: str, span: Span) -> Finding:
    """Return the finding about a text that ends with the second of two quotes: it lacks a colon, or quotes around the whole."""
    name = re.fullmatch(r"([\w.-]+)\s*(=?)\s*(\"[^\"]*\")", text)
    before = source.text[max(source.text.rfind("\n", 0, span.start) + 1, span.start - _NEAR) : span.start].rstrip()
    innermost = _innermost(before)
    if innermost == "[":
        hint = "put a comma between two entries, or quotes around the whole text"
        return _finding(SYNTAX, f"{quoted(text)} has quotes in it, but none around it", span, hint)
    if name and (not before or (innermost == "{" and before[-1] in "{,")):
        return _finding(SYNTAX, f"{quoted(text)} has no colon", span, write(f"{name[1]}: {name[3]}"))
    if name and name[2] and before.endswith(":"):
        return _finding(SYNTAX, f"{quoted(text)} has no colon", span, write(f"{{{name[1]}: {name[3]}}}"))
    return _finding(SYNTAX, f"{quoted(text)} has quotes in it, but none around it", span, write(in_quotes(text)))


_NEAR = 80
"""How many characters before a text are searched for the bracket that is open around it."""


def _innermost(before: str) -> str:
    """Return the bracket that is open at the end of a text, or "" if none is."""
    closed = 0
    for sign in reversed(before):
        closed += (sign in "]}") - (sign in "[{")
        if closed < 0:
            return sign
    return ""


def _typographic_text(source: Source, span: Span) -> Span | None:
    """Return the span of a text in typographic quotes whose scalar ended early, at a comma or a colon; or None."""
    line = source.text[span.start :].partition("\n")[0]
    match = re.match(f"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]", line)
    return Span(span.start, span.start + match.end()) if match else None


def _wide_colon(source: Source, text: str, span: Span) -> Finding:
    if re.fullmatch(r"[0-9]+：[0-9]+", text):
        corrected = in_quotes(text.replace("：", ":"))
        return _finding(WIDE_COLON, f"{quoted(text)} has a full-width colon", span, write(corrected))
    name, _, rest = source.slice(span).splitlines()[0].partition("：")
    span = Span(span.start, span.start + len(name) + 1 + len(rest))
    corrected = f"{name.strip()}: {rest.strip()}".rstrip()
    help_ = write(corrected, ", or put it in quotes if it is text")
    return _finding(WIDE_COLON, "a full-width colon follows a name", span, help_)


def _finding(code: Code, message: str, span: Span, hint: str | Help) -> Finding:
    help_ = explain(hint) if isinstance(hint, str) else hint
    return Finding(code, message, Place(span=span), *help_)


def words_on_lines(source: Source, span: Span) -> list[Span]:
    """Return the spans of the words of a plain scalar with one word on each of several lines, and no colon below; of any other, none."""
    words = [Span(span.start + word.start(), span.start + word.end()) for word in re.finditer(r"\S+", source.slice(span))]
    gaps = (source.text[before.end : after.start] for before, after in pairwise(words))
    is_one_each = len(words) > 1 and all("\n" in gap for gap in gaps)
    return words if is_one_each and not source.text.startswith((":", " :"), span.end) else []


def no_commas(source: Source, words: Sequence[Span]) -> Finding:
    """Return the finding about entries of a list in brackets, each on its line, without commas between them."""
    commas = tuple(Change(Place(span=Span(word.end, word.end)), ",") for word in words[:-1])
    message = f"a comma is missing at the end of line {source.position(words[0].start).line}"
    hint = "put it there" if len(commas) == 1 else "put one after each entry"
    return _finding(SYNTAX, message, Span(words[0].end - 1, words[0].end), Help(hint, (), commas))
