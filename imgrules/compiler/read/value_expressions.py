"""Propose a condition for a text that is an expression of another language, such as `!= high`, `low or high` or `given`."""

from __future__ import annotations

import re
from collections.abc import Collection

from imgrules.compiler.read.other_yaml_readers import in_quotes, other_reading
from imgrules.compiler.read.scalars import NOTHING_WORDS
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import Help, certainly, explain, write
from imgrules.table.terms import NONE, OTHER

_NOT = re.compile(r"(?:!=|<>|≠|!|~|not\s|is not\s)\s*(.+)")
_BETWEEN = re.compile(r"(?:\|\|?|,|;|\bor\b)\s*|\s+(?:(?:\|\|?|,|;|\bor\b)\s*)?")
_WORD = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_ANY_VALUE = frozenset({"true", "yes", "any", "*", "set", "given", "present", "exists", "some"})
_NO_VALUE = NOTHING_WORDS | {"", "false", "no", "unset", "missing", "absent"}
_OTHERS = _ANY_VALUE | {"other", "others", "else", "otherwise", "rest", "default"}
_LITERAL = frozenset({"", "true", "yes", "set", "false", "no", "other", "others", "rest", "default"})
"""Those of these words that may as well be meant as texts: `no` is a language, and a text may be empty."""

_CLAUSES = frozenset({"when", "only", "never"})


def condition_meant(text: str, values: Collection[str], *, alone: bool, negated: bool) -> Help | None:
    """
    Return a hint for a text that negates a value of an option, or names several, or None for any other text.

    `alone` says that it stands in no list of values, `negated` that it stands below `not`.
    """
    negation = _NOT.fullmatch(text.strip())
    named = _several(negation[1] if negation else text, values)
    if not named or (negation is None and len(named) == 1):
        return None
    several = ", ".join(map(_typed, named))
    if negation is None:
        return write(f"[{several}]" if alone else several)
    if negated or not alone:
        return explain("`{not: ...}` stands in place of all values of a condition, and holds no other `not`")
    return write(f"{{not: [{several}]}}" if named[1:] else f"{{not: {several}}}")


def stands_for_values(text: str, *, bare: bool, may_be_nothing: bool) -> bool:
    """
    Whether a text that is compared with free texts hardly means itself: a word in round brackets, or one such as `given`.

    `bare` says that it is a boolean without quotes. An option that always has a value is never asked whether it has one.
    """
    word = text.strip().lower()
    return is_in_brackets(text) or (may_be_nothing and (bare or word in (_ANY_VALUE | _NO_VALUE) - _LITERAL))


def presence_meant(text: str, path: Path, to_need: str) -> Help | None:
    """
    Return a hint for a word that asks whether an option has any value, or None for another text.

    `path` is that of the word in a condition; `to_need` says how a limit demands a value, which `only` does not.
    """
    word = _bare(text)
    if word not in _ANY_VALUE | _NO_VALUE:
        return None
    asks_any, is_listed = word in _ANY_VALUE, isinstance(path[-1], int)
    test = path[:-1] if is_listed else path
    negated = test[-1] == "not" and test[-2] not in _CLAUSES
    if test[-3 if negated else -2] == "only" and asks_any is not negated:
        return explain(to_need)
    if not asks_any:
        help_ = write(NONE, ", which is no value")
        return certainly(help_) if is_in_brackets(text) else help_
    if negated or is_listed:
        return explain(f"in place of the whole test, `{NONE}` is no value, and `{{not: {NONE}}}` is any value")
    return write(f"{{not: {NONE}}}", ", which is any value")


def row_meant(row: str, rows: Collection[str], *, may_be_nothing: bool, is_text: bool) -> str | None:
    """Return which row of a table a word such as `null` or `(any)` stands for, `(none)` or `(other)`; None if the table has it."""
    word = _bare(row)
    meant = NONE if word in _NO_VALUE else OTHER if word in _OTHERS else None
    is_literal = is_text and word in _LITERAL and not is_in_brackets(row)
    return None if meant in rows or is_literal or (meant == NONE and not may_be_nothing) else meant


def is_in_brackets(text: str) -> bool:
    """Whether a text is a word in round brackets, as `(none)` is: only such words are never meant as they are."""
    return _in_brackets(text) is not None


def _in_brackets(text: str) -> str | None:
    """Return what stands in the only round brackets, which are around a text; else None."""
    alone = text.strip()
    opened, inner, closed = alone[:1], alone[1:-1], alone[1:][-1:]
    return inner.strip() if (opened, closed) == ("(", ")") and not {"(", ")"} & {*inner} else None


def _bare(text: str) -> str:
    """Return a text in small letters, and without the round brackets around it."""
    inner = _in_brackets(text)
    return (text.strip() if inner is None else inner).lower()


def rows_meant(text: str, values: Collection[str], others: Collection[str]) -> Help | None:
    """Return a hint for a row that names values of the two options of a table, or several of one, or None for another row."""
    parts = _BETWEEN.split(text.strip())
    if len(parts) == len(("first", "second")) and parts[0] in values and parts[1] in others:
        return explain(f"write the second one below the first: `{_typed(parts[0])}: {{{_typed(parts[1])}: ...}}`")
    return explain("write a row for each of them") if len(parts) > 1 and _several(text, values) else None


def _several(text: str, values: Collection[str]) -> list[str]:
    """Return the values that a text joins by commas, bars, `or` or spaces; an empty list if a part is no value."""
    parts = [part.strip("\"'") for part in _BETWEEN.split(text.strip("[]() "))]
    return parts if all(part in values for part in parts) else []


def _typed(value: str) -> str:
    """Return a value as it is typed in a condition: a switch is compared with a bare word, and a word needs no quotes."""
    plain = value in {"true", "false"} or (_WORD.fullmatch(value) and other_reading(value, value) is None)
    return value if plain else in_quotes(value)
