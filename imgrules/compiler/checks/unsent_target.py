"""
a provider or a model that has no place in the request

What: a model file states a `provider` or a `model`, but its type does not say where it is sent; or the type sends it, and the file
does not state it.
Why: a request would lack what its author meant to send, and nobody would see it.

Avoid:
    types: {image: {model: {send: model}}}        # and `provider: acme` in a model file
Prefer:
    types: {image: {provider: {send: provider}, model: {send: model}}}
    types: {image: {provider: {send: false}, model: {send: model}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, type_name, type_of
from imgrules.quoting import quoted

CODE = Code("IR246", "unsent-target", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each provider and model that is stated and not sent anywhere, or sent and not stated."""
    for model, spec in rules.models.items():
        kind = type_of(rules.shared, spec)
        for key in ("provider", "model") if kind is not None else ():
            target, is_stated = getattr(kind, key), getattr(spec, key) is not None
            if target is None and is_stated:
                message = f"the type {quoted(type_name(rules.shared, spec))} does not say where the {key} is sent"
                hint = f"in _shared.yaml, give the type `{key}: {{send: PATH}}`, or `{key}: {{send: false}}` if it is not sent"
                yield Finding(CODE, message, Place((key,), on_key=True, file=model), hint)
            elif target is not None and target.send and not is_stated:
                hint = f"add `{key}:`, or give the type `{key}: {{send: false}}` in _shared.yaml"
                message = f"the type {quoted(type_name(rules.shared, spec))} sends the {key}, and this file states none"
                yield Finding(CODE, message, Place((key,), on_key=True, file=model), hint)
