"""Propose a condition for a text that is no value but an expression of another language, such as `!= high` or `low or high`."""

from __future__ import annotations

import re
from collections.abc import Collection

from imgrules.compiler.read.other_yaml_readers import in_quotes, other_reading
from imgrules.compiler.report.helps import Help, explain, write

_NOT = re.compile(r"(?:!=|<>|≠|!|~|not\s|is not\s)\s*(.+)")
_BETWEEN = re.compile(r"(?:\|\|?|,|;|\bor\b)\s*|\s+(?:(?:\|\|?|,|;|\bor\b)\s*)?")
_WORD = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_SOME = frozenset({"true", "yes", "any", "*", "set", "given", "present", "exists", "some"})
_NOTHING = frozenset({"false", "no", "none", "null", "unset", "missing", "absent"})


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


def presence_meant(text: str) -> Help | None:
    """Return a hint for a word that says whether an option without listed values has any value, or None for another text."""
    word = text.strip().lower()
    if word in _SOME:
        return write("{not: (none)}", ", which is any value")
    return write("(none)", ", which is no value") if word in _NOTHING else None


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
