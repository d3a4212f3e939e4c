"""Whether every label of a table has a text in every language."""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.table.records import Table
from imgrules.table.terms import Label
from imgrules.table.texts.labels import tag_prefixes
from imgrules.table.texts.record_labels import labels_of


def lacking(table: Table) -> Iterator[tuple[str, str]]:
    """Yield, for each label without a text in a language that the table or another label has: a text of it, and the language."""
    labels = [label for label in _all(table) if not isinstance(label, str)]
    languages = {language.casefold(): language for language in (*table.languages, *(tag for label in labels for tag in label))}
    for label in labels:
        texts = {tag.casefold() for tag in label}
        for tag, language in languages.items():
            if texts.isdisjoint(tag_prefixes(tag)) and not any(text.startswith(f"{tag}-") for text in texts):
                yield next(iter(label.values())), language


def _all(table: Table) -> Iterator[Label]:
    for record in (*table.gates.values(), *table.types.values(), *table.models.values()):
        yield from labels_of(record)
