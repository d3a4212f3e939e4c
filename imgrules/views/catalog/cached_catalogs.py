"""
A bounded cache of catalogs: the JSON of each, and its document in a compact form that is decoded anew for every caller.

A catalog depends on three things, and the rules allow a finite number of each: the set of open gates, the languages of the
labels, and the periods between changes. Nothing that a caller sends becomes part of a cache key: grants that open no gate and
unknown languages lead to a catalog that is cached already.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from imgrules.engine.gates import opens
from imgrules.table.bounded_cache import Memory
from imgrules.table.record_base import field, record
from imgrules.table.records import Model, Table
from imgrules.table.terms import Label
from imgrules.table.texts.labels import tag_prefixes
from imgrules.table.texts.record_labels import labels_of
from imgrules.views.catalog.catalog import catalog_of
from imgrules.views.catalog.catalog_document import sealed
from imgrules.views.catalog.view import View, facts_module, moments_of

MOST = 64
"""The largest number of cached catalogs of one table."""

_BYTES = 64 * 2**20  # the largest total size of the cached catalogs; a single catalog may be larger


_FIXED = 3  # parts of a cache key besides the regions of facts


class CachedCatalog(NamedTuple):
    """A catalog as compact JSON in UTF-8, and as a document in the `marshal` format, which is decoded faster than JSON."""

    json: bytes
    compact: bytes

    def document(self) -> dict[str, Any]:
        """Return a new copy of the document."""
        document: dict[str, Any] = marshal.loads(self.compact)  # noqa: S302  written by this module only
        return document


@record
class Catalogs:
    """
    The catalogs of one table.

    `moments` are all moments at which one of them changes, in ascending order; `tags` the casefolded language tags in which
    labels are written; `factual` are the models that have facts, and `cached` the catalogs by their cache keys.
    """

    moments: tuple[str, ...]
    tags: frozenset[str]
    factual: tuple[Model, ...] = ()
    cached: Memory = field(default_factory=lambda: Memory(MOST))

    def document(self, view: View) -> dict[str, Any]:
        """
        Return the catalog of a view as a new document, which the caller may change.

        Raises:
            ValueError: there is no moment, and the catalog changes with time.

        """
        key = self._key(view)
        cached: CachedCatalog | None = self.cached.get(key)
        return self._make(key, view)[0] if cached is None else cached.document()

    def json(self, view: View) -> bytes:
        """
        Return the catalog of a view as compact JSON in UTF-8.

        Raises:
            ValueError: as `document`.

        """
        key = self._key(view)
        cached: CachedCatalog | None = self.cached.get(key)
        return self._make(key, view)[1] if cached is None else cached.json

    def _key(self, view: View) -> tuple[Any, ...]:
        """Return the cache key of a view: its open gates, the language of its labels, and the period of its moment."""
        gates = frozenset([name for name, gate in view.table.gates.items() if opens(gate, view.grants)])
        period = None if view.moment is None else bisect_right(self.moments, view.moment)
        language = next((tag for tag in tag_prefixes(view.language) if tag in self.tags), None)
        if view.facts is None and not self.factual:
            return gates, language, period
        return gates, language, period, *self._regions(view)

    def _regions(self, view: View) -> Iterator[Any]:
        """
        Yield the regions in which the stated facts lie, among all that the rules compare them with at the moment, or at any.

        Raises:
            ValueError: a fact that a rule reads is missing, or one is stated that cannot be used.

        """
        if view.facts is not None:
            facts_module().checked_facts(view.table, None, view.facts, view.language)
        for model in self.factual:
            versions = model.versions if view.moment is None else (model.at(view.moment) or model,)
            sold = (version for version in versions if version.gone is None)
            yield facts_module().facts_key(view.table, sold, view.facts, view.language)

    def _make(self, key: tuple[Any, ...], view: View) -> tuple[dict[str, Any], bytes]:
        """Return the document and the JSON of a new catalog, which is added to the cache."""
        document, text = sealed(catalog_of(view))
        if view.facts and any(region is not None and region.counted for regions in key[_FIXED:] for region in regions):
            return document, text  # a number that a price counts is no region, and a caller may state any; defaults are few
        new = CachedCatalog(text, marshal.dumps(document))
        if sum(map(len, (*new, *chain.from_iterable(self.cached.copy().values())))) > _BYTES:
            self.cached.clear()
        self.cached.keep(key, new)
        return document, text


def catalogs(table: Table) -> Catalogs:
    """Return the cache of catalogs that belongs to a table."""
    cache: Catalogs | None = table.memory.get("catalogs")
    if cache is None:
        moments = sorted({moment for model in table.models.values() for moment in moments_of(model)})
        tags = frozenset([tag.casefold() for label in _shown_labels(table) if not isinstance(label, str) for tag in label])
        factual = tuple(model for model in table.models.values() if model.facts)
        cache = table.memory.keep("catalogs", Catalogs(tuple(moments), tags, factual))
    return cache


def _shown_labels(table: Table) -> Iterator[Label]:
    """Yield every label that a catalog may show: those of gates, models and fields, but not why a type refuses a field."""
    fields = (field for kind in table.types.values() for field in kind.fields.values())
    return (label for record in (*table.gates.values(), *table.models.values(), *fields) for label in labels_of(record))
