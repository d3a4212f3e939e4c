"""The levels and thresholds of `--fail-on`: which changes make a comparison fail."""

from __future__ import annotations

import argparse
import re
from decimal import Decimal

from imgrules.table.record_base import record
from imgrules.views.diff.diff_records import DiffFinding, Level

_PRICE = re.compile(r"price(?:(?P<sign>[:><])(?P<least>[+-]?[0-9]{1,6}(?:\.[0-9]{1,4})?) ?%?)?")


@record
class Threshold:
    """
    A level that fails; a price only if it rises by at least `least` per cent, or falls by that where it is negative.

    With `strict`, a change of exactly `least` does not fail.
    """

    level: Level
    least: Decimal | None = None
    strict: bool = False


def fail_on(text: str) -> tuple[Threshold, ...]:
    """
    Return the thresholds of a text such as `breaking,risky,price:+10%,price:-10%`; `none` is no threshold.

    Raises:
        argparse.ArgumentTypeError: the text has a word that is no level.

    """
    words = [word.strip() for word in text.split(",")]
    if "none" in words and len(words) > 1:
        raise argparse.ArgumentTypeError(f"'none' stands alone, and here it stands in {text!r}")
    return () if words == ["none"] else tuple(map(_threshold, words))


def _threshold(word: str) -> Threshold:
    if word in {level.value for level in Level}:
        return Threshold(Level(word))
    match = _PRICE.fullmatch(word)
    if match is None or match["sign"] is None:
        levels = ", ".join(Level)
        raise argparse.ArgumentTypeError(f"{word!r} is no level; write some of {levels}, or a price such as price:+10%")
    least = Decimal(match["least"])
    if not least or (match["sign"] == "<" and least > 0):
        raise argparse.ArgumentTypeError(f"{word!r} is no threshold; write price:+10%, price:-10%, or price for any change")
    return Threshold(Level.PRICE, least, strict=match["sign"] != ":")


def is_met(thresholds: tuple[Threshold, ...], finding: DiffFinding) -> bool:
    """Whether a finding that nobody accepted is of one of the levels, and beyond its threshold."""
    return finding.accepted is None and any(_meets(threshold, finding) for threshold in thresholds)


def _meets(threshold: Threshold, finding: DiffFinding) -> bool:
    if finding.level is not threshold.level:
        return False
    if threshold.least is None:
        return True
    return _is_beyond(threshold.least, finding, strict=threshold.strict)


def _is_beyond(least: Decimal, finding: DiffFinding, *, strict: bool) -> bool:
    """Whether a price changes by as much; one that changes by no number of per cent, such as from 0, always does so."""
    if finding.id in {"price-raised", "price-lowered"} and (finding.id == "price-raised") != (least > 0):
        return False
    change = finding.most if least > 0 else finding.least
    if change is None or _has_no_percent(finding):
        return True
    if least > 0:
        return change > least or (change == least and not strict)
    return change < least or (change == least and not strict)


def _has_no_percent(finding: DiffFinding) -> bool:
    olds = finding.old if isinstance(finding.old, list) else [finding.old]
    return any(old is None or old == 0 for old in olds)
