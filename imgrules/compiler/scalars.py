"""What a plain YAML word means: the core schema of YAML 1.2, with numbers kept exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

MOST_DIGITS = 15

UNUSABLE: Final = Decimal("NaN")
"""What a number is read as that cannot be kept exactly."""


def _whole(digits: str, base: int) -> int | Decimal:
    return UNUSABLE if len(digits.lstrip("+-0")) > MOST_DIGITS else int(digits, base)


def _decimal(text: str) -> int | Decimal:
    if len(text) > 4 * MOST_DIGITS:
        return UNUSABLE
    try:
        number = Decimal(text)
    except InvalidOperation:  # a power beyond what decimals hold at all
        return UNUSABLE
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    if len(digits) > MOST_DIGITS or abs(number.adjusted()) >= MOST_DIGITS:
        return UNUSABLE
    return int(number) if number == int(number) else number.normalize()


_CORE: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"~|null|Null|NULL|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), lambda text: _whole(text, 10)),
    (re.compile(r"0o[0-7]+"), lambda text: _whole(text[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: _whole(text[2:], 16)),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), _decimal),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), lambda _: UNUSABLE),
)


def core(text: str) -> Any:
    """Answer what a plain word means in YAML 1.2: nothing, true or false, an exact number, or text."""
    if text[:1].isalpha() and text[:1] not in "nNtTfF":
        return text
    return next((read(text) for pattern, read in _CORE if pattern.fullmatch(text)), text)
