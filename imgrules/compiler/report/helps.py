"""
Build hints: each function returns the sentence together with the change of the file, so that the two always agree.

The text after "write" or "did you mean" replaces exactly what the finding points at. If no correction is certain, a hint
only explains, and proposes no text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.diagnostics import Change, Fix, Place
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest

_SHOWN = 3  # names


class Help(NamedTuple):
    """The last five fields of a finding: `Finding(code, message, place, *help_)`."""

    hint: str
    related: tuple[tuple[Place, str], ...] = ()
    fix: Fix = None
    certain: bool = False
    slip: tuple[str, str] | None = None


def write(replacement: str, more: str = "") -> Help:
    """Return a hint to replace what the finding points at by `replacement`; `more` continues the sentence."""
    return Help(f"write {_in_backticks(replacement)}{more}", (), replacement)


def certainly(help_: Help) -> Help:
    """Return a hint whose fix `check --fix` makes by itself: it is the only one, or changes nothing that the file means."""
    return help_._replace(certain=help_.fix is not None)


def did_you_mean(name: str | None, otherwise: str, *, certain: bool = False) -> Help:
    """Return a hint "did you mean `name`?", or the explanation `otherwise` if `name` is None or empty."""
    return Help(f"did you mean {_in_backticks(name)}?", (), name, certain) if name else explain(otherwise)


def nearest_name(word: object, names: Iterable[str], otherwise: str) -> Help:
    """
    Return a hint "did you mean ...?" with the name that is most like a word, or the explanation `otherwise` if none is.

    The names are those of an author, so a slip may as well be in the name as in the word: the rest of the files has to tell.
    """
    listed = tuple(names)
    return slip_of(word, nearest(word, listed), listed, otherwise)


def slip_of(word: object, meant: str | None, names: Iterable[str], otherwise: str, text: str | None = None) -> Help:
    """Return the same hint for a name that was found already; `text` is how it is typed, if not as it is."""
    help_ = did_you_mean(meant if text is None else text, otherwise)
    return help_._replace(slip=(str(word), meant)) if meant and is_slip(word, meant, names) else help_


def _in_backticks(text: str) -> str:
    """Return a text in backticks; as in Markdown, in double backticks if the text itself contains a backtick."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def explain(text: str) -> Help:
    """Return a hint without a change: the author decides what to type."""
    return Help(text)


def apart(names: Sequence[str]) -> str:
    """Return the sentence that several names, which stand in one text, are written each by itself; a few of them are shown."""
    more = ", and so on" if len(names) > _SHOWN else ""
    return f"write each by itself: {', '.join(map(quoted, names[:_SHOWN]))}{more}"


def delete(place: Place, entry: str, more: str = "") -> Help:
    """Return a hint to delete the entry at a place, with its key; the sentence is "delete", `entry` and `more`."""
    return Help(f"delete {entry}{more}", (), (Change(place, None),))


def swap(first: tuple[Place, Any], second: tuple[Place, Any]) -> Help:
    """Return a hint to exchange two values."""
    return Help("swap the two", (), (Change(first[0], typed(second[1])), Change(second[0], typed(first[1]))))


def typed(value: Any) -> str:
    """Return a value as flow-style YAML: texts in double quotes, other scalars plain."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(typed, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_typed(name)}: {typed(item)}" for name, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value}"


def key_typed(name: str) -> str:
    """Return a name as it is typed before a colon: plain if it is ASCII letters, digits, `.`, `_` and `-`, else quoted."""
    return name if re.fullmatch(r"[A-Za-z0-9_][\w.-]*", name, re.ASCII) else json.dumps(name, ensure_ascii=False)
