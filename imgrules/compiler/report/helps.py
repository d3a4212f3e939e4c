"""
What to do about a mistake: the sentence and the change of the file, from one place, so that the two always agree.

What a help offers after "write" or "did you mean" stands in place of exactly what the finding points at. Where it is not
certain what was meant, a help explains, and offers nothing to type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from imgrules.compiler.report.diagnostics import Change, Fix, Place


class Help(NamedTuple):
    """The end of a finding: `Finding(code, message, place, *help)`."""

    hint: str
    related: tuple[tuple[Place, str], ...] = ()
    fix: Fix = None


def write(text: str, more: str = "") -> Help:
    """Return the help that `text` stands in place of what is pointed at."""
    return Help(f"write {_shown(text)}{more}", (), text)


def meant(name: str | None, otherwise: str) -> Help:
    """Return the help that a known name was probably meant; where none is close, the one that explains."""
    return Help(f"did you mean {_shown(name)}?", (), name) if name else explain(otherwise)


def _shown(text: str) -> str:
    """Return a text between backticks; one that has some itself between two of them, as Markdown has it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def explain(text: str) -> Help:
    """Return a help that leaves it to the author what to type."""
    return Help(text)


def delete(place: Place, what: str, more: str = "") -> Help:
    """Return the help that the entry at a place goes, with its key."""
    return Help(f"delete {what}{more}", (), (Change(place, None),))


def swap(one: tuple[Place, Any], other: tuple[Place, Any]) -> Help:
    """Return the help that two values change places."""
    return Help("swap the two", (), (Change(one[0], typed(other[1])), Change(other[0], typed(one[1]))))


def typed(value: Any) -> str:
    """Return a value as it is typed in braces or brackets: texts between quotes, all else plain."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(typed, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_typed(name)}: {typed(each)}" for name, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value}"


def key_typed(name: str) -> str:
    """Return a name as it is typed before a colon: plain where it has plain signs alone."""
    return name if re.fullmatch(r"[A-Za-z0-9_][\w.-]*", name, re.ASCII) else json.dumps(name, ensure_ascii=False)
