"""
a limit that rules nothing out

What: a limit says none of `only`, `never`, `needs`, `excludes` and `ignores`, or two of them, or is kept anyway.
Why: whoever wrote it meant to rule something out, and callers can still pick it.

Avoid:
    limits: [{when: {resolution: 4K}, because: 4K is wide or tall}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: ["16:9", "9:16"]}, because: 4K is wide or tall}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from imgrules.compiler.combinations import MOST, are_held, combinations, count, skeleton
from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.eras import Era
from imgrules.compiler.meaning import limits
from imgrules.compiler.reach import covers, misses
from imgrules.compiler.rule_set import RuleSet, values_of
from imgrules.compiler.shared_spec import TypeSpec
from imgrules.compiler.spec import LimitSpec, ModelSpec
from imgrules.engine.picks import keeps

CODE = Code("IR221", "idle-limit", Severity.ERROR, __doc__)

SAYS = ("only", "never", "needs", "excludes", "ignores")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find limits that are not sayable or not felt."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        for at, limit in enumerate(spec.limits or ()):
            place = Place(("limits", at), file=model)
            if sum(getattr(limit, each) is not None for each in SAYS) != 1:
                hint = "say what has to hold, or what cannot be"
                yield Finding(CODE, "a limit says one of `only`, `never`, `needs`, `excludes` and `ignores`", place, hint)
            elif _is_kept_by_numbers(spec, limit):
                hint = "delete it, or name what it rules out"
                yield Finding(CODE, "no number that can be picked breaks this limit", place, hint)
            elif kind is not None and _is_about(spec, limit) and _is_idle(model, spec, limit, kind):
                yield Finding(CODE, "this limit rules nothing out", place, "delete it, or name what it rules out")


def _is_kept_by_numbers(spec: ModelSpec, limit: LimitSpec) -> bool:
    """Answer whether the bounds of numbers keep a limit already."""
    idle, only = ((limit.when or {}).items(), (limit.never or {}).items()), (limit.only or {}).items()
    never = any(misses(spec, *each) for some in idle for each in some)
    return (never and limit.ignores is None) or (bool(only) and all(covers(spec, *each) for each in only))


def _is_about(spec: ModelSpec, limit: LimitSpec) -> bool:
    """Answer whether a limit names only what is there; what it names besides is told by another check."""
    named = [(name, each) for one in limits(spec.model_copy(update={"limits": [limit]})) for name, each in _tested(one)]
    return all(name in spec.options and set(each) <= set(values_of(spec.options[name])) for name, each in named)


def _tested(limit: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    return ((each.name, (*each.any, *each.none)) for each in (*limit.when, *limit.only, *limit.never))


def _is_idle(model: str, spec: ModelSpec, limit: LimitSpec, kind: TypeSpec) -> bool:
    alone = spec.model_copy(update={"limits": None, "body": None, "model": ""})
    whole = skeleton(model, Era(None, alone, None, {each: {} for each in spec.options}), kind)
    meant = list(limits(spec.model_copy(update={"limits": [limit]})))
    if not meant or count(spec) > MOST or not all(are_held(each.names, whole) for each in meant):
        return False
    return all(keeps(each, picked, whole) for picked in combinations(replace(whole, limits=()), alone) for each in meant)
