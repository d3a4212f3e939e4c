"""
two ids that differ in case only

What: the ids of two models are the same but for capitals.
Why: people who read or type an id take one model for the other, and other systems may take both for one.

Avoid:
    one.yaml with `id: vendor/Some-Model`, and two.yaml with `id: vendor/some-model`
Prefer:
    one.yaml with `id: vendor/Some-Model`, and two.yaml with `id: vendor/some-model-2`
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted

CODE = Code("IR254", "id-differs-in-case", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each model whose id differs only in case from that of another model."""
    alike = defaultdict[str, list[str]](list)
    for model in sorted(rules.models):
        alike[model.casefold()].append(model)
    for *others, first in alike.values():
        for model in others:
            message = f"the ids {quoted(model)} and {quoted(first)} differ in case only"
            related = ((Place(("id",), file=first), "the other model"),)
            yield Finding(CODE, message, Place(("id",), file=model), "give one of the two another id", related)
