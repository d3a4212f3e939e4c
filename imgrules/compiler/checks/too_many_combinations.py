"""
too many combinations of values

What: the values of all options of a model multiply to more than 10 000 combinations.
Why: the build computes the price and the gates of every combination in advance, so that a decision is one look-up.

Avoid:
    five options of ten values each
Prefer:
    fewer options, or fewer values
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.combinations import count, most_combinations
from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.caps import MOST_COMBINATIONS

CODE = Code("IR215", "too-many-combinations", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each model with more combinations of listed options than `MOST_COMBINATIONS`."""
    for model, spec in rules.models.items():
        # Most models are far below the cap.
        combinations = 0 if most_combinations(spec) <= MOST_COMBINATIONS else count(known_options_of_model(rules, model))
        if combinations > MOST_COMBINATIONS:
            message = f"the options give {combinations:,} combinations, but at most {MOST_COMBINATIONS:,} are allowed"
            place = Place(("options",), on_key=True, file=model)
            yield Finding(CODE, message, place, "offer fewer values, or split it into two models")
