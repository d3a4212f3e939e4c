"""
an example that proves nothing

What: `expect` is empty, or the example in the file of one model selects another model.
Why: an example without an expectation cannot fail, so it tests nothing; one for another model does not test this file.

Avoid:
    - {select: {ratio: "1:1"}, expect: {}}
Prefer:
    - {select: {ratio: "1:1"}, expect: {status: allowed, credits: 5}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import delete
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at
from imgrules.table.records import MODEL

CODE = Code("IR402", "example-proves-nothing", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each example that expects nothing, or selects another model."""
    for model, spec in rules.models.items():
        aliases = [name for name, _ in aliases_at(spec.aliases, ())]
        for index, example in enumerate(spec.examples or ()):
            path = ("examples", index)
            if not example.expect.model_fields_set:
                place = Place((*path, "expect"), on_key=True, file=model)
                yield Finding(
                    CODE, "this example expects nothing", place, "add the expected result, such as `{status: allowed}`"
                )
            if MODEL in example.select and example.select[MODEL] not in aliases:
                place = Place((*path, "select", MODEL), on_key=True, file=model)
                yield Finding(CODE, "this example names another model", place, *delete(place, f"`{MODEL}:`"))
