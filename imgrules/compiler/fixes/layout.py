"""
Change entries of a block where they are written, and keep all else: comments, block or flow style, indentation, line ends.

Each function returns the spans that change, with the text that replaces each; no two of them overlap.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import key_typed
from imgrules.compiler.source import Source, Span

Replacement: TypeAlias = tuple[Span, str]

_COMMENT = re.compile(r"#[^\r\n]*")
_COMMENT_BEHIND = re.compile(r"[ \t]+#[^\r\n]*")
_COMMA = re.compile(r"(?:[^,#]|#[^\r\n]*)*(,)")
_LAST_LINE_END = re.compile(r"(?:\r\n?|\n)[^\r\n]*\Z")


def deleted(source: Source, tree: Tree, path: Path) -> list[Replacement]:
    """Delete an entry with its separator; of the comments, only those inside it go. The only entry leaves `{}` or `[]`."""
    before, after = tree.neighbours[path]
    start, end, block = _start(source, tree, path), tree.values[path].end, tree.values[path[:-1]]
    if before is None and after is None:
        is_commented = "#" in source.text[block.start : start] + source.text[end : block.end]
        return [(Span(start, end), "") if is_commented else (block, "{}" if isinstance(path[-1], str) else "[]")]
    behind = Span(end, end if after is None else _start(source, tree, after))
    ahead = Span(start if before is None else tree.values[before].end, start)
    if is_flow(source, tree, path[:-1]):
        return [(span, "") for span in _deleted_in_flow(source, ahead, behind)]
    return [(_deleted_in_block(source, ahead, behind), "")]


def _deleted_in_flow(source: Source, ahead: Span, behind: Span) -> list[Span]:
    """Return the spans to delete with an entry in braces or brackets, from the gaps ahead of it and behind it."""
    start, end = ahead.end, behind.start
    if end == behind.end:
        return [Span(start if "#" in source.slice(ahead) else ahead.start, end)]
    if "#" not in source.slice(behind):
        return [Span(start, behind.end)]
    comma = _COMMA.match(source.slice(behind))
    return [Span(start, end), *([Span(end + comma.start(1), end + comma.end(1))] if comma else [])]


def _deleted_in_block(source: Source, ahead: Span, behind: Span) -> Span:
    """Return the span to delete with an entry in block style; a comment behind it moves into its place."""
    start, end = ahead.end, behind.start
    comment = _COMMENT.search(source.text, end, behind.end) or _COMMENT_BEHIND.match(source.text, end)
    if comment:
        return Span(start, source.text.index("#", comment.start()))
    if end < behind.end:
        return Span(start, behind.end)
    line_end = _LAST_LINE_END.search(source.slice(ahead)) if "#" in source.slice(ahead) else None
    return Span(ahead.start + (line_end.start() if line_end else 0), end)


def with_entries(source: Source, tree: Tree, path: Path, entries: str) -> list[Replacement]:
    """Add entries, one a line of the text, behind the entry at a path."""
    end = tree.values[path].end
    if is_flow(source, tree, path[:-1]):
        return [(Span(end, end), "".join(f", {entry}" for entry in entries.split("\n")))]
    begin = _line_end(source, end) + _indent(source, _start(source, tree, path)) + ("- " if isinstance(path[-1], int) else "")
    comment = _COMMENT_BEHIND.match(source.text, end)
    at = comment.end() if comment else end
    return [(Span(at, at), "".join(f"{begin}{entry}" for entry in entries.split("\n")))]


def unwrapped(source: Source, tree: Tree, path: Path, _: str = "") -> list[Replacement]:
    """Put the entries of a block where the block itself stands, without its key."""
    entries = _entries(tree, path)
    if is_flow(source, tree, path[:-1]):
        return _unwrapped_in_flow(source, tree, path, entries)
    start = _start(source, tree, path)
    begin = _line_end(source, start) + _indent(source, start)
    first = _start(source, tree, entries[0])
    opening = (Span(start, first), "".join(f"{comment}{begin}" for comment in _comments(source, tree.keys[path].end, first)))
    if source.text[tree.values[path].start] != "{":
        return [opening, *_dedented(source, Span(first, tree.values[path].end), start)]
    ends = [tree.values[entry].end for entry in entries]
    starts = [_start(source, tree, entry) for entry in entries[1:]]
    gaps = [Span(*gap) for gap in zip(ends, starts, strict=False)]
    closing = Span(ends[-1], tree.values[path].end)
    return [
        opening,
        *((gap, _comments_behind(source, gap, begin) + begin) for gap in gaps),
        (closing, _comments_behind(source, closing, begin)),
    ]


def _unwrapped_in_flow(source: Source, tree: Tree, path: Path, entries: list[Path]) -> list[Replacement]:
    start, first = _start(source, tree, path), _start(source, tree, entries[0])
    begin = _line_end(source, start) + _indent(source, start)
    opening = "".join(f" {comment}{begin}" for comment in _comments(source, tree.keys[path].end, first))
    closing = Span(tree.values[entries[-1]].end, tree.values[path].end)
    comments = _comments_behind(source, closing, begin)
    return [(Span(start, first), opening), (closing, comments + begin if comments else "")]


def _dedented(source: Source, block: Span, start: int) -> list[Replacement]:
    """Return the edits that move the lines of a block to the left, so that it begins in the column of an offset."""
    by = source.position(block.start).column - source.position(start).column
    lines = range(source.position(block.start).line + 1, source.position(block.end).line + 1)
    begins = [(source.offset(line), len(source.line(line)) - len(source.line(line).lstrip(" "))) for line in lines]
    return [(Span(begin, begin + min(by, spaces)), "") for begin, spaces in begins if spaces]


def keyed(source: Source, tree: Tree, path: Path, value: str) -> list[Replacement]:
    """Make a block of a name or a list of names: each name gets the same value."""
    items = [tree.values[item] for item in _entries(tree, path)]
    span = tree.values[path]
    if not items:
        return [(span, f"{{{_as_key(source.slice(span))}: {value}}}")]
    named = [(item, f"{_as_key(source.slice(item))}: {value}") for item in items]
    if source.text[span.start] == "[":
        return [(Span(span.start, span.start + 1), "{"), *named, (Span(span.end - 1, span.end), "}")]
    column = source.position(tree.keys[path].start).column
    return [*(_without_dash(source, Span(span.start, item.start), column) for item in items), *named]


def _without_dash(source: Source, before: Span, column: int) -> Replacement:
    """Return the edit that takes the dash from an entry of a list; the entry stays behind the column of the list's key."""
    dash = source.text.rindex("-", before.start, before.end)
    if source.position(dash).column > column and not source.text[dash + 1 : before.end].strip(" "):
        return Span(dash, before.end), ""
    return Span(dash, dash + 1), " "


def _as_key(word: str) -> str:
    return word if word[:1] in {'"', "'"} else key_typed(word)


def shortened(source: Source, tree: Tree, path: Path, text: str) -> list[Replacement]:
    """Replace a value by a short text on the line of its key."""
    span, key = tree.values[path], tree.keys[path].end
    gap = source.text[key : span.start]
    if "#" in source.slice(span):
        begin = _line_end(source, span.start) + _indent(source, tree.keys[path].start)
        comments = _comments_behind(source, span, begin)
        return [(span, text + comments + (begin if is_flow(source, tree, path[:-1]) else ""))]
    return [(Span(key, span.end), f": {text}")] if "\n" in gap and "#" not in gap else [(span, text)]


def is_flow(source: Source, tree: Tree, path: Path) -> bool:
    """Whether a block is written in braces or brackets, or stands inside of such a block."""
    return any(source.text[tree.values[path[:length]].start] in "{[" for length in range(len(path) + 1))


def _entries(tree: Tree, path: Path) -> list[Path]:
    """Return the paths of the entries of a block, in the order of the file."""
    value = tree.value
    for step in path:
        value = value[step]
    steps = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return sorted(((*path, step) for step in steps), key=tree.values.__getitem__)


def _start(source: Source, tree: Tree, path: Path) -> int:
    """Return the offset where an entry begins: at its key, or at its dash."""
    if path in tree.keys:
        return tree.keys[path].start
    start, before = tree.values[path].start, source.text[: tree.values[path].start].rstrip(" ")
    return len(before) - 1 if before.endswith("-") else start


def _comments(source: Source, start: int, end: int) -> list[str]:
    """Return the comments in a gap between two entries, where nothing else can hold a number sign."""
    return _COMMENT.findall(source.text, start, end)


def _comments_behind(source: Source, gap: Span, begin: str) -> str:
    """Return the comments of a gap as they stand behind an entry: the first on its line, each other on a line of its own."""
    comments = _comments(source, gap.start, gap.end)
    return f" {begin.join(comments)}" if comments else ""


def _line_end(source: Source, offset: int) -> str:
    """Return the line end of the line at an offset, or of the line above it if it is the last."""
    line = source.position(offset).line
    for text in (source.lines[line - 1], source.lines[max(line - 2, 0)]):
        if (end := re.search(r"[\r\n]+\Z", text)) is not None:
            return end[0]
    return "\n"


def _indent(source: Source, offset: int) -> str:
    """Return the spaces before a column, in which the entries of a block stand in the lines below its first."""
    return " " * (source.position(offset).column - 1)
