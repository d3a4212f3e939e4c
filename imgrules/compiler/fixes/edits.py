"""
Turn the changes that hints propose into edits: a span of the text, and the text that replaces it.

An edit keeps what it does not have to change: comments, the style of a block, quotes, indentation and line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imgrules.compiler.fixes.layout import Replacement, deleted, keyed, shortened, unwrapped, with_entries
from imgrules.compiler.read.scalars import plain_value
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.block_changes import Addition, Keying, Shortening, Unwrapping
from imgrules.compiler.report.diagnostics import Change, Edit
from imgrules.compiler.source import Source, Span

_LAYOUTS = {Addition: with_entries, Keying: keyed, Shortening: shortened, Unwrapping: unwrapped}
"""How each kind of change of a block is laid out."""


def edits(source: Source, tree: Tree | None, change: Change, span: Span) -> Iterator[Edit]:
    """Yield the edits of one change of a source; `span` is the span of its place. A deletion includes the separator."""
    for replaced, text in _replacements(source, tree, change, span):
        yield Edit(source.name, replaced, source.position(replaced.start), source.position(replaced.end), text)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text of one file after edits; they must not overlap."""
    parts, end = [], len(text)
    for change in sorted(edits, key=lambda change: change.span, reverse=True):
        parts += [text[change.span.end : end], change.text]
        end = change.span.start
    return "".join((text[:end], *reversed(parts)))


def _replacements(source: Source, tree: Tree | None, change: Change, span: Span) -> Iterable[Replacement]:
    text, place = change.text or "", change.place
    if tree is None or place.span is not None or not place.path:
        return [(span, text)]
    if type(change) in _LAYOUTS:
        return _LAYOUTS[type(change)](source, tree, place.path, text)
    if change.text is None:
        return deleted(source, tree, place.path)
    is_name = place.until is None and (place.on_key or isinstance(plain_value(text), str))
    return [(span, _in_quotes_of(source, span, text) if is_name else text)]


def _in_quotes_of(source: Source, span: Span, name: str) -> str:
    """Return a name in the quotes of what it replaces: `{"a":1}` has no space that would end a name without quotes."""
    quote = source.text[span.start : span.start + 1]
    return f"{quote}{name}{quote}" if quote in {'"', "'"} and re.fullmatch(r"\w+", name) else name
