"""
Catalogs that are kept: the JSON of each, and a compact form of its document, from which every caller gets one of its own.

What somebody sees follows from three things, all of which are counted in the rules: the gates that are open, the language
as far as a label is written in it, and the stretch of time between two moments at which anything changes. Nothing that a
caller sends is kept: grants that open nothing, unknown languages and odd moments lead to catalogs that are there already.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from imgrules.engine.gates import opens
from imgrules.table.bounded_cache import Memory
from imgrules.table.labels import tag_prefixes
from imgrules.table.records import Model, Table
from imgrules.table.terms import Label, Limit
from imgrules.views.catalog import View, catalog_of, moments_of
from imgrules.views.catalog_document import sealed

MOST = 64
"""So many catalogs of one table are kept."""

_BYTES = 64 * 2**20  # and no more of them than fit in here, but for the latest


class Kept(NamedTuple):
    """A catalog as compact JSON in UTF-8, and its document as `marshal` writes it, which is read faster than JSON."""

    json: bytes
    compact: bytes

    def document(self) -> dict[str, Any]:
        """Return a document that nobody else has."""
        document: dict[str, Any] = marshal.loads(self.compact)  # noqa: S302  nobody else can have written it
        return document


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogs of one table: when they change, in which languages labels are written, and those that are kept."""

    moments: tuple[str, ...]
    tags: frozenset[str]
    kept: Memory = field(default_factory=lambda: Memory(MOST))

    def document(self, view: View) -> dict[str, Any]:
        """
        Return what somebody sees, as a document that nobody else has.

        Raises:
            ValueError: there is no moment, and the catalog changes with time.

        """
        key = self._key(view)
        known: Kept | None = self.kept.get(key)
        return self._made(key, view)[0] if known is None else known.document()

    def json(self, view: View) -> bytes:
        """
        Return what somebody sees as compact JSON in UTF-8.

        Raises:
            ValueError: as `document`.

        """
        key = self._key(view)
        known: Kept | None = self.kept.get(key)
        return self._made(key, view)[1] if known is None else known.json

    def _key(self, view: View) -> tuple[Any, ...]:
        """Return what a catalog follows from, in words of the rules alone."""
        gates = frozenset([name for name, gate in view.table.gates.items() if opens(gate, view.grants)])
        stretch = None if view.moment is None else bisect_right(self.moments, view.moment)
        return gates, next((each for each in tag_prefixes(view.language) if each in self.tags), None), stretch

    def _made(self, key: tuple[Any, ...], view: View) -> tuple[dict[str, Any], bytes]:
        document, text = sealed(catalog_of(view))
        made = Kept(text, marshal.dumps(document))
        if sum(map(len, (*made, *chain.from_iterable(self.kept.copy().values())))) > _BYTES:
            self.kept.clear()
        self.kept.keep(key, made)
        return document, text


def catalogs(table: Table) -> Catalogs:
    """Return the catalogs of a table, which goes with them."""
    found: Catalogs | None = table.memory.get("catalogs")
    if found is None:
        moments = sorted({moment for model in table.models.values() for moment in moments_of(model)})
        tags = frozenset([tag.casefold() for label in _labels(table) if not isinstance(label, str) for tag in label])
        found = table.memory.keep("catalogs", Catalogs(tuple(moments), tags))
    return found


def _labels(table: Table) -> Iterator[Label]:
    """Yield every label that a catalog may show."""
    yield from (each.label for each in table.gates.values())
    for model in table.models.values():
        yield from _labels_of(model)
        for change in model.changes:
            yield from _labels_of(change.model)


def _labels_of(model: Model) -> Iterator[Label]:
    yield model.label
    yield from (each.text for each in model.badges)
    yield from _reasons(model.limits)
    for option in model.options.values():
        yield option.label
        yield from () if option.because is None else (option.because,)
        yield from _reasons(option.ignored)
        for value in option.values.values():
            yield value.label
            yield from (each.text for each in value.badges)


def _reasons(limits: tuple[Limit, ...]) -> Iterator[Label]:
    return (each.because for each in limits if each.because is not None)
