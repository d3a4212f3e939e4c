"""
a retired model or value without a valid replacement

What: `use` names a model or a value that does not exist, that is the retired one itself, or that is retired by then.
Why: callers are told to use it instead, and would be refused again.

Avoid:
    old: {retired: {on: "2026-12-01", use: nwe}}
    new: {}
Prefer:
    old: {retired: {on: "2026-12-01", use: new}}
    new: {}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, as_told
from imgrules.compiler.report.helps import Help, delete, explain, meant
from imgrules.compiler.spec.model import LimitedSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, moment_of
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR233", "unknown-use", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find stand-ins that cannot stand in."""
    models: dict[str, LimitedSpec | None] = {**dict.fromkeys(sorted(rules.files)), **rules.models}
    for model, spec in rules.models.items():
        yield from as_told(_of_model(model, spec, models))


def _of_model(model: str, spec: ModelSpec, models: Mapping[str, LimitedSpec | None]) -> Iterator[Finding]:
    yield from _stand_in(model, spec, Place((), file=model), models)
    for option, each in spec.options.items():
        values = details_of(each)
        for value, said in values.items():
            if said.retired is not None:
                yield from _stand_in(value, said, Place(("options", option, "values", value), file=model), values)


def _stand_in(name: str, said: LimitedSpec, at: Place, known: Mapping[str, LimitedSpec | None]) -> Iterator[Finding]:
    if said.retired is None or said.retired.use is None:
        return
    use, place = said.retired.use, Place((*at.path, "retired", "use"), file=at.file)
    if use == name:
        yield Finding(CODE, f"{quoted(use)} cannot replace itself", place, *_another(name, known, place))
    elif use not in known:
        # Looked for among all names, so that these are compared as one set, whichever of them it stands at.
        near = nearest(use, known)
        help_ = meant(near, "") if near and near != name else _another(name, known, place)
        yield Finding(CODE, f"there is no {'value' if at.path else 'model'} {quoted(use)}", place, *help_)
    elif _is_gone(known[use], said.retired.on):
        yield Finding(
            CODE, f"{quoted(use)} is itself not available by then", place, "name one that is available longer, or delete `use:`"
        )


def _another(name: str, known: Mapping[str, LimitedSpec | None], place: Place) -> Help:
    others = [each for each in known if each != name]
    return explain(f"name another one: {either(others)}") if others else delete(place, "`use:`")


def _is_gone(other: LimitedSpec | None, on: str) -> bool:
    at = moment_of(on)
    ends = [] if other is None else [other.until, other.retired.on if other.retired else None]
    return at is not None and any(over is not None and over <= at for over in map(moment_of, ends))
