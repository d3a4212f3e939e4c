"""A parsed rule file: its value, and the position of each part in the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.source import Span
from imgrules.table.record_base import record


@record(slots=False)
class Tree:
    """
    The value of a file, with the span of every value and of every key by its path.

    `words` holds the source text of each plain scalar that is not a string, by its path.
    """

    value: Any
    values: Mapping[Path, Span]
    keys: Mapping[Path, Span]
    words: Mapping[Path, str]

    @cached_property
    def neighbours(self) -> Mapping[Path, tuple[Path | None, Path | None]]:
        """Return, by the path of each value, the paths of the previous and the next value in its block; None at either end."""
        blocks: dict[Path, list[Path]] = {}
        for path in sorted(self.values, key=self.values.__getitem__):
            blocks.setdefault(path[:-1], []).append(path)
        return {
            path: (before, after)
            for paths in blocks.values()
            for before, path, after in zip([None, *paths], paths, [*paths[1:], None], strict=False)
        }

    def entries(self, first: Path, last: Path) -> Span:
        """Return the span of several entries of a block: from the key of the first to the end of the last."""
        spans = [spans[path] for path in (first, last) for spans in (self.keys, self.values) if path in spans]
        return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)
