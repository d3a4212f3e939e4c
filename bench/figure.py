"""A goal, with what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """One row: what is measured, its goal as a maximum or a minimum, and the measured values, of which the median counts."""

    case: str
    target: float | None
    values: tuple[float, ...]
    unit: str = ""
    at_least: bool = False

    @property
    def measured(self) -> float:
        """The median of the values."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles of the values."""
        if len(self.values) == 1:
            return self.values[0], self.values[0]
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached, or None without a goal."""
        if self.target is None:
            return None
        return self.measured >= self.target if self.at_least else self.measured <= self.target
