"""What to type where a number is wanted: a text that means one, a price that nobody has stated, or why it is none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from imgrules.compiler.bind.misplaced import NO_PRICE, Word
from imgrules.compiler.read.scalars import grouped_in, is_money, number_in, share_in
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import Help, explain, meant
from imgrules.compiler.spec.types import UNKNOWN
from imgrules.refusals.suggest import nearest


def _is_price(path: Path) -> bool:
    return "credits" in path and not {"factor", "beyond", "round"}.intersection(path)


def wanted_number(word: Word, taken: set[Any]) -> tuple[str, Help]:
    """Return in words which number a place takes, and what to type instead of the value that is there."""
    value = word.typed if isinstance(word.value, Decimal) else word.value
    says = "a whole number" if Decimal not in taken else "a number or `unknown`" if str in taken else "a number"
    return says, (_of_text(word, value, taken) if isinstance(value, str) else None) or explain(_any(word, taken))


def _of_text(word: Word, text: str, taken: set[Any]) -> Help | None:
    """Return what a text means where a number is wanted, or None."""
    odd = no_number(text, taken, price=_is_price(word.path))
    if odd is not None:
        return explain(odd)
    number, said = number_meant(text, taken), text.strip().lower()
    if number is not None:
        return word.write(f"{number}", _any(word, taken))
    if str in taken and (nearest(text, [UNKNOWN]) or said in NO_PRICE):
        return meant(UNKNOWN if word.accepts(UNKNOWN) else None, _any(word, taken))
    if said == "free" and _is_price(word.path):
        return word.write("0", _any(word, taken))
    return _with_unit(text, taken) if re.match(r"[0-9].*[^0-9.,_ ]", text) else None


def _with_unit(text: str, taken: set[Any]) -> Help:
    if re.fullmatch(r"[0-9.]+\s*(?:-|\u2013|to|bis)\s*[0-9.]+", text):
        return explain("it takes one number, but this has two")
    return explain(f"write a number without a unit, such as {1000000 if Decimal not in taken else 5}")


def _any(word: Word, taken: set[Any]) -> str:
    if Decimal not in taken:
        return "write a whole number, such as 1"
    if not _is_price(word.path):
        return "write a number, such as 5"
    return "write a number, such as 5; 0 is free, and `unknown` is a price that is not stated"


def no_number(text: str, taken: set[Any], *, price: bool) -> str | None:
    """Return why a text that holds a number is none, or may be two."""
    if is_money(text):
        return (
            "prices are in credits, not in money; write how many credits it costs" if price else "write it without a currency"
        )
    if price and share_in(text) is not None:
        return "a price is a number of credits, not a percentage of another price; write how many credits it costs"
    whole = grouped_in(text) if Decimal in taken else None
    if whole is not None and len(re.findall("[^0-9]", text)) == 1 and text[-4] in ".,":
        return f"it may be {whole} or {Decimal(text.replace(',', '.')).normalize():f}; write the one you mean, with a point for decimals"
    return None


def number_meant(text: str, taken: set[Any]) -> int | Decimal | None:
    """Return the number that a text most likely means, if the place takes such a number."""
    grouped = grouped_in(text)
    # One group alone is as likely a decimal, where decimals may stand.
    if grouped is not None and (Decimal not in taken or len(re.findall("[^0-9]", text)) > 1 or text[-4] not in ".,"):
        return grouped
    number = share_in(text) if Decimal in taken else None
    number = number_in(text) if number is None else number
    return number if isinstance(number, int) or Decimal in taken else None
