"""
an option whose name looks like a typo of a shared one

What: `_shared.yaml` has no option of this name, but one with a similar name, which this model does not use.
Why: with its own `send`, a misspelled option is accepted as a new option, and the correct name is not available to callers.

Avoid:
    qualitty: {send: image_generation.quality, values: [low, high]}
Prefer:
    quality: {send: image_generation.quality, values: [low, high]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import did_you_mean
from imgrules.compiler.spec.rule_set import RuleSet, type_of
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest

_CLOSE = 0.85  # an unrelated name may share half of its letters with another one
CODE = Code("IR219", "odd-option", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each option with its own `send` whose name looks like a typo of a shared option."""
    for model, spec in rules.models.items():
        kind = type_of(rules.shared, spec)
        shared = (kind.options or {}) if kind else {}
        for option_name, option in spec.options.items():
            if option_name in shared or not option.send:
                continue
            suggestion = nearest(option_name, (name for name in shared if name not in spec.options), _CLOSE)
            if suggestion:
                place = Place(("options", option_name), on_key=True, file=model)
                message = f"{quoted(option_name)} is not one of the shared options"
                yield Finding(CODE, message, place, *did_you_mean(suggestion, ""))
