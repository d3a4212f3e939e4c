"""
Whether a fix is certain: what `check --fix` makes by itself.

A fix is certain if the new text is the old one but for quotes, brackets and spaces, which change nothing that a person reads;
or if a name has a typo of one letter, and exactly one name that can stand there is as near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEAST = 4
"""The letters of a name, below which a slip may be another name as well."""

_MARKS = "[\\s\"'\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\\[\\]]"


def is_slip(word: object, meant: str | None, names: Iterable[str]) -> bool:
    """Whether a word is one slip away from `meant`, and from no other name: a letter more, less, another, or two swapped."""
    if not isinstance(word, str) or meant is None or len(meant) < _LEAST or not _is_near(word, meant):
        return False
    return not any(name != meant and _is_near(word, name) for name in names)


def _is_near(word: str, name: str) -> bool:
    """Whether two words are different, and at most one slip apart; digits have to be the same, and case does not count."""
    if word == name or _digits(word) != _digits(name) or abs(len(word) - len(name)) > 1:
        return False
    one, other = word.casefold(), name.casefold()
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])


def _digits(word: str) -> list[str]:
    return re.findall(r"\d+", word)


def is_same_text(old: str, new: str) -> bool:
    """Whether two texts on one line differ in quotes, brackets and spaces alone; a comment is never lost, a truth no text."""
    is_kept = "\n" not in old and "#" not in old and old.strip() not in {"", "true", "false"}
    return is_kept and re.sub(_MARKS, "", old) == re.sub(_MARKS, "", new)
