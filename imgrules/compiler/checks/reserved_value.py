"""
a value with a name that means something else

What: a value is called `(none)` or `(other)`.
Why: in conditions and in tables, the first stands for no value, and the second for whatever no row names.

Avoid:
    style: {send: style, values: [(none), ink, oil]}
Prefer:
    style: {send: style, values: [ink, oil], optional: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, details_of
from imgrules.quoting import quoted
from imgrules.table.terms import NONE, OTHER

CODE = Code("IR276", "reserved-value", Severity.ERROR, __doc__)

_INSTEAD = {
    NONE: "say `optional: true` if no value has to be picked",
    OTHER: "give it another name; in a table, `(other)` stands for what no row names",
}


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value with a name that is reserved."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for index, value in enumerate(option.values or ()):
                if isinstance(value, str) and value in _INSTEAD:
                    key = value if details_of(option) else index
                    place = Place(("options", name, "values", key), on_key=bool(details_of(option)), file=model)
                    yield Finding(CODE, f"a value cannot be called {quoted(value)}", place, _INSTEAD[value])
