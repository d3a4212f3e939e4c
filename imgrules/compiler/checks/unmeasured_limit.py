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

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import LimitSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, as_names
from imgrules.quoting import quoted

CODE = Code("IR261", "unmeasured-limit", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find limits on the pixels of two numbers that need not both be picked."""
    for model, spec in rules.models.items():
        for index, limit in enumerate(spec.limits or ()):
            for key, name in _tested_options(limit):
                uncertain = [side for side in _sides(spec, name) if not _is_certain(spec, side)]
                if uncertain:
                    place = Place(("limits", index, key, name), on_key=True, file=model)
                    message = f"{quoted(name)} has no value where {quoted(uncertain[0])} is not picked, and then this limit has no effect"
                    other = next(side for side in _sides(spec, name) if side != uncertain[0])
                    hint = f"add a limit: {{when: {{{other}: {{given: true}}}}, needs: {uncertain[0]}}}"
                    yield Finding(CODE, message, place, hint)


def _tested_options(limit: LimitSpec) -> Iterator[tuple[str, str]]:
    yield from (("only", option) for option in limit.only or ())
    yield from (("never", option) for option in limit.never or ())


def _sides(spec: ModelSpec, name: str) -> tuple[str, ...]:
    """Return the two numbers whose product an option is, or an empty tuple."""
    option = spec.options.get(name)
    sides = as_names(option.pixels) if option is not None else ()
    return sides if len(set(sides)) > 1 else ()


def _is_certain(spec: ModelSpec, name: str) -> bool:
    """Whether a number is always present, or some limit requires it, so that the author has thought about it."""
    option = spec.options.get(name)
    if option is None or (not option.optional and option.when is None):
        return True
    return any(name in as_names(limit.needs) for limit in spec.limits or ())
