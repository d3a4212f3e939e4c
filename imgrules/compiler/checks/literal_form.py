"""
a form at a value, which is sent literally

What: `as` at a value is a word such as `number`, which would be a form at an option.
Why: at an option, `as` says how a value is written; at a value, it is what is sent for it, as it stands.

Avoid:
    steps: {send: steps, values: {"4": {as: number}, "8": {as: number}}}
Prefer:
    steps: {send: steps, values: ["4", "8"], as: number}
    steps: {send: steps, values: {"4": {as: 4}, "8": {as: 8}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, details_of
from imgrules.quoting import quoted

CODE = Code("IR249", "literal-form", Severity.WARNING, __doc__)

_FORMS = frozenset({"text", "number", "boolean", "list", "width", "height"})


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each `as` at a value that is a word for a form; another check reports braces."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for value, details in details_of(option).items():
                if isinstance(details.as_, str) and details.as_ in _FORMS:
                    place = Place(("options", name, "values", value, "as"), file=model)
                    message = f"the text {quoted(details.as_)} is sent for {quoted(value)}"
                    hint = f"say `as:` at {quoted(name)} to convert its values, or write what is sent for {quoted(value)}"
                    yield Finding(CODE, message, place, hint)
