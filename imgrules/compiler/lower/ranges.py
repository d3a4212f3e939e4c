"""Whether a test can hold for the numbers that an option may be, and whether the rows of a table belong to another option."""

from __future__ import annotations

from imgrules.compiler.lower.facts import OptionFacts
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import values_of
from imgrules.compiler.spec.types import TableSpec, TestSpec


def is_never_in_range(facts: OptionFacts | None, test: object) -> bool:
    """Whether no possible number of an option lies in the range of a test; false if unknown or if the bounds are crossed."""
    if facts is None or facts.numbers is None or not isinstance(test, TestSpec):
        return False
    if test.min is not None and test.max is not None and test.min > test.max:
        return False  # another check reports crossed bounds
    return facts.numbers.lie_outside(test.min, test.max)


def is_always_in_range(facts: OptionFacts | None, test: object) -> bool:
    """Whether the range of a test contains every number that an option may be; false if that is unknown."""
    if facts is None or facts.numbers is None or not isinstance(test, TestSpec) or test.min is test.max is None:
        return False
    return facts.numbers.lie_in(test.min, test.max)


def is_transposed(spec: ModelSpec, table: TableSpec) -> bool:
    """Whether all row keys of a table are values of its second option, and none is a value of its first."""
    rows = set(getattr(table, "table", {}))
    values = [{*values_of(spec.options[name])} for name in table.by if name in spec.options]
    return bool(rows) and len(values) == len(table.by) and rows <= values[-1] - values[0]
