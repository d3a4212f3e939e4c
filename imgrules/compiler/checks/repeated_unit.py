"""
two lengths of one text in the same unit

What: `text` is a list, and two of its entries count in the same unit.
Why: both would have to hold, so one of the two bounds has no effect, and nobody could tell which one is meant.

Avoid:
    prompt: {text: [{max: 1500}, {max: 4000}]}
Prefer:
    prompt: {text: [{max: 1500}, {max: 4000, unit: bytes}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.bounds import TextSpec, unit_of
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.types import Closed
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR295", "repeated-unit", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each length that counts in the unit of an earlier length of the same text."""
    files: dict[str, Closed] = {"_shared": rules.shared, **rules.models}
    for file, spec in files.items():
        first_at: dict[object, Place] = {}
        for path, rule in walk(spec, TextSpec):
            place = Place(path, file=file)
            earlier = first_at.setdefault((path[:-1] if isinstance(path[-1], int) else path, unit_of(rule)), place)
            if earlier is not place:
                message = f"two lengths of {quoted(path[-3])} are in {unit_of(rule)}"
                hint = "merge the two, or give one of them another `unit:`"
                yield Finding(CODE, message, place, hint, related=((earlier, "the other one"),))
