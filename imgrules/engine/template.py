"""A request body that waits for its texts, as a dict and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from imgrules.engine.record import record

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes compact JSON; texts keep their characters."""


@record
class Form:
    """
    A body that waits for its texts.

    `takes` answers whether a selection of this `size` has the texts that the body waits for, and sound ones.
    `fill` makes the body, as a new dict all through, of its `parts` and of what holds the texts.
    Written as JSON, it is `head` and, behind each text, a `tail`.
    """

    size: int
    takes: Callable[[Mapping[str, Any]], bool | None]
    fill: Callable[[tuple[Any, ...], Mapping[str, Any]], dict[str, Any]]
    parts: tuple[Any, ...]
    head: str
    tails: tuple[tuple[str, str], ...]

    def spliced(self, texts: Mapping[str, Any]) -> bytes:
        """Answer the same as compact JSON in UTF-8: nothing but the texts is left to be written."""
        parts = [self.head]
        for name, tail in self.tails:
            parts.append(as_json(texts[name]))
            parts.append(tail)
        return "".join(parts).encode("utf-8")
