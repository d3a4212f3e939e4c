"""
a value that is listed twice

What: the same value occurs twice in the list of an option.
Why: users would see it twice; usually one of the two should be another value.

Avoid:
    ratio: {values: ["1:1", "3:2", "1:1"]}
Prefer:
    ratio: {values: ["1:1", "3:2"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Change, Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, bool_as_word
from imgrules.quoting import quoted

CODE = Code("IR216", "duplicate-value", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value that is listed a second time."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            first: dict[str, int] = {}
            for index, value in enumerate(map(bool_as_word, option.values) if isinstance(option.values, list) else ()):
                if first.setdefault(value, index) != index:
                    path = ("options", name, "values")
                    related = ((Place((*path, first[value]), file=model), "first listed here"),)
                    place = Place((*path, index), file=model)
                    yield Finding(
                        CODE,
                        f"{quoted(value)} is listed twice",
                        place,
                        "delete one of the two",
                        related,
                        (Change(place, None),),
                    )
