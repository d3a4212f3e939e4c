"""
a limit that has no effect if the width or the height is missing

What: a limit tests the pixels or a side of two numbers, and one of these numbers need not be picked.
Why: without one of the two numbers, the option has no value, and the limit allows any other number.

Avoid:
    width: {number: {max: 4096}, optional: true}
    height: {number: {max: 4096}, optional: true}
    area: {of: [width, height], measure: pixels}     # and `limits: [{only: {area: {max: 4194304}}}]`
Prefer:
    also a limit {when: {width: {not: (none)}}, needs: height}, and the same with width and height exchanged
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import LimitSpec, Measure, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, as_names, source_names
from imgrules.quoting import quoted
from imgrules.table.terms import NONE

CODE = Code("IR261", "unmeasured-limit", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each limit on the pixels or a side of two numbers that need not both be picked."""
    for model, spec in rules.models.items():
        for index, limit in enumerate(spec.limits or ()):
            for key, name in _tested_options(limit):
                sides = _sides(spec, name)
                uncertain = [side for side in sides if not _is_certain(rules, model, side)]
                if uncertain and not _are_there_together(spec, sides):
                    place = Place(("limits", index, key, name), on_key=True, file=model)
                    message = f"{quoted(name)} has no value where {quoted(uncertain[0])} is not picked, and then this limit has no effect"
                    pairs = ((next(other for other in sides if other != side), side) for side in uncertain)
                    limits = [f"{{when: {{{other}: {{not: {NONE}}}}}, needs: {side}}}" for other, side in pairs]
                    yield Finding(
                        CODE, message, place, f"add {'a limit' if len(limits) == 1 else 'limits'}: {', '.join(limits)}"
                    )


def _tested_options(limit: LimitSpec) -> Iterator[tuple[str, str]]:
    yield from (("only", option) for option in limit.only or ())
    yield from (("never", option) for option in limit.never or ())


def _sides(spec: ModelSpec, name: str) -> tuple[str, ...]:
    """Return the two numbers that are the sides for an option, or an empty tuple."""
    option = spec.options.get(name)
    sides = source_names(option) if option is not None and option.measure != Measure.TOTAL else ()
    return sides if len(set(sides)) > 1 else ()


def _are_there_together(spec: ModelSpec, sides: tuple[str, ...]) -> bool:
    """Whether the sides exist under one condition, and each has a value there: it has to be picked, or has a default."""
    options = [spec.options[side] for side in sides if side in spec.options]
    return not any(option.optional or option.when != options[0].when for option in options)


def _is_certain(rules: RuleSet, model: str, name: str) -> bool:
    """
    Whether a number needs no warning: every selection has it, or some limit requires it, so that its author knows of the case.

    A number that a limit ignores counts as present: its author has decided that it limits nothing there.
    """
    known = known_options_of_model(rules, model).get(name)
    if known is None or not (known.option.optional or known.option.when):
        return True
    return any(name in as_names(limit.needs) for limit in rules.models[model].limits or ())
