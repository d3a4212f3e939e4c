"""
another id of a model that is written as a pattern

What: `aliases` of a model has an entry with `*`.
Why: an alias is one id, letter by letter; as a pattern it would match ids that nobody has looked at.

Avoid:
    aliases: ["recraft-*"]
Prefer:
    aliases: [recraft-v3, recraft-v3-svg]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at
from imgrules.quoting import quoted

CODE = Code("IR296", "alias-pattern", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each alias of a model that has an asterisk."""
    for model, spec in rules.models.items():
        for name, path in aliases_at(spec.aliases, ("aliases",)):
            if "*" in name:
                place = Place(path, on_key=isinstance(spec.aliases, dict), file=model)
                hint = "list each id that callers may still send"
                yield Finding(CODE, f"{quoted(name)} is a pattern, but an alias is one id", place, hint)
