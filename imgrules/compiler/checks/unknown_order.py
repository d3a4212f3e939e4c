"""
an order that names a model which is not there

What: `order` in `_shared.yaml` lists a model, and there is no file of that name.
Why: the model was renamed or deleted, and its old name stayed behind.

Avoid:
    order: [nano-banana, gpt-image-2]
Prefer:
    order: [nano-banana-2, gpt-image-2]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.helps import delete, meant
from imgrules.compiler.rule_set import RuleSet
from imgrules.engine.wording import nearest, quoted

CODE = Code("IR302", "unknown-order", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find listed models that have no file."""
    listed = rules.shared.order or []
    for at, model in enumerate(listed):
        if model not in rules.files:
            place = Place(("order", at), file="_shared")
            near = nearest(model, sorted(each for each in rules.files if each not in listed))
            help_ = meant(near, "") if near else delete(place, "it", " from the list")
            yield Finding(CODE, f"there is no model {quoted(model)}", place, *help_)
