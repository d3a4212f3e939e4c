"""Which numbers a model can reach, and which option the rows of a table are of: what several checks have to know."""

from __future__ import annotations

from decimal import Decimal

from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import values_of
from imgrules.compiler.spec.types import TableSpec, TestSpec


def reach_of(spec: ModelSpec, name: str) -> tuple[int | Decimal, int | Decimal] | None:
    """Return the bounds of a number, of a list or of a total of them, or None where they are not plain."""
    option = spec.options.get(name)
    if option is not None and option.number is not None:
        least, most = option.number.min, option.number.max
        return None if least is None or most is None else (least, most)
    if option is None or option.many is not None:
        # A list that is not picked has length 0.
        return None if option is None or option.many is None or option.many.max is None else (0, option.many.max)
    ends = [reach_of(spec, each) for each in option.total or () if each not in (name, *_totals(spec))]
    known = [each for each in ends if each is not None]
    if not known or len(known) < len(option.total or ()):
        return None
    # What is not picked counts as 0.
    return sum(min(low, 0) for low, _ in known), sum(max(high, 0) for _, high in known)


def _totals(spec: ModelSpec) -> list[str]:
    return [name for name, each in spec.options.items() if each.total is not None]


def misses(spec: ModelSpec, name: str, said: object) -> tuple[int | Decimal, int | Decimal] | None:
    """Return the bounds of a number, where the range that is asked of it lies beyond them."""
    reach = reach_of(spec, name)
    if reach is None or not isinstance(said, TestSpec) or None not in (said.min, said.max):
        return None  # of bounds that cross each other another check tells
    above = said.min is not None and said.min > reach[1]
    return reach if above or (said.max is not None and said.max < reach[0]) else None


def covers(spec: ModelSpec, name: str, said: object) -> bool:
    """Return whether the range that is asked of a number holds whatever it can be."""
    reach = reach_of(spec, name)
    if reach is None or not isinstance(said, TestSpec) or said.min is said.max is None:
        return False
    return (said.min is None or said.min <= reach[0]) and (said.max is None or reach[1] <= said.max)


def is_turned(spec: ModelSpec, table: TableSpec) -> bool:
    """Return whether the rows of a table are values of the second option, and none is of the first."""
    rows = set(getattr(table, "table", {}))
    known = [{*values_of(spec.options[name])} for name in table.by if name in spec.options]
    return bool(rows) and len(known) == len(table.by) and rows <= known[-1] - known[0]
