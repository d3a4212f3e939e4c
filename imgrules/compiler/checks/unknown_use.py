"""
a model or value without a valid replacement

What: `use` names a model or a value that does not exist, that is the one that ends itself, or that has ended by that day.
Why: a refusal tells callers to use the replacement, and with it they would be refused again.

Avoid:
    old: {until: "2026-12-01", use: nwe}
    new: {}
Prefer:
    old: {until: "2026-12-01", use: new}
    new: {}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from imgrules.compiler.read.scalars import as_text
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import Help, delete, did_you_mean, explain
from imgrules.compiler.spec.model import LimitedSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, as_names, details_of, moment_of
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR233", "unknown-use", Severity.ERROR, __doc__)

_MOST_NAMES = 1000
"""The most names that are followed to find a circle; a longer one is reported as well, without that word."""

_Candidates: TypeAlias = Mapping[str, LimitedSpec | None]
"""The models of a rule set, or the values of an option, by name; None for a model whose file has errors."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each replacement (`use`) that does not exist, has ended by then, or is the one that ends itself."""
    models: dict[str, LimitedSpec | None] = {**dict.fromkeys(sorted(rules.files)), **rules.models}
    for model, spec in rules.models.items():
        yield from up_to_the_cap(_of_model(model, spec, models))


def _of_model(model: str, spec: ModelSpec, models: _Candidates) -> Iterator[Finding]:
    yield from _replacements(model, spec, Place((), file=model), models)
    for name, option in spec.options.items():
        values = details_of(option)
        for value, details in values.items():
            if details.use is not None:
                yield from _replacements(value, details, Place(("options", name, "values", value), file=model), values)


def _replacements(name: str, entry: LimitedSpec, owner: Place, candidates: _Candidates) -> Iterator[Finding]:
    for at, use in enumerate(as_names(entry.use)):
        path = (*owner.path, "use", at) if isinstance(entry.use, list) else (*owner.path, "use")
        yield from _replacement(name, use, entry.until, Place(path, file=owner.file), candidates)


def _replacement(name: str, use: str, until: str | None, place: Place, candidates: _Candidates) -> Iterator[Finding]:
    if use == name:
        yield Finding(CODE, f"{quoted(use)} cannot replace itself", place, *_another(name, candidates, place))
    elif use not in candidates:
        # Search among all names, so that the suggestion does not depend on the name at which it is written.
        suggestion = nearest(use, candidates)
        help_ = (
            did_you_mean(as_text(suggestion), "") if suggestion and suggestion != name else _another(name, candidates, place)
        )
        noun = "value" if "values" in place.path else "model"
        yield Finding(CODE, f"there is no {noun} {quoted(use)}", place, *help_)
    elif _is_gone(candidates[use], until):
        circle = _leads_to(name, use, candidates)
        message = (
            f"{quoted(name)} and {quoted(use)} replace each other in a circle"
            if circle
            else f"{quoted(use)} is not available by then either"
        )
        yield Finding(CODE, message, place, "choose one that is available longer, or delete `use:`")


def _another(name: str, candidates: _Candidates, place: Place) -> Help:
    others = [candidate for candidate in candidates if candidate != name]
    return explain(f"choose another one: {either(others)}") if others else _nothing(place)


def _nothing(place: Place) -> Help:
    return explain("delete it from the list") if isinstance(place.path[-1], int) else delete(place, "`use:`")


def _is_gone(other: LimitedSpec | None, until: str | None) -> bool:
    """Whether a replacement has ended by a moment. In every circle of replacements, one has ended before it is needed."""
    moment, end = moment_of(until), moment_of(other.until) if other else None
    return moment is not None and end is not None and end <= moment


def _leads_to(name: str, use: str, candidates: _Candidates) -> bool:
    """Whether the replacements of `use`, and theirs in turn, lead to `name`."""
    names = [use]
    known = {use}
    for current in names:  # the list grows during the loop
        entry = candidates.get(current)
        new = [other for other in as_names(entry.use if entry else None) if other not in known]
        if name in new:
            return True
        known.update(new)
        names += new if len(names) < _MOST_NAMES else ()
    return False
