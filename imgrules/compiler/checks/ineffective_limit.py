"""
a limit that rules nothing out

What: a limit has none or more than one of `only`, `never`, `needs` and `ignores`, or no selection breaks it.
Why: the author meant to rule something out, but callers can still pick it.

Avoid:
    limits: [{when: {resolution: 4K}, because: 4K is wide or tall}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: ["16:9", "9:16"]}, because: 4K is wide or tall}]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from imgrules.compiler.lower.combinations import are_axes, count, grid_of, most_combinations, skeleton, sold
from imgrules.compiler.lower.convert import limit_of
from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.periods import Period
from imgrules.compiler.lower.ranges import is_always_in_range, is_never_in_range
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import LimitSpec
from imgrules.compiler.spec.rule_set import RuleSet, values_of
from imgrules.quoting import either, quoted
from imgrules.table.caps import MOST_COMBINATIONS
from imgrules.table.record_base import replace
from imgrules.table.records import Model
from imgrules.table.terms import Limit

CODE = Code("IR221", "ineffective-limit", Severity.ERROR, __doc__)

CLAUSES = ("only", "never", "needs", "ignores")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each limit that has none or several of `CLAUSES`, and for each that no selection can break."""
    for model, spec in rules.models.items():
        unlimited = _Unlimited(rules, model) if spec.limits else None
        for index, limit in enumerate(spec.limits or ()):
            place = Place(("limits", index), file=model)
            clauses = [key for key in CLAUSES if getattr(limit, key) is not None]
            if len(clauses) != 1:
                shown = " and ".join(map(quoted, clauses))
                message = f"this limit has {shown} together" if clauses else "this limit does not say what it rules out"
                hint = "keep only one of them" if clauses else f"add one of {either(CLAUSES)}"
                yield Finding(CODE, message, place, hint)
            elif _is_kept_by_numbers(rules, model, limit):
                hint = "delete it, or name what it should rule out"
                yield Finding(CODE, "no number that can be picked breaks this limit", place, hint)
            elif unlimited is not None and unlimited.rules_nothing_out(limit):
                yield Finding(CODE, "this limit rules nothing out", place, "delete it, or name what it should rule out")


def _is_kept_by_numbers(rules: RuleSet, model: str, limit: LimitSpec) -> bool:
    """Whether every number that can be picked satisfies a limit, so that the limit has no effect."""
    clauses, only = ((limit.when or {}).items(), (limit.never or {}).items()), (limit.only or {}).items()
    never_holds = any(is_never_in_range(rules, model, name, test) for clause in clauses for name, test in clause)
    return (never_holds and limit.ignores is None) or (
        bool(only) and all(is_always_in_range(rules, model, name, test) for name, test in only)
    )


class _Unlimited:
    """All combinations of a model without its limits; lazily computed, and cached for all limits of the model."""

    def __init__(self, rules: RuleSet, model: str) -> None:
        self._rules, self._name, self._spec = rules, model, rules.models[model]
        self._values = {name: frozenset(values_of(option)) for name, option in self._spec.options.items()}

    def rules_nothing_out(self, limit: LimitSpec) -> bool:
        """Whether a limit tests only listed options, and no combination breaks it; false beyond the cap of combinations."""
        lowered = limit_of(limit)
        if limit.ignores is not None or not self._is_about_known_options(lowered) or self._is_large:
            return False
        model, grid, sold_rows = self._grid_without_limits
        return are_axes(lowered.names, model) and not grid.breaking(lowered) & sold_rows

    def _is_about_known_options(self, limit: Limit) -> bool:
        """Whether a limit names only options and values that exist; another check reports the others."""
        tests = (*limit.when, *limit.only, *limit.never)
        names_known = all(name in self._values for name in limit.needs)
        tests_known = all(
            test.name in self._values and {*test.any, *test.none} <= {*self._values[test.name], None} for test in tests
        )
        return names_known and tests_known

    @cached_property
    def _is_large(self) -> bool:
        if most_combinations(self._spec) <= MOST_COMBINATIONS:
            return False
        return count(known_options_of_model(self._rules, self._name)) > MOST_COMBINATIONS

    @cached_property
    def _grid_without_limits(self) -> tuple[Model, Grid, Bits]:
        unlimited = self._spec.model_copy(update={"limits": None, "body": None, "model": ""})
        period = Period(None, unlimited, None, {name: {} for name in self._spec.options})
        model = replace(skeleton(self._name, period), limits=())
        grid = grid_of(model)
        return model, grid, sold(grid, model, unlimited)
