"""
a limit that rules nothing out

What: a limit has none of `only`, `never`, `needs`, `excludes` and `ignores`, or two of them, or no selection breaks it.
Why: the author meant to rule something out, but callers can still pick it.

Avoid:
    limits: [{when: {resolution: 4K}, because: 4K is wide or tall}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: ["16:9", "9:16"]}, because: 4K is wide or tall}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from imgrules.compiler.lower.combinations import are_held, count, grid_of, skeleton, sold
from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.periods import Era
from imgrules.compiler.lower.ranges import covers, misses
from imgrules.compiler.lower.terms import limits_of
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import LimitSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, values_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.table.caps import MOST_COMBINATIONS
from imgrules.table.records import Model
from imgrules.table.terms import Limit

CODE = Code("IR221", "ineffective-limit", Severity.ERROR, __doc__)

SAYS = ("only", "never", "needs", "excludes", "ignores")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find limits that are not sayable or not felt."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        ground = _Ground(model, spec, kind) if spec.limits and kind is not None else None
        for at, limit in enumerate(spec.limits or ()):
            place = Place(("limits", at), file=model)
            if sum(getattr(limit, each) is not None for each in SAYS) != 1:
                hint = "keep or add exactly one of them"
                yield Finding(
                    CODE, "a limit has exactly one of `only`, `never`, `needs`, `excludes` and `ignores`", place, hint
                )
            elif _is_kept_by_numbers(spec, limit):
                hint = "delete it, or name what it should rule out"
                yield Finding(CODE, "no number that can be picked breaks this limit", place, hint)
            elif ground is not None and ground.is_idle(limit):
                yield Finding(CODE, "this limit rules nothing out", place, "delete it, or name what it should rule out")


def _is_kept_by_numbers(spec: ModelSpec, limit: LimitSpec) -> bool:
    """Return whether the bounds of numbers keep a limit already."""
    idle, only = ((limit.when or {}).items(), (limit.never or {}).items()), (limit.only or {}).items()
    never = any(misses(spec, *each) for some in idle for each in some)
    return (never and limit.ignores is None) or (bool(only) and all(covers(spec, *each) for each in only))


class _Ground:
    """What limits rule combinations out of: all of them, as if there were no limit, made when the first limit is looked at."""

    def __init__(self, model: str, spec: ModelSpec, kind: TypeSpec) -> None:
        self._name, self._spec, self._kind = model, spec, kind
        self._values = {name: frozenset(values_of(each)) for name, each in spec.options.items()}

    def is_idle(self, limit: LimitSpec) -> bool:
        """Whether no combination breaks a limit, all of whose options are listed."""
        meant = list(limits_of(limit))
        if not meant or not all(map(self._is_about, meant)) or self._is_large:
            return False
        model, grid, rest = self._whole
        return all(are_held(each.names, model) for each in meant) and not any(grid.breaking(each) & rest for each in meant)

    def _is_about(self, limit: Limit) -> bool:
        """Whether a limit names only what is there; what it names besides is told by another check."""
        tests = (*limit.when, *limit.only, *limit.never)
        named = all(each in self._values for each in limit.needs)
        known = all(each.name in self._values and self._values[each.name].issuperset((*each.any, *each.none)) for each in tests)
        return named and known

    @cached_property
    def _is_large(self) -> bool:
        return count(self._spec) > MOST_COMBINATIONS

    @cached_property
    def _whole(self) -> tuple[Model, Grid, Bits]:
        alone = self._spec.model_copy(update={"limits": None, "body": None, "model": ""})
        era = Era(None, alone, None, {each: {} for each in self._spec.options})
        model = replace(skeleton(self._name, era, self._kind), limits=())
        grid = grid_of(model)
        return model, grid, sold(grid, model, alone)
