"""What the hand-written peers share: the fields there are, what is refused, and its codes."""

from __future__ import annotations

FIELDS = frozenset({"model", "ratio", "quality", "prompt", "language"})
FOREIGN = frozenset({"style", "duration_seconds", "voice_id"})


class RefusedError(Exception):
    """The selection is refused; the argument is the code of the violation."""


def odd(value: object) -> str:
    """Return the code for a value that is not offered."""
    if isinstance(value, str):
        return "not_offered"
    return "missing_field" if value is None else "wrong_type"


def is_unicode(text: str) -> bool:
    """Return whether a text can be encoded: an unpaired surrogate cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def status(code: str) -> str:
    """Return the status of a code: every code except `locked` makes a selection impossible."""
    return code if code in {"allowed", "locked"} else "impossible"
