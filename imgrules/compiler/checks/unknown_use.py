"""
a retired model or value without a valid replacement

What: `use` names a model or a value that does not exist, that is the retired one itself, or that has ended by that day.
Why: a refusal tells callers to use the replacement, and with it they would be refused again.

Avoid:
    old: {retired: {on: "2026-12-01", use: nwe}}
    new: {}
Prefer:
    old: {retired: {on: "2026-12-01", use: new}}
    new: {}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.read.scalars import as_text
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import Help, delete, did_you_mean, explain
from imgrules.compiler.spec.model import LimitedSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, moment_of
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR233", "unknown-use", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each replacement (`use`) that does not exist, has ended by then, or is the retired one itself."""
    models: dict[str, LimitedSpec | None] = {**dict.fromkeys(sorted(rules.files)), **rules.models}
    for model, spec in rules.models.items():
        yield from up_to_the_cap(_of_model(model, spec, models))


def _of_model(model: str, spec: ModelSpec, models: Mapping[str, LimitedSpec | None]) -> Iterator[Finding]:
    yield from _replacement(model, spec, Place((), file=model), models)
    for name, option in spec.options.items():
        values = details_of(option)
        for value, details in values.items():
            if details.retired is not None:
                yield from _replacement(value, details, Place(("options", name, "values", value), file=model), values)


def _replacement(
    name: str, entry: LimitedSpec, owner: Place, candidates: Mapping[str, LimitedSpec | None]
) -> Iterator[Finding]:
    if entry.retired is None or entry.retired.use is None:
        return
    use, place = entry.retired.use, Place((*owner.path, "retired", "use"), file=owner.file)
    if use == name:
        yield Finding(CODE, f"{quoted(use)} cannot replace itself", place, *_another(name, candidates, place))
    elif use not in candidates:
        # Search among all names, so that the suggestion does not depend on the name at which it is written.
        suggestion = nearest(use, candidates)
        help_ = (
            did_you_mean(as_text(suggestion), "") if suggestion and suggestion != name else _another(name, candidates, place)
        )
        yield Finding(CODE, f"there is no {'value' if owner.path else 'model'} {quoted(use)}", place, *help_)
    elif _is_gone(candidates[use], entry.retired.on):
        yield Finding(
            CODE,
            f"{quoted(use)} is not available by then either",
            place,
            "choose one that is available longer, or delete `use:`",
        )


def _another(name: str, candidates: Mapping[str, LimitedSpec | None], place: Place) -> Help:
    others = [candidate for candidate in candidates if candidate != name]
    return explain(f"choose another one: {either(others)}") if others else delete(place, "`use:`")


def _is_gone(other: LimitedSpec | None, on: str) -> bool:
    moment = moment_of(on)
    ends = [] if other is None else [other.until, other.retired.on if other.retired else None]
    return moment is not None and any(end is not None and end <= moment for end in map(moment_of, ends))
