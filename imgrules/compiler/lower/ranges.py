"""Whether a test can hold for the numbers that an option may be, and whether the rows of a table belong to another option."""

from __future__ import annotations

from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.possible_numbers import PossibleNumbers
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, values_of
from imgrules.compiler.spec.tables import TableSpec
from imgrules.compiler.spec.types import TestSpec
from imgrules.table.terms import NONE, OTHER


def is_never_in_range(rules: RuleSet, model: str, option: str, test: object) -> bool:
    """Whether no possible number of an option lies in the range of a test; false if unknown or if the bounds are crossed."""
    numbers = _numbers(rules, model, option, test)
    if numbers is None or not isinstance(test, TestSpec):
        return False
    if test.min is not None and test.max is not None and test.min > test.max:
        return False  # another check reports crossed bounds
    return numbers.lie_outside(test.min, test.max)


def is_always_in_range(rules: RuleSet, model: str, option: str, test: object) -> bool:
    """Whether the range of a test contains every number that an option may be; false if that is unknown."""
    numbers = _numbers(rules, model, option, test)
    return numbers is not None and isinstance(test, TestSpec) and numbers.lie_in(test.min, test.max)


def _numbers(rules: RuleSet, model: str, option: str, test: object) -> PossibleNumbers | None:
    """Return the possible numbers of an option that is compared with a range, or None."""
    if not isinstance(test, TestSpec) or test.min is test.max is None:
        return None
    known = known_options_of_model(rules, model).get(option)
    return None if known is None else known.numbers


def is_transposed(spec: ModelSpec, table: TableSpec) -> bool:
    """Whether all row keys of a table are values of its second option, and none is a value of its first."""
    rows = set(getattr(table, "table", {})) - {NONE, OTHER}
    values = [{*values_of(spec.options[name])} for name in table.by if name in spec.options]
    return bool(rows) and len(values) == len(table.by) and rows <= values[-1] - values[0]
