"""
Which known name a slip was probably meant to be; case and punctuation count little.

`difflib` compares a slip with a few names one by one. Of many names, it is given those that share the most pairs of
letters with the slip: a pair is looked for in one text of all names, which is quick and needs little beforehand.
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
_LONGEST = 60  # a longer text is no slip of a name
FEW = 200
_LIKELY = 30
_HITS = 3000  # so many names that share a pair of letters are counted
# A ratio or a size is often typed with an x, a slash or nothing where another sign belongs.
_TIMES = re.compile(r"(?<=\d)x(?=\d)")


class Names:
    """Names that are known, ready to be compared with slips."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._found = Memory(256)
        self._pairs = Memory()

    def nearest(self, word: object, close: float = CLOSE) -> str | None:
        """Return which of the names was probably meant, or None where none is so close."""
        if type(word) is not str or not word or len(word) > _LONGEST:
            return None
        found: tuple[str | None] | None = self._found.get((word, close))
        return (self._found.keep((word, close), (self._nearest(word, close),)) if found is None else found)[0]

    def _nearest(self, word: str, close: float) -> str | None:
        from difflib import get_close_matches  # noqa: PLC0415  only a refusal pays for this import

        bare, wanted = self._bare, _bare((word,))[0]
        if wanted in bare:
            return bare[wanted]
        likely = bare if len(bare) <= FEW else self._likely(wanted)
        return next((bare[each] for each in get_close_matches(wanted, likely, n=1, cutoff=close)), None)

    @cached_property
    def _bare(self) -> Mapping[str, str]:
        """Return each name by what counts of it; of two that are alike, the first."""
        return dict(zip(reversed(_bare(self.names)), reversed(self.names), strict=True))

    @cached_property
    def _lines(self) -> str:
        """Return what counts of each name in a line of its own, its ends marked."""
        return "\n".join(f"<{each}>" for each in self._bare)

    @cached_property
    def _ordered(self) -> tuple[str, ...]:
        return tuple(self._bare)

    def _likely(self, wanted: str) -> Iterable[str]:
        """Return the names that share the most pairs of letters with a slip, for their length."""
        names, shared, hits = self._ordered, Counter[int](), 0
        # A rare pair tells more than one that many names have.
        for places in sorted(map(self._having, set(map("".join, pairwise(f"<{wanted}>")))), key=len):
            hits += len(places)
            if hits > _HITS:
                break
            shared.update(places)
        best = nlargest(_LIKELY, shared, key=lambda at: shared[at] / (len(names[at]) + len(wanted)))
        return [names[each] for each in best]

    def _having(self, pair: str) -> frozenset[int]:
        """Return the places of the names that have a pair of letters; of one that is everywhere, none."""
        found: frozenset[int] | None = self._pairs.get(pair)
        if found is not None:
            return found
        # As many lines end before a hit as there are names before its own.
        parts = self._lines.split(pair) if self._lines.count(pair) <= _HITS else ()
        return self._pairs.keep(pair, frozenset(accumulate([each.count("\n") for each in parts[:-1]])))


def _bare(words: tuple[str, ...]) -> list[str]:
    """Return what counts of each word: letters and digits, in one go, since there may be many words."""
    text = "\n".join([each.replace("\n", " ") for each in words]).casefold()
    signs = (ord(each) for each in set(text) if not each.isalnum() and each != "\n")
    return _TIMES.sub("", text.translate(dict.fromkeys(signs))).split("\n") if words else []


def nearest(word: object, known: Iterable[str], close: float = CLOSE) -> str | None:
    """Return which known name was probably meant; case and punctuation count little."""
    if type(word) is not str:
        return None
    names = tuple(known)
    # The same few names are asked for again and again; of many, a few sets would fill the memory.
    return (_ready(names) if len(names) <= FEW else _many(names)).nearest(word, close)


_ready = lru_cache(maxsize=256)(Names)
_many = lru_cache(maxsize=4)(Names)


def did_you_mean(name: str | None) -> str:
    """Return the tail of a sentence that offers what was probably meant, or nothing."""
    return f"; did you mean {quoted(name)}?" if name else ""


def models_of(table: Table) -> Names:
    """Return the names of all models, ready to be compared with slips."""
    found: Names | None = table.memory.get("models")
    return table.memory.keep("models", Names(tuple(table.models))) if found is None else found
