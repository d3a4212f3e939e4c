"""
a default that is not offered

What: the default of an option is none of its values.
Why: whoever picks nothing would be refused for a value that nobody picked.

Avoid:
    ratio: {default: "16:9", values: ["3:2", "1:1"]}
Prefer:
    ratio: {default: "1:1", values: ["3:2", "1:1"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet, values_of
from imgrules.engine.wording import either, nearest, quoted

CODE = Code("IR203", "default-not-offered", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find defaults that are none of the values of their option."""
    for model, spec in rules.models.items():
        for option, each in spec.options.items():
            values = values_of(each)
            if each.default is not None and each.default not in values:
                meant = nearest(each.default, values)
                hint = f"did you mean `{meant}`?" if meant else f"it offers {either(values)}" if values else "it offers nothing"
                place = Place(("options", option, "default"), file=model)
                yield Finding(CODE, f"the default {quoted(each.default)} is not offered", place, hint, (), meant)
