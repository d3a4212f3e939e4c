"""The numbers that an option can be, and tables whose rows are values of the wrong option, for several checks."""

from __future__ import annotations

from decimal import Decimal

from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import values_of
from imgrules.compiler.spec.types import TableSpec, TestSpec


def bounds_of(spec: ModelSpec, name: str) -> tuple[int | Decimal, int | Decimal] | None:
    """Return the least and greatest value of a number, of the length of a list or of a total, or None if not all are stated."""
    option = spec.options.get(name)
    if option is not None and option.number is not None:
        least, most = option.number.min, option.number.max
        return None if least is None or most is None else (least, most)
    if option is None or option.many is not None:
        # A list that is not picked has length 0.
        return None if option is None or option.many is None or option.many.max is None else (0, option.many.max)
    bounds = [bounds_of(spec, part) for part in option.total or () if part not in (name, *_totals(spec))]
    stated = [pair for pair in bounds if pair is not None]
    if not stated or len(stated) < len(option.total or ()):
        return None
    # What is not picked counts as 0.
    return sum(min(low, 0) for low, _ in stated), sum(max(high, 0) for _, high in stated)


def _totals(spec: ModelSpec) -> list[str]:
    return [name for name, option in spec.options.items() if option.total is not None]


def bounds_if_disjoint(spec: ModelSpec, name: str, test: object) -> tuple[int | Decimal, int | Decimal] | None:
    """Return the bounds of a number if the range of a test lies outside of them, else None; crossed bounds are not judged."""
    bounds = bounds_of(spec, name)
    if bounds is None or not isinstance(test, TestSpec):
        return None
    if test.min is not None and test.max is not None and test.min > test.max:
        return None  # another check reports it
    above = test.min is not None and test.min > bounds[1]
    return bounds if above or (test.max is not None and test.max < bounds[0]) else None


def always_in_range(spec: ModelSpec, name: str, test: object) -> bool:
    """Whether the range of a test contains everything that a number can be."""
    bounds = bounds_of(spec, name)
    if bounds is None or not isinstance(test, TestSpec) or test.min is test.max is None:
        return False
    return (test.min is None or test.min <= bounds[0]) and (test.max is None or bounds[1] <= test.max)


def is_transposed(spec: ModelSpec, table: TableSpec) -> bool:
    """Whether the rows of a table are values of its second option, and none is a value of its first."""
    rows = set(getattr(table, "table", {}))
    values = [{*values_of(spec.options[name])} for name in table.by if name in spec.options]
    return bool(rows) and len(values) == len(table.by) and rows <= values[-1] - values[0]
