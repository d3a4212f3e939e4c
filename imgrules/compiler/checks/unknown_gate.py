"""
an unknown gate

What: a model, one of its values or one of its gate rules names a gate that `_shared.yaml` does not declare.
Why: with a typo such as `members`, everybody or nobody could use what only members may use.

Avoid:
    high: {credits: 20, gate: members}
Prefer:
    high: {credits: 20, gate: member}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import delete, nearest_name
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, named_gates
from imgrules.quoting import either, quoted

_OPEN = frozenset({"none", "public", "free", "everyone", "everybody", "all", "open"})
CODE = Code("IR201", "unknown-gate", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each use of a gate that is not declared."""
    for model, spec in rules.models.items():
        yield from up_to_the_cap(_of_model(model, spec, rules.shared.gates or {}))


def _of_model(model: str, spec: ModelSpec, declared: Collection[str]) -> Iterator[Finding]:
    for path, gate in named_gates(spec):
        if gate not in declared:
            fallback = (
                f"choose a declared gate: {either(declared)}" if declared else "declare it under `gates:` in _shared.yaml"
            )
            place = Place(path, file=model)
            deletion = delete(place, "it", "; a choice without a gate is open to everybody")
            help_ = deletion if gate in _OPEN else nearest_name(gate, declared, fallback)
            yield Finding(CODE, f"there is no gate {quoted(gate)}", place, *help_)
