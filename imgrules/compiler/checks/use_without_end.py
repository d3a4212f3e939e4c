"""
a replacement for something that never ends

What: `use` names what to use instead of a model or a value, but there is no `until` after which it would be needed.
Why: as long as the model or the value is offered, nobody is told what to use instead.

Avoid:
    old: {use: new}
    new: {}
Prefer:
    old: {until: "2026-12-01", use: new}
    new: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, up_to_the_cap
from imgrules.compiler.spec.model import LimitedSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.walk import walk

CODE = Code("IR252", "use-without-end", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each `use` beside which there is no `until`."""
    for model, spec in rules.models.items():
        yield from up_to_the_cap(_of_model(model, spec))


def _of_model(model: str, spec: ModelSpec) -> Iterator[Finding]:
    for path, entry in walk(spec, LimitedSpec):
        if entry.use is not None and entry.until is None:
            place = Place((*path, "use"), on_key=True, file=model)
            hint = "add `until:` with the moment at which it ends, or delete `use:`"
            yield Finding(CODE, "this says what to use instead, but not when it ends", place, hint)
