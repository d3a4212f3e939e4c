"""Propose what to type where a number is expected: the number in a text, `unknown` for a price, or why neither is possible."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from imgrules.compiler.bind.foreign_keywords import money_meant
from imgrules.compiler.bind.misplaced import NO_PRICE, MisplacedValue
from imgrules.compiler.read.scalars import (
    MOST_DIGITS,
    UNUSABLE,
    grouped_in,
    is_in_cents,
    is_money,
    money_in,
    number_in,
    plain_value,
    share_in,
)
from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import Help, did_you_mean, explain
from imgrules.refusals.suggest import nearest
from imgrules.table.amounts import UNKNOWN
from imgrules.table.exact import written


def is_price(path: Path) -> bool:
    """Whether a place takes a price."""
    return "credits" in path and not {"factor", "beyond", "round"}.intersection(path)


def expected_number(misplaced: MisplacedValue, accepted: set[Any]) -> tuple[str, Help]:
    """Return a phrase for the number that a place accepts, and a hint about what to type; `accepted` are the types."""
    value = misplaced.typed if isinstance(misplaced.value, Decimal) else misplaced.value
    if isinstance(value, dict) and [*value] == ["about"]:
        value = f"about {value['about']}"
    expected = _accepted(misplaced, accepted)
    otherwise = (money_meant(value) if isinstance(value, dict) else None) or _any_number(misplaced, accepted)
    return expected, (_hint_for_text(misplaced, value, accepted) if isinstance(value, str) else None) or explain(otherwise)


def _accepted(misplaced: MisplacedValue, accepted: set[Any]) -> str:
    if Decimal not in accepted:
        return "a whole number"
    if str not in accepted:
        return "a number"
    return "a number or `any`" if misplaced.path[-1:] == ("step",) else "a number, `about 5` or `unknown`"


def _hint_for_text(misplaced: MisplacedValue, text: str, accepted: set[Any]) -> Help | None:
    """Return a hint about what to type instead of a text, or None if no number or price can be read from it."""
    rest = _ESTIMATE.fullmatch(text)
    if rest and is_price(misplaced.path):
        return _estimate(misplaced, rest[1].strip(), accepted)
    reason = why_no_number(text, accepted, price=is_price(misplaced.path))
    if reason is not None:
        return explain(reason)
    is_megapixel = misplaced.path[-1:] == ("unit",) and _MEGAPIXEL.fullmatch(text) is not None
    number, lowered = 1_000_000 if is_megapixel else number_meant(text, accepted), text.strip().lower()
    if number is not None:
        return misplaced.write(f"{number}", _any_number(misplaced, accepted))
    if str in accepted and (nearest(text, [UNKNOWN]) or lowered in NO_PRICE):
        meant = UNKNOWN if misplaced.accepts(UNKNOWN) else None
        return did_you_mean(meant, _any_number(misplaced, accepted), certain=is_slip(lowered, meant, ()))
    if lowered == "free" and is_price(misplaced.path):
        return misplaced.write("0", _any_number(misplaced, accepted))
    return _with_unit(misplaced, text, accepted) if re.match(r"[0-9].*[^0-9.,_ ]", text) else None


def _estimate(misplaced: MisplacedValue, text: str, accepted: set[Any]) -> Help:
    """Return a hint about how an estimate is written, given what stands after a word such as `about`."""
    reason = _in_money(text, "about ") if is_money(text) else why_no_number(text, accepted, price=True)
    if reason is not None:
        return explain(reason)
    number = number_meant(text.rstrip("."), accepted)
    if number is None:
        return explain(_ANY_AMOUNT if plain_value(text) is UNUSABLE else _ESTIMATED)
    # What is a number already has no better form: it is beyond what an amount may be.
    return misplaced.write(f"about {written(number)}", _ESTIMATED if isinstance(plain_value(text), str) else _ANY_AMOUNT)


_ESTIMATED = "an estimate is written as `about 5`, with one number and no unit"
_ANY_AMOUNT = f"an estimate has a number from 0 to 1,000,000,000, with at most {MOST_DIGITS} digits"
_TWO_NUMBERS = re.compile(r"[.,]?[0-9]+(?:[.,][0-9]+)*[.,]?\s*(?:-|\u2013|\.\.+|to|bis|or)\s*[.,]?[0-9]+(?:[.,][0-9]+)*[.,]?")
_MEGAPIXEL = re.compile(r"(?:1\s*)?(?:mp|mpx|mpix|mega-?pixels?|millions?)", re.IGNORECASE)
_ESTIMATE = re.compile(r"(?:about|around|roughly|approx(?:imately|\.)?|circa|ca\.?|[~\u2248]):?\s*(.*)", re.IGNORECASE)


def _with_unit(misplaced: MisplacedValue, text: str, accepted: set[Any]) -> Help:
    if _TWO_NUMBERS.fullmatch(text):
        estimate = "; an estimate is `about` with one number" if str in accepted and is_price(misplaced.path) else ""
        return explain(f"it takes one number, but this has two{estimate}")
    return explain(f"write a number without a unit, such as {1000000 if Decimal not in accepted else 5}")


def _any_number(misplaced: MisplacedValue, accepted: set[Any]) -> str:
    if Decimal not in accepted:
        return "write a whole number, such as 1"
    if not is_price(misplaced.path):
        return "write a number, such as 5"
    return "write a number, such as 5, or `about 5` for an estimate; 0 is free, and `unknown` is a price that is not stated"


def why_no_number(text: str, accepted: set[Any], *, price: bool) -> str | None:
    """Return why a text with a number in it is not accepted or is ambiguous, or None."""
    if is_money(text):
        return _in_money(text) if price else "write it without a currency"
    if price and share_in(text) is not None:
        return "a price is a number of credits, not a percentage of another price; write how many credits it costs"
    whole = grouped_in(text) if Decimal in accepted else None
    if whole is not None and len(re.findall("[^0-9]", text)) == 1 and text[-4] in ".,":
        return f"it may be {whole} or {Decimal(text.replace(',', '.')).normalize():f}; write the one you mean, with a point for decimals"
    return None


def _in_money(text: str, before: str = "") -> str:
    """
    Return where the number and the currency of a price such as `$0.03` are written.

    `_shared.yaml` is another file, which may state the currency already.
    """
    number, currency = money_in(text)
    if number is None:
        amount = f"the number alone, {'with 0.01 for a cent' if is_in_cents(text) else 'with a point for decimals'}"
    else:
        amount = f"{before}{number}{', as a cent is 0.01' if is_in_cents(text) else ''}"
    code = f"here `currency: {currency}`" if currency else "such as `currency: USD`"
    return f"write {amount}; `_shared.yaml` says once what prices are in, {code}"


def number_meant(text: str, accepted: set[Any]) -> int | Decimal | None:
    """Return the number that the author of a text most likely intended, or None if the place does not accept it."""
    grouped = grouped_in(text)
    # A single group such as `1,500` is ambiguous where decimals are accepted: it may be 1500 or 1.5.
    if grouped is not None and (Decimal not in accepted or len(re.findall("[^0-9]", text)) > 1 or text[-4] not in ".,"):
        return grouped
    number = share_in(text) if Decimal in accepted else None
    number = number_in(text) if number is None else number
    return number if isinstance(number, int) or Decimal in accepted else None
