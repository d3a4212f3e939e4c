"""
a measure that multiplies a price, and may be missing

What: `each` names the pixels or a side that some selection does not have: the size may be a word such as `auto`, or is not always there.
Why: what is missing counts once, so a size without a side would cost as much as one pixel.

Avoid:
    credits: {base: 0.02, each: megapixels}       # of a size that may be `auto`
Prefer:
    credits: {base: {by: [size], table: {auto: unknown, "1024x1024": 0.02}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, formulas, names_at
from imgrules.quoting import quoted

CODE = Code("IR291", "absent-measure", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each measure in `each` that a selection may lack."""
    for model, spec in rules.models.items():
        for path, formula in formulas(spec):
            for each_path, name in names_at(formula.each, (*path, "each")):
                known = known_options_of_model(rules, model).get(name)
                follows = None if known is None else known.option.follows
                if known is not None and follows is not None and follows.of_sides and known.may_be_absent:
                    message = f"{quoted(name)} may be missing, and would count as 1 then"
                    hint = "let it always have a value, or count it with `per` in `plus:`, where what is missing counts 0"
                    yield Finding(CODE, message, Place(each_path, file=model), hint)
