"""A figure to reach, with what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """One row: what is measured, what it should be at most (or at least), and what it is: the median of all values."""

    case: str
    target: float | None
    values: tuple[float, ...]
    unit: str = ""
    at_least: bool = False

    @property
    def measured(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles around it."""
        if len(self.values) == 1:
            return self.values[0], self.values[0]
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high

    @property
    def reached(self) -> bool | None:
        """Whether it is as it should be, or None where no number is asked for."""
        if self.target is None:
            return None
        return self.measured >= self.target if self.at_least else self.measured <= self.target
