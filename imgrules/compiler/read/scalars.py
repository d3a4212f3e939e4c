"""What a plain YAML word means: the core schema of YAML 1.2, with numbers kept exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from imgrules.compiler import file_caps as caps
from imgrules.table.exact import decimal_in, multiply, tidy

MOST_DIGITS = caps.MOST_DIGITS

_MONEY = r"[$\u00a2-\u00a5\u20a0-\u20c0]"
_CURRENCY = re.compile(rf"{_MONEY}|\b(?:usd|eur|gbp|jpy|cny|rmb|chf|dollars?|euros?|cents?|pounds?|yen|yuan)\b", re.IGNORECASE)
_COUNTED = re.compile(r"([0-9][0-9_]*)(?:[.,]([0-9]+))?(?:\s*px|\s+([a-z]+))?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[., '][0-9]{3})+")
_COMPARED = re.compile(rf"([<>])(=?)\s*(-?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]+)?)")
_SCALES = re.compile(r"[kmgt]?[bp]?|hundreds?|thousands?|mi.*|bi.*|mega.*|giga.*|kilo.*|percent|per.*")
"""Words that make another number of the one before them."""

_HUNDREDTH = Decimal("0.01")
UNUSABLE: Final = Decimal("NaN")
"""What a number is read as that cannot be kept exactly."""


_LEAST_BEYOND = 10**MOST_DIGITS


def _whole(digits: str, base: int) -> int | Decimal:
    kept = digits.lstrip("+-0")
    # A long one is not read at all, which takes quadratic time; one in another base may have more digits in tens.
    number = int(kept or "0", base) if len(kept) <= MOST_DIGITS else _LEAST_BEYOND
    if number >= _LEAST_BEYOND:
        return UNUSABLE
    return -number if digits.startswith("-") else number


def _decimal(text: str) -> int | Decimal:
    if len(text) > 4 * MOST_DIGITS:
        return UNUSABLE
    try:
        number = decimal_in(text)
    except ArithmeticError:  # a power beyond that of any float
        return UNUSABLE
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    if len(digits) > MOST_DIGITS or abs(number.adjusted()) >= MOST_DIGITS:
        return UNUSABLE
    return tidy(number)


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


@lru_cache(maxsize=4096)
def core(text: str) -> Any:
    """Return what a plain word means in YAML 1.2: nothing, true or false, an exact number, or text."""
    if text[:1].isalpha() and text[:1] not in "nNtTfF":
        return text
    return next((read(text) for pattern, read in _CORE if pattern.fullmatch(text)), text)


def number_in(text: str) -> int | Decimal | None:
    """Return the number that a text means: in another base, with a decimal comma, or with what is counted beside it."""
    read, found = core(text), _COUNTED.fullmatch(text)
    if isinstance(read, str) and found and not (found[3] and _SCALES.fullmatch(found[3])):
        read = core(found[1].replace("_", "") + (f".{found[2]}" if found[2] else ""))
    return read if isinstance(read, int | Decimal) and not isinstance(read, bool) and read is not UNUSABLE else None


def is_money(text: str) -> bool:
    """Return whether a text names a currency beside a number."""
    return bool(re.search("[0-9]", text) and _CURRENCY.search(re.sub("([0-9])", r" \1 ", text)))


def grouped_in(text: str) -> int | None:
    """Return the whole number whose digits a text parts into groups of three, or None."""
    digits = re.sub("[^0-9]", "", text) if _GROUPED.fullmatch(text) else ""
    return int(digits) if 0 < len(digits) <= MOST_DIGITS else None


def share_in(text: str) -> int | Decimal | None:
    """Return the number that so many percent are, or None."""
    found = re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?) ?(?:%|percent)", text)
    percent = _decimal(found[1].replace(",", ".")) if found else UNUSABLE
    read = UNUSABLE if percent is UNUSABLE else _decimal(format(multiply(percent, _HUNDREDTH), "f"))
    return None if read is UNUSABLE else read


def range_in(text: str) -> str | None:
    """Return the range that a comparison such as `> 4` asks for, as a condition says it, or None."""
    found = _COMPARED.fullmatch(text.strip())
    if found is None:
        return None
    bound, name = found[3], "min" if found[1] == ">" else "max"
    if len(bound) > MOST_DIGITS:
        return None
    if not found[2] and "." not in bound:
        bound = str(int(bound) + (1 if name == "min" else -1))
    return f"{{{name}: {bound}}}"
