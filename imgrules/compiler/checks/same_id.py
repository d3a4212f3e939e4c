"""
two models with one id

What: two files have the same id: both state it at `id`, or one states the name of the other.
Why: a selection names a model by its id, so that it would be open which of the two it means.

Avoid:
    one.yaml and two.yaml, both with `id: vendor/Some-Model`
Prefer:
    one.yaml with `id: vendor/Some-Model`, and two.yaml with `id: vendor/Some-Model-2`
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted

CODE = Code("IR253", "same-id", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each file whose id another file has."""
    for twin, model in rules.ids.twins.items():
        names = [quoted(f"{rules.ids.home(name)}.yaml") for name in (model, twin)]
        message = f"{' and '.join(names)} have the same id, {quoted(model)}"
        related = ((Place(("id",), file=model), "the other model"),)
        yield Finding(CODE, message, Place(("id",), file=twin), "give one of the two another id", related)
