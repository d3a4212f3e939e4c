"""
`(none)` where it decides nothing

What: `only` asks that an option is not `(none)`, or a condition asks for `(none)` of an option that always has a value.
Why: `only` says nothing of what is not there, so the first rules nothing out; and the second never holds.

Avoid:
    limits: [{when: {mode: edit}, only: {mask: {not: (none)}}}]
Prefer:
    limits: [{when: {mode: edit}, needs: mask}]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.nothing_hints import to_lack, to_need
from imgrules.compiler.spec.rule_set import RuleSet, as_values, conditions, is_listed
from imgrules.compiler.spec.types import TestSpec
from imgrules.quoting import quoted
from imgrules.table.terms import NONE

CODE = Code("IR275", "idle-none", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each `(none)` in a condition that decides nothing."""
    for model, spec in rules.models.items():
        for path, condition in conditions(spec):
            for name, expected in condition.items():
                if name in spec.options:
                    yield from _finding(rules, model, (*path, name), expected)


def _finding(rules: RuleSet, model: str, path: Path, expected: object) -> Iterator[Finding]:
    name, place = str(path[-1]), Place(path, on_key=True, file=model)
    if isinstance(expected, TestSpec):
        if path[-2] == "only" and NONE in as_values(expected.not_):
            message = f"`only` says nothing of {quoted(name)} where it has no value, so `not: {NONE}` has no effect"
            yield Finding(CODE, message, place, to_need(rules.models[model], name))
    elif _never_holds(rules, model, path, expected):
        message = f"{quoted(name)} always has a value, so it is never `{NONE}`"
        yield Finding(CODE, message, place, f"delete it{to_lack(rules.models[model], name, path)}")


def _never_holds(rules: RuleSet, model: str, path: Path, expected: object) -> bool:
    """Whether a condition asks for `(none)` of an option that always has a value, and no other check finds it without effect."""
    name, spec = str(path[-1]), rules.models[model]
    is_found_elsewhere = path[0] == "limits" and path[-2] != "only" and is_listed(spec.options[name])
    return (
        NONE in as_values(expected) and not is_found_elsewhere and not known_options_of_model(rules, model)[name].may_be_nothing
    )
