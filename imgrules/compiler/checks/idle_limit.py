"""
a limit that rules nothing out

What: a limit says neither `only` nor `never`, or both, or every combination keeps it anyway.
Why: whoever wrote it meant to rule something out, and callers can still pick it.

Avoid:
    limits: [{when: {resolution: 4K}, because: 4K is wide or tall}]
Prefer:
    limits: [{when: {resolution: 4K}, only: {ratio: ["16:9", "9:16"]}, because: 4K is wide or tall}]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from imgrules.compiler.combinations import MOST, count, keeps
from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet, any_of, values_of
from imgrules.compiler.spec import LimitSpec, ModelSpec

CODE = Code("IR221", "idle-limit", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find limits that are not sayable or not felt."""
    for model, spec in rules.models.items():
        for at, limit in enumerate(spec.limits or ()):
            place = Place(("limits", at), file=model)
            if (limit.only is None) == (limit.never is None):
                yield Finding(CODE, "a limit says either `only` or `never`", place, "say what has to hold, or what cannot be")
            elif _is_about(spec, limit) and count(spec) <= MOST and all(keeps(limit, picked) for picked in _all(spec)):
                yield Finding(CODE, "this limit rules nothing out", place, "delete it, or name what it rules out")


def _is_about(spec: ModelSpec, limit: LimitSpec) -> bool:
    """Answer whether a limit names only what is there; what it names besides is told by another check."""
    named = ((option, each) for part in (limit.when, limit.only, limit.never) for option, each in any_of(part or {}).items())
    return all(option in spec.options and set(each) <= set(values_of(spec.options[option])) for option, each in named)


def _all(spec: ModelSpec) -> Iterator[dict[str, str]]:
    values = product(*(values_of(each) for each in spec.options.values()))
    return (dict(zip(spec.options, each, strict=True)) for each in values)
