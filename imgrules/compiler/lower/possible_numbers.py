"""The numbers that an option may be: closed intervals with a step between neighbouring numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal

from imgrules.table.exact import written
from imgrules.table.measures import MOST, limits
from imgrules.table.record_base import record
from imgrules.table.terms import Number, Numbers

FINEST = Decimal("1E-18")
"""The step of a number with `step: any`: smaller than any difference between two numbers in a rule file."""


@record
class PossibleNumbers:
    """Closed intervals of numbers, in ascending order; only `base` plus or minus whole multiples of `step` are possible."""

    intervals: tuple[tuple[Number, Number], ...]
    step: Number = 1
    base: Number = 0

    @property
    def least(self) -> Number:
        """Return the smallest of the numbers; `-MOST` where no minimum is stated."""
        return self.intervals[0][0]

    @property
    def greatest(self) -> Number:
        """Return the greatest of the numbers; `MOST` where no maximum is stated."""
        return self.intervals[-1][1]

    @property
    def are_whole(self) -> bool:
        """Whether they are whole numbers."""
        return self.step == int(self.step) and self.base == int(self.base)

    def first_from(self, least: Number) -> Number | None:
        """Return the smallest possible number that is at least `least`, or None if there is none."""
        for low, high in self.intervals:
            start = max(low, least)
            number = start if start == low else self.base + rounded_up((Decimal(start) - self.base) / self.step) * self.step
            if number <= high:
                return number
        return None

    def last_below(self, least: Number) -> Number:
        """Return the greatest possible number below `least`, which is a possible number itself."""
        return max(min(high, least - self.step) for low, high in self.intervals if low < least)

    def has_any_in(self, least: Number | None, most: Number | None) -> bool:
        """Whether a possible number lies in a closed range; None is no bound."""
        first = self.first_from(-MOST if least is None else least)
        return first is not None and (most is None or first <= most)

    def lie_in(self, least: Number | None, most: Number | None) -> bool:
        """Whether all possible numbers lie in a closed range; None is no bound."""
        return (least is None or least <= self.least) and (most is None or self.greatest <= most)

    def lie_outside(self, least: Number | None, most: Number | None) -> bool:
        """Whether all possible numbers lie below a closed range, or all above it; None is no bound."""
        return (least is not None and self.greatest < least) or (most is not None and most < self.least)


def of_number(bounds: Numbers) -> PossibleNumbers | None:
    """Return the possible numbers of a number rule, or None if its minimum is above its maximum."""
    low, high = limits(bounds)
    step = FINEST if bounds.step is None else bounds.step
    return PossibleNumbers(((low, high),), step, bounds.min or 0) if low <= high else None


def of_lengths(bounds: Numbers, *, may_be_absent: bool) -> PossibleNumbers | None:
    """Return the possible lengths of a list, or None if its minimum is above its maximum; an absent list has length 0."""
    least, most = limits(bounds)
    absent = ((0, 0),) if least > 0 and may_be_absent else ()
    return PossibleNumbers((*absent, (least, most))) if least <= most else None


def of_total(summands: Iterable[tuple[PossibleNumbers, bool]]) -> PossibleNumbers:
    """Return the possible sums of several numbers, each with whether it may be absent; an absent one counts as 0."""
    least: Number = 0
    most: Number = 0
    whole = True
    for numbers, may_be_absent in summands:
        least += min(0, numbers.least) if may_be_absent else numbers.least
        most += max(0, numbers.greatest) if may_be_absent else numbers.greatest
        whole = whole and numbers.are_whole
    return PossibleNumbers(((max(least, -MOST), min(most, MOST)),), 1 if whole else FINEST)


def rounded_up(number: Decimal) -> int:
    """Return a number rounded up to a whole number."""
    return int(number.to_integral_value(ROUND_CEILING))


def range_text(least: Number, greatest: Number) -> str:
    """Return a phrase for a closed range, such as `1 to 4`, `3` or `at least 2`."""
    if least == greatest:
        return written(least)
    if least > -MOST and greatest < MOST:
        return f"{least} to {greatest}"
    return f"at least {least}" if least > -MOST else f"at most {greatest}" if greatest < MOST else "any number"
