"""What a label says in the language that a caller asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imgrules.table.terms import Label

_LONGEST_TAG = 100


def say(label: Label, language: str | None, order: Iterable[str] = ()) -> str:
    """
    Return what a label says in a language.

    Case counts little; `de-AT` falls back to `de`, a language that nobody wrote to those of the order, and then to
    the author's first.
    """
    if isinstance(label, str):
        return label
    known = {tag.casefold(): text for tag, text in label.items()}
    for each in (language, *order):
        for wanted in tag_prefixes(each):
            if wanted in known:
                return known[wanted]
    return next(iter(label.values()))


def tag_prefixes(language: object) -> Iterator[str]:
    """Yield the tags that are looked for where a language is asked for, nearest first: `de-at`, then `de`."""
    wanted = language[:_LONGEST_TAG].replace("_", "-").casefold() if type(language) is str else ""
    while wanted:
        yield wanted
        wanted = wanted.rpartition("-")[0]
