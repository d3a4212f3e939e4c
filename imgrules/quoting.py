"""How values and lists stand in a sentence: quoted, on one line, and short."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

_SHOWN = 8
_EXCERPT = 60
_DIGITS = 17  # so many digits a float has at most


def shown(value: object) -> Any:
    """Return a value as JSON can carry it: short scalars as they are, anything else by its kind."""
    if value is None or type(value) is bool:
        return value
    if type(value) is int:
        return value if abs(value) < 2**53 else "<a large number>"
    if type(value) is float:
        return value if abs(value) < float("inf") else "<no finite number>"
    if type(value) is Decimal:
        return _short(value)
    if type(value) is str:
        text = value[: _EXCERPT + 1].encode("utf-8", "backslashreplace").decode("utf-8")
        return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
    return f"<{_class_name(type(value))}>"


def _short(value: Decimal) -> Decimal | str:
    if not value.is_finite():
        return "<no finite number>"
    # Compared, not measured with `abs`, which rounds, and raises where the exponent is huge.
    return value if -(2**53) < value < 2**53 and len(value.as_tuple().digits) <= _DIGITS else "<a large number>"


# Read from `type` itself, because a metaclass may answer `__name__` with anything, or raise.
_class_name = type.__dict__["__name__"].__get__


def quoted(value: object) -> str:
    """Return a value for a sentence: on one line, in backticks, never longer than a glance."""
    if type(value) is str and len(value) <= _EXCERPT and value.isprintable():
        return f"`{value}`"  # as nearly all are
    return f"`{printable(str(shown(value)))}`"


def counted(number: int, noun: str) -> str:
    """Return a number with what is counted, such as `1 model` or `2 models`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def printable(text: str) -> str:
    """Return a text as one line that a terminal may show: what does not print is written as its code point."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


def either(values: Iterable[str]) -> str:
    """Return a list for a sentence: `a`, `b` or `c`."""
    names = list(values)
    head = [quoted(each) for each in names[:_SHOWN]]
    if len(names) > _SHOWN:
        return ", ".join(head) + f" and {len(names) - _SHOWN} more"
    return " or ".join(filter(None, (", ".join(head[:-1]), *head[-1:])))
