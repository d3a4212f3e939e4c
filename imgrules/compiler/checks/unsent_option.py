"""
an option that is sent nowhere

What: neither the model nor `_shared.yaml` says where the option goes in the request body.
Why: users would pick it, and perhaps pay for it, and it would never arrive.

Avoid:
    seed: {values: ["1", "2"]}
Prefer:
    seed: {send: extra_config.output.seed, values: ["1", "2"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet, send_of, wire_tables
from imgrules.engine.wording import nearest, quoted

CODE = Code("IR213", "unsent-option", Severity.ERROR, __doc__)


_HINTS = {
    False: "add `send:` with its path in the request body",
    True: "name it in a table of `body:`, or delete `sent: false`",
}


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find options without a wire path."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        for option, each in spec.options.items():
            told = any(option in table.by for table in wire_tables(spec).values())
            if kind is not None and send_of(kind, option, each) is None and not (each.sent is False and told):
                meant = nearest(option, (name for name in kind.options or {} if name not in spec.options))
                hint = f"did you mean `{meant}`?" if meant else _HINTS[each.sent is False]
                place = Place(("options", option), on_key=True, file=model)
                yield Finding(CODE, f"{quoted(option)} is sent nowhere", place, hint, (), meant)
