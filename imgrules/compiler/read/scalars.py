"""Resolve plain YAML scalars by the core schema of YAML 1.2, with exact numbers; and recognise numbers in other notations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from imgrules.compiler import file_caps as caps
from imgrules.table.exact import decimal_in, multiply, tidy

MOST_DIGITS = caps.MOST_DIGITS

# Patterns that only mistakes need are texts: each is compiled at its first use, and files without mistakes start sooner.
_MONEY = r"[$\u00a2-\u00a5\u20a0-\u20c0]"
_CURRENCY = rf"(?i){_MONEY}|\b(?:usd|eur|gbp|jpy|cny|rmb|chf|dollars?|euros?|cents?|pounds?|yen|yuan)\b"
_CODES = {"$": "USD", "\u20ac": "EUR", "\u00a3": "GBP", **{code: code for code in ("USD", "EUR", "GBP", "JPY", "CNY", "CHF")}}
"""The codes of ISO 4217 that a sign or a word for a currency can only mean."""

_CENTS = r"\u00a2|(?i:(?<![a-z])cents?\b)|(?<=[0-9])\s*ct?\s*$"
_COUNTED = r"([0-9][0-9_]*)(?:[.,]([0-9]+))?(?:\s*px|\s+([a-z]+))?"
_GROUPED = r"[1-9][0-9]{0,2}(?:[., '][0-9]{3})+"
_AND_MORE = r"(?i)(-?[0-9]+(?:\.[0-9]+)?)\s*(?:\+|(?:or|and) more|-)"
_RANGE = r"(-?[0-9]+(?:\.[0-9]+)?)\s*(?:-|\u2013|\.\.+|to|bis)\s*(-?[0-9]+(?:\.[0-9]+)?)"
_COMPARED = rf"([<>])(=?)\s*(-?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]+)?)"
_SCALES = r"[kmgt]?[bp]?|hundreds?|thousands?|mi.*|bi.*|mega.*|giga.*|kilo.*|percent|per.*"
"""Words that change the size of the number before them, such as `k` or `million`."""

_HUNDREDTH = Decimal("0.01")
UNUSABLE: Final = Decimal("NaN")
"""The value of a number that cannot be stored exactly; compare it with `is`, since NaN is not equal to itself."""


NOTHING_WORDS = frozenset({"~", "none", "null", "nothing", "nil"})
"""Words for nothing in other languages, in small letters; here it is `(none)`."""

_LEAST_BEYOND = 10**MOST_DIGITS


def _whole(digits: str, base: int) -> int | Decimal:
    """Return a whole number in a base, or `UNUSABLE` if it has too many decimal digits."""
    kept = digits.lstrip("+-0")
    # Converting a very long text would take quadratic time. In another base, a number may have more decimal digits.
    number = int(kept or "0", base) if len(kept) <= MOST_DIGITS else _LEAST_BEYOND
    if number >= _LEAST_BEYOND:
        return UNUSABLE
    return -number if digits.startswith("-") else number


def _decimal(text: str) -> int | Decimal:
    """Return the exact number of a text, an int if it is whole; `UNUSABLE` with too many digits or a too great exponent."""
    if len(text) > 4 * MOST_DIGITS:
        return UNUSABLE
    try:
        number = decimal_in(text)
    except ArithmeticError:  # the exponent is out of range
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
def plain_value(text: str) -> Any:
    """Return the value of a plain scalar in YAML 1.2: None, a bool, an exact int or Decimal, `UNUSABLE`, or the text itself."""
    if text[:1].isalpha() and text[:1] not in "nNtTfF":
        return text
    return next((convert(text) for pattern, convert in _CORE if pattern.fullmatch(text)), text)


def as_text(text: str) -> str:
    """Return a text as it is typed in YAML: plain, or in quotes if it would be read as something else or split."""
    return (
        text if type(plain_value(text)) is str and not re.search(_UNLIKE_A_WORD, text) else json.dumps(text, ensure_ascii=False)
    )


_UNLIKE_A_WORD = r"^$|^[\s\-?:&*!|>'\"%@`#]|[\[\]{},]|:\s|\s#|[\s:]$|[\n\r\t]"
"""What a text without quotes cannot have, in braces or outside of them."""


def number_in(text: str) -> int | Decimal | None:
    """Return the number of a text, also in another base, with a decimal comma or with a unit such as `px`; or None."""
    value, counted = plain_value(text), re.fullmatch(_COUNTED, text)
    if isinstance(value, str) and counted and not (counted[3] and re.fullmatch(_SCALES, counted[3])):
        value = plain_value(counted[1].replace("_", "") + (f".{counted[2]}" if counted[2] else ""))
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) and value is not UNUSABLE else None


def is_money(text: str) -> bool:
    """Whether a text contains a digit and a currency, such as `5 USD`, `$5` or `5c`."""
    return bool(re.search("[0-9]", text) and (re.search(_CURRENCY, re.sub("([0-9])", r" \1 ", text)) or is_in_cents(text)))


def is_in_cents(text: str) -> bool:
    """Whether a price is in hundredths of its currency, such as `5 cents`."""
    return re.search(_CENTS, text) is not None


def money_in(text: str) -> tuple[int | Decimal | None, str | None]:
    """Return the number and the code of the currency of a price such as `$0.03` or `3 EUR`, each None if it is not certain."""
    units = re.sub(_CENTS, " ", text)
    codes = {_CODES.get(sign.upper()) for sign in re.findall(_CURRENCY, re.sub("([0-9])", r" \1 ", units))}
    code = codes.pop() if len(codes) == 1 else None
    alone = re.sub(_CURRENCY, " ", re.sub("([0-9.,]+)", r" \1 ", units)).strip()
    number = None if grouped_in(alone) else number_in(alone)
    if number is None or not is_in_cents(text):
        return number, code
    # Who writes `$0.05 cents` may mean either.
    return None if re.search(_MONEY, units) else _hundredth(number), code


def _hundredth(number: int | Decimal) -> int | Decimal | None:
    """Return a number divided by 100, or None if it has too many digits."""
    part = _decimal(format(multiply(number, _HUNDREDTH), "f"))
    return None if part is UNUSABLE else part


def grouped_in(text: str) -> int | None:
    """Return the whole number of a text with separated groups of three digits, such as `1,000`, or None."""
    digits = re.sub("[^0-9]", "", text) if re.fullmatch(_GROUPED, text) else ""
    return int(digits) if 0 < len(digits) <= MOST_DIGITS else None


def share_in(text: str) -> int | Decimal | None:
    """Return the number of a percentage, such as 0.5 for `50 %`, or None."""
    match = re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?) ?(?:%|percent)", text)
    percent = _decimal(match[1].replace(",", ".")) if match else UNUSABLE
    return None if percent is UNUSABLE else _hundredth(percent)


def range_in(text: str, *, whole: bool = False) -> str | None:
    """
    Return the range in YAML for a comparison with a number, such as `{min: 4}` for `>= 4` or `4+`, or for `4-6`; else None.

    A range includes its bounds, so `> 4` is a range only for whole numbers: `{min: 5}`.
    """
    comparison, ends, least = (re.fullmatch(form, text.strip()) for form in (_COMPARED, _RANGE, _AND_MORE))
    if ends is not None and max(map(len, ends.groups())) <= MOST_DIGITS and Decimal(ends[1]) <= Decimal(ends[2]):
        return f"{{min: {ends[1]}, max: {ends[2]}}}"
    if least is not None and len(least[1]) <= MOST_DIGITS:
        return f"{{min: {least[1]}}}"
    if comparison is None:
        return None
    bound, name = comparison[3], "min" if comparison[1] == ">" else "max"
    if len(bound) > MOST_DIGITS:
        return None
    if not comparison[2]:
        if not whole or "." in bound:
            return None
        bound = str(int(bound) + (1 if name == "min" else -1))
    return f"{{{name}: {bound}}}"
