"""
Suggest the known name for a typo; the comparison is case-insensitive and ignores punctuation.

`difflib` compares a typo with each of a few names. Of many names, it compares only those that share the most pairs of letters
with the typo. The pairs are searched for in one text that holds all names, which is fast and needs little preparation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import accumulate, pairwise

from imgrules.quoting import quoted
from imgrules.table.bounded_cache import Memory
from imgrules.table.records import Table

CLOSE = 0.65
"""The least similarity, from 0 to 1 as `difflib` measures it, of a name that is suggested."""

_LONGEST = 60  # a longer text is not a typo of a name
FEW = 200
"""The largest number of names that are all compared with a typo."""

_LIKELY = 30  # of many names, how many are compared
_HITS = 3000  # a pair of letters that occurs more often is ignored
# A ratio or a size is often typed with an x, a slash or nothing in place of the right separator.
_TIMES = re.compile(r"(?<=\d)x(?=\d)")


class Names:
    """Known names, prepared for comparison with typos."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._cache = Memory(256)
        self._names_by_pair = Memory()

    def nearest(self, word: object, close: float = CLOSE) -> str | None:
        """Return the name that was probably meant by a word, or None where none is at least as similar as `close`."""
        if type(word) is not str or not word or len(word) > _LONGEST:
            return None
        cached: tuple[str | None] | None = self._cache.get((word, close))
        return (self._cache.keep((word, close), (self._nearest(word, close),)) if cached is None else cached)[0]

    def _nearest(self, word: str, close: float) -> str | None:
        from difflib import get_close_matches  # noqa: PLC0415  only a refusal pays for this import

        by_normalized, typo = self._by_normalized, _normalized((word,))[0]
        if typo in by_normalized:
            return by_normalized[typo]
        likely = by_normalized if len(by_normalized) <= FEW else self._likely(typo)
        return next((by_normalized[match] for match in get_close_matches(typo, likely, n=1, cutoff=close)), None)

    @cached_property
    def _by_normalized(self) -> Mapping[str, str]:
        """Return each name by its normalized form; the first of two with the same form."""
        return dict(zip(reversed(_normalized(self.names)), reversed(self.names), strict=True))

    @cached_property
    def _lines(self) -> str:
        """Return one text with the normalized form of each name on a line, its ends marked by angle brackets."""
        return "\n".join(f"<{name}>" for name in self._by_normalized)

    @cached_property
    def _ordered(self) -> tuple[str, ...]:
        return tuple(self._by_normalized)

    def _likely(self, typo: str) -> Iterable[str]:
        """Return the normalized names that share the most pairs of letters with a typo, relative to their length."""
        names, shared, hits = self._ordered, Counter[int](), 0
        # Rare pairs first: they say more about a name than a pair that many names contain.
        for indices in sorted(map(self._containing, set(map("".join, pairwise(f"<{typo}>")))), key=len):
            hits += len(indices)
            if hits > _HITS:
                break
            shared.update(indices)
        best = nlargest(_LIKELY, shared, key=lambda index: shared[index] / (len(names[index]) + len(typo)))
        return [names[index] for index in best]

    def _containing(self, pair: str) -> frozenset[int]:
        """Return the indices of the names that contain a pair of letters; empty for a pair that too many contain."""
        cached: frozenset[int] | None = self._names_by_pair.get(pair)
        if cached is not None:
            return cached
        # The number of line ends before a hit is the index of its name.
        parts = self._lines.split(pair) if self._lines.count(pair) <= _HITS else ()
        return self._names_by_pair.keep(pair, frozenset(accumulate([part.count("\n") for part in parts[:-1]])))


def _normalized(words: tuple[str, ...]) -> list[str]:
    """Return the casefolded letters and digits of each word; all words are translated as one text, which is faster."""
    text = "\n".join([word.replace("\n", " ") for word in words]).casefold()
    signs = (ord(character) for character in set(text) if not character.isalnum() and character != "\n")
    return _TIMES.sub("", text.translate(dict.fromkeys(signs))).split("\n") if words else []


def nearest(word: object, known: Iterable[str], close: float = CLOSE) -> str | None:
    """Return the known name that was probably meant by a word, or None; case and punctuation do not count."""
    if type(word) is not str:
        return None
    names = tuple(known)
    # Small sets of names are asked for again and again; a few large ones would already fill the memory.
    return (_small_set(names) if len(names) <= FEW else _large_set(names)).nearest(word, close)


_small_set = lru_cache(maxsize=256)(Names)
_large_set = lru_cache(maxsize=4)(Names)


def did_you_mean(name: str | None) -> str:
    """Return the end of a sentence that suggests a name, such as "; did you mean `ratio`?"; empty for None."""
    return f"; did you mean {quoted(name)}?" if name else ""


def models_of(table: Table) -> Names:
    """Return the ids of all models, prepared for comparison with typos; cached with the table."""
    cached: Names | None = table.memory.get("models")
    return table.memory.keep("models", Names(tuple(table.models))) if cached is None else cached
