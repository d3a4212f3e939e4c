"""
a limit about facts alone without a reason

What: a limit names facts only, or options that are computed from facts only, and has no `because`.
Why: callers pick none of what it names, so no option can be pointed at, and nothing else tells them why they are refused.

Avoid:
    limits: [{only: {prompt_tokens: {max: 480}}}]
Prefer:
    limits: [{only: {prompt_tokens: {max: 480}}, because: the prompt is too long}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import either
from imgrules.refusals.joint_faults import source_options
from imgrules.table.records import Model, Table
from imgrules.table.terms import Limit

CODE = Code("IR270", "limit-of-facts", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each limit without a reason that names nothing which a caller picks."""
    for name, model in table.models.items():
        if not model.facts:
            continue
        unexplained = [
            frozenset(limit.names) for limit in _limits(model) if limit.because is None and _is_of_facts(model, limit)
        ]
        for index, limit in enumerate(rules.models[name].limits or ()):
            named = {*(limit.when or ()), *(limit.only or ()), *(limit.never or ())}
            if limit.because is None and named in unexplained:
                place = Place(("limits", index), file=name)
                message = f"this limit names nothing that a caller picks, only {either(sorted(named))}"
                yield Finding(CODE, message, place, "add `because:` with the sentence that callers read")


def _limits(model: Model) -> Iterable[Limit]:
    return (limit for version in model.versions for limit in version.limits)


def _is_of_facts(model: Model, limit: Limit) -> bool:
    return all(model.options[name].fact for name in source_options(model, limit.names))
