"""
two models that send the same

What: two models have the same provider, the same provider's model and the same options.
Why: nobody could tell from a request which of the two was sold, and the two may have two prices.

Avoid:
    two files with `provider: gemini`, `model: nano` and the same options
Prefer:
    one file for each provider's model
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec import RuleSet, send_of, values_of
from imgrules.engine.wording import quoted

CODE = Code("IR301", "same-creation", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find models whose requests cannot be told from those of another one, at the later of the two."""
    seen: dict[object, str] = {}
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        paths = {name: send_of(kind, name, each) if kind else each.send for name, each in spec.options.items()}
        options = frozenset((name, paths[name], frozenset(values_of(each))) for name, each in spec.options.items())
        sends = (spec.type, spec.provider, spec.model, options)
        if sends in seen:
            first = seen[sends]
            message = f"{quoted(model)} sends the same provider, model and options as {quoted(first)}"
            related = ((Place(("model",), file=first), "the other model"),)
            yield Finding(CODE, message, Place(("model",), file=model), "delete one of the two, or make them differ", related)
        seen.setdefault(sends, model)
