"""Choose the text of a label for the language of a caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imgrules.table.terms import Label

_LONGEST_TAG = 100


def say(label: Label, language: str | None, order: Iterable[str] = ()) -> str:
    """
    Return the text of a label in a language.

    Tags are compared case-insensitively; `de-AT` falls back to `de`, then to the languages of `order`, and then to the first
    text that the author wrote.
    """
    if isinstance(label, str):
        return label
    texts = {tag.casefold(): text for tag, text in label.items()}
    for candidate in (language, *order):
        for tag in tag_prefixes(candidate):
            if tag in texts:
                return texts[tag]
    return next(iter(label.values()))


def tag_prefixes(language: object) -> Iterator[str]:
    """Yield the tags to look up for a language, the most specific first: `de-at`, then `de`."""
    tag = language[:_LONGEST_TAG].replace("_", "-").casefold() if type(language) is str else ""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
