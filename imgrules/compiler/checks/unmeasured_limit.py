"""
a limit that has no effect where a side is missing

What: a limit is about `pixels` of two numbers, one of which is optional.
Why: without that side there are no pixels, so the limit holds whatever the other side is.

Avoid:
    width: {number: {max: 4096}, optional: true}
    height: {number: {max: 4096}, optional: true}
    area: {pixels: [width, height]}          # and `limits: [{only: {area: {max: 4194304}}}]`
Prefer:
    a limit besides: {when: {width: {given: true}}, needs: height}, and the same for height
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.terms import names
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import LimitSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted

CODE = Code("IR261", "unmeasured-limit", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find limits on the pixels of two numbers that need not both be picked."""
    for model, spec in rules.models.items():
        for at, limit in enumerate(spec.limits or ()):
            for key, name in _asked(limit):
                free = [each for each in _sides(spec, name) if not _is_certain(spec, each)]
                if free:
                    place = Place(("limits", at, key, name), on_key=True, file=model)
                    message = (
                        f"{quoted(name)} has no value where {quoted(free[0])} is not picked, and then this limit has no effect"
                    )
                    other = next(each for each in _sides(spec, name) if each != free[0])
                    hint = f"add a limit: {{when: {{{other}: {{given: true}}}}, needs: {free[0]}}}"
                    yield Finding(CODE, message, place, hint)


def _asked(limit: LimitSpec) -> Iterator[tuple[str, str]]:
    yield from (("only", each) for each in limit.only or ())
    yield from (("never", each) for each in limit.never or ())


def _sides(spec: ModelSpec, name: str) -> tuple[str, ...]:
    """Return the two numbers that an option is the pixels of, or nothing."""
    option = spec.options.get(name)
    sides = names(option.pixels) if option is not None else ()
    return sides if len(set(sides)) > 1 else ()


def _is_certain(spec: ModelSpec, name: str) -> bool:
    """Whether a number is always there, or is asked for by some limit, which the author has thought about."""
    option = spec.options.get(name)
    if option is None or (not option.optional and option.when is None):
        return True
    return any(name in names(each.needs) for each in spec.limits or ())
