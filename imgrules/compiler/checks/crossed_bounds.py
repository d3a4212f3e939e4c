"""
a least length above the most

What: `min` of a text is greater than its `max`.
Why: no text could ever be accepted.

Avoid:
    text: {min: 100, max: 10}
Prefer:
    text: {min: 10, max: 100}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet
from imgrules.engine.wording import quoted

CODE = Code("IR217", "crossed-bounds", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find fields that accept no text at all."""
    for kind, shared in rules.shared.types.items():
        for name, field in (shared.fields or {}).items():
            text = field.text
            if text is not None and text.min is not None and text.max is not None and text.min > text.max:
                place = Place(("types", kind, "fields", name, "text", "min"), file="_shared")
                yield Finding(
                    CODE, f"no text fits {quoted(name)}: at least {text.min}, at most {text.max}", place, "swap the two"
                )
