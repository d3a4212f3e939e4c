"""
an unknown content type

What: a model names a type that `_shared.yaml` does not declare, or none although there are several.
Why: the type says where each value is sent; without it, no request body can be made.

Avoid:
    type: images
Prefer:
    type: image
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import nearest_name
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import either, quoted

CODE = Code("IR202", "unknown-type", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each model whose type is not declared, or that needs one."""
    types = rules.shared.types
    for model, spec in rules.models.items():
        if spec.type is None and len(types) != 1:
            hint = (
                f"add `type:` with one of _shared.yaml: {either(types)}"
                if types
                else "declare one under `types:` in _shared.yaml"
            )
            yield Finding(CODE, "this model has no type", Place((), file=model), hint)
        elif spec.type is not None and spec.type not in types:
            help_ = nearest_name(
                spec.type,
                types,
                f"choose a type of _shared.yaml: {either(types)}" if types else "declare it under `types:` in _shared.yaml",
            )
            yield Finding(CODE, f"there is no type {quoted(spec.type)}", Place(("type",), file=model), *help_)
