"""
an example that comes out otherwise

What: the rules decide a selection otherwise than its example expects.
Why: either the rules or the example is wrong; nothing is built until the two agree.

Avoid:
    - {select: {ratio: "1:1", quality: high}, expect: {status: allowed}}
Prefer:
    - {select: {ratio: "1:1", quality: high}, expect: {status: locked, gate: member}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet
from imgrules.compiler.spec import UNKNOWN, ExampleSpec
from imgrules.engine.decide import Decision, Status, decide
from imgrules.engine.explain import MODEL
from imgrules.engine.table import Table
from imgrules.engine.wording import quoted

CODE = Code("IR401", "example-fails", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Run every example of every model in the table; each that fails is told once."""
    for model in table.models:
        for at, example in enumerate(rules.models[model].examples or ()):
            decision = decide(table, {**example.select, MODEL: model}, example.grants or ())
            for key, got in list(_differences(example, decision))[:1]:
                place = Place(("examples", at, "expect", key), file=model)
                message = f"{quoted(key)} is {quoted(str(got))}, and {quoted(str(getattr(example.expect, key)))} is expected"
                why = "; ".join(decision.reasons)
                hint = f"the rules say {decision.status}: {why}" if why else f"if the rules are right, write `{key}: {got}`"
                yield Finding(CODE, message, place, hint)


def _differences(example: ExampleSpec, decision: Decision) -> Iterator[tuple[str, object]]:
    priced = decision.status is not Status.IMPOSSIBLE
    got = {
        "status": decision.status.value,
        "credits": "no price" if not priced else UNKNOWN if decision.credits is None else decision.credits,
        "gate": decision.gate.name if decision.gate else "no gate",
        "because": " and ".join(sorted({each.code.value for each in decision.violations})) or "no violation",
    }
    expect = example.expect
    yield from ((key, got[key]) for key in got if key in expect.model_fields_set and getattr(expect, key) != got[key])
