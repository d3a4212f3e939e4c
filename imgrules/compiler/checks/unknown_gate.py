"""
a gate that no file declares

What: a value names a gate, and `_shared.yaml` has none of that name.
Why: a typo such as `members` would leave a members-only choice open to everybody, or closed to all.

Avoid:
    high: {credits: 20, gate: members}
Prefer:
    high: {credits: 20, gate: member}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.helps import delete, meant
from imgrules.compiler.rule_set import RuleSet, gates_named
from imgrules.engine.wording import either, nearest, quoted

_OPEN = frozenset({"none", "public", "free", "everyone", "everybody", "all", "open"})
CODE = Code("IR201", "unknown-gate", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find gates that are named and that nobody declared."""
    known = rules.shared.gates or {}
    for model, spec in rules.models.items():
        for path, gate in gates_named(spec):
            if gate not in known:
                other = f"declared are {either(known)}" if known else "declare it under `gates:` in _shared.yaml"
                place = Place(path, file=model)
                help_ = (
                    delete(place, "it", "; what has no gate is open to everybody")
                    if gate in _OPEN
                    else meant(nearest(gate, known), other)
                )
                yield Finding(CODE, f"there is no gate {quoted(gate)}", place, *help_)
