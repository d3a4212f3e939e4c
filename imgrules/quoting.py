"""Write values and lists for a sentence: quoted, on one line, and short."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

_SHOWN = 8  # names of a list that are shown; the rest are counted
_EXCERPT = 60  # characters of a text that are shown
_DIGITS = 17  # a float needs no more significant digits


def shown(value: object) -> Any:
    """
    Return a short and harmless form of any value, for messages and violations.

    None, booleans and finite numbers that JSON readers keep exactly are returned unchanged. A string is truncated to 60
    characters. Anything else becomes a phrase in angle brackets: `<a large number>`, or the name of its class.
    """
    if value is None or type(value) is bool:
        return value
    if type(value) is int:
        return value if abs(value) < 2**53 else "<a large number>"
    if type(value) is float:
        return value if abs(value) < float("inf") else "<no finite number>"
    if type(value) is Decimal:
        return _shown_decimal(value)
    if type(value) is str:
        text = value[: _EXCERPT + 1].encode("utf-8", "backslashreplace").decode("utf-8")
        return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
    return f"<{_class_name(type(value))}>"


def _shown_decimal(value: Decimal) -> Decimal | str:
    if not value.is_finite():
        return "<no finite number>"
    # Without `abs`, which rounds, and raises if the exponent is huge.
    return value if -(2**53) < value < 2**53 and len(value.as_tuple().digits) <= _DIGITS else "<a large number>"


# Read from `type` itself, because a metaclass may return anything as `__name__`, or raise.
_class_name = type.__dict__["__name__"].__get__


def quoted(value: object) -> str:
    """Return a value as a sentence shows it: in backticks, on one line, truncated to about 60 characters."""
    if type(value) is str and len(value) <= _EXCERPT and value.isprintable():
        return f"`{value}`"  # the usual case
    return f"`{printable(str(shown(value)))}`"


def counted(number: int, noun: str) -> str:
    """Return a number and its noun, such as `1 model` or `2 models`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def printable(text: str) -> str:
    r"""Return a text as one line for a terminal: characters that are not printable become escapes such as `\u001b`."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)


def either(values: Iterable[str], most: int = _SHOWN, word: str = "or") -> str:
    """Return names as a list for a sentence, such as `a`, `b` or `c`; after the first `most`, the rest are counted."""
    names = list(values)
    head = [quoted(name) for name in names[:most]]
    if len(names) > most:
        return ", ".join(head) + f" and {len(names) - most} more"
    return f" {word} ".join(filter(None, (", ".join(head[:-1]), *head[-1:])))
