"""
a default that is no model

What: `default` in `_shared.yaml` names a model, but there is no model of that id.
Why: a selection that names no model would be refused, although the rules say which model it means.

Avoid:
    default: nano-banana
Prefer:
    default: nano-banana-2
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import did_you_mean
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR279", "unknown-default", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding if the model for selections that name none does not exist."""
    default = rules.shared.default
    if default is not None and default not in rules.files:
        ids = sorted(rules.files)
        help_ = did_you_mean(
            nearest(default, ids), f"choose a model: {either(ids)}" if ids else "delete it, until there is a model"
        )
        yield Finding(CODE, f"there is no model {quoted(default)}", Place(("default",), file="_shared"), *help_)
