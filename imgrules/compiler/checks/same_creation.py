"""
two models that send the same

What: two models have the same provider and the same provider's model, and some selection of each makes one request.
Why: nobody could tell from such a request which of the two was sold, and the two may have two prices.

Avoid:
    two files with `provider: gemini`, `model: nano` and `values: ["1:1"]`
Prefer:
    one file with `provider: gemini`, `model: nano` and all its values
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec import RuleSet, send_of, values_of
from imgrules.engine.wording import quoted

CODE = Code("IR301", "same-creation", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find models of which some request cannot be told from one of another model, at the later of the two."""
    alike: dict[object, list[tuple[str, dict[str, frozenset[str]]]]] = {}
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        sent = (
            {send_of(kind, name, each) or name: frozenset(values_of(each)) for name, each in spec.options.items()}
            if kind
            else {}
        )
        others = alike.setdefault((spec.type, spec.provider, spec.model, frozenset(sent)), [])
        first = next((other for other, values in others if all(sent[path] & values[path] for path in sent)), None)
        if first is not None and kind is not None:
            message = f"a request of {quoted(model)} is also one of {quoted(first)}: the same provider, model and options"
            related = ((Place(("model",), file=first), "the other model"),)
            yield Finding(CODE, message, Place(("model",), file=model), "delete one of the two, or make them differ", related)
        others.append((model, sent))
