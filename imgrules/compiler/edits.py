"""Turn the changes that hints propose into edits: a span of the text, and the text that replaces it."""

from __future__ import annotations

from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Change, Edit, Path
from imgrules.compiler.source import Source, Span


def edit(source: Source, tree: Tree | None, change: Change, span: Span) -> Edit:
    """Return a change as an edit of a source; `span` is the span of its place. A deletion includes the separator."""
    text = change.text
    if text is None:
        text = ""
        if tree is not None and change.place.span is None and change.place.path:
            span, text = _entry(source, tree, change.place.path)
    return Edit(source.name, span, source.position(span.start), source.position(span.end), text)


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """Return the text of one file after edits; they must not overlap."""
    for change in sorted(edits, key=lambda change: change.span, reverse=True):
        text = text[: change.span.start] + change.text + text[change.span.end :]
    return text


def _entry(source: Source, tree: Tree, path: Path) -> tuple[Span, str]:
    """Return the span to replace to delete an entry with its separator, and the replacement: "", `{}` or `[]`."""
    before, after = tree.neighbours[path]
    start, end = _start(source, tree, path), tree.values[path].end
    if after is not None:
        return Span(start, _start(source, tree, after)), ""
    if before is not None:
        return Span(tree.values[before].end, end), ""
    return tree.values[path[:-1]], "{}" if isinstance(path[-1], str) else "[]"


def _start(source: Source, tree: Tree, path: Path) -> int:
    """Return the offset where an entry begins: at its key, or at its dash."""
    if path in tree.keys:
        return tree.keys[path].start
    start, before = tree.values[path].start, source.text[: tree.values[path].start].rstrip(" ")
    return len(before) - 1 if before.endswith("-") else start
