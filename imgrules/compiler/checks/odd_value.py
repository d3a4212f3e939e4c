"""
a value that is written unlike the others

What: all values of an option are numbers written in one way, such as `16:9`, `1024x768` or `2K`, but one of them has a character
more, another case, or another sign between the sides of a size.
Why: selections have to contain exactly the value, so a typo in it is a choice that nobody asks for, and one that is missing.

Avoid:
    ratio: {values: ["16:9", "9:16", "1:1x"]}
Prefer:
    ratio: {values: ["16:9", "9:16", "1:1"]}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, values_of
from imgrules.quoting import quoted

CODE = Code("IR324", "odd-value", Severity.WARNING, __doc__, may_be_meant=True)

_DIGITS = re.compile(r"[0-9]+")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value whose form is nearly that of all other values of its option."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            odd = _odd_one(list(values_of(option)))
            if odd is not None:
                value, other = odd
                message = f"{quoted(value)} is written unlike the other values of {quoted(name)}, such as {quoted(other)}"
                place = _place(("options", name, "values"), option, value, model)
                yield Finding(CODE, message, place, "correct it, here and in the examples")


def _odd_one(values: list[str]) -> tuple[str, str] | None:
    """Return the one value whose form differs a little from that of all others, with one of those; None if there is none."""
    if len(values) <= 2 or not all(value[:1].isdigit() for value in values):  # noqa: PLR2004  said again below, and quickly told
        return None
    forms = [_DIGITS.sub("0", value) for value in values]
    if len(set(forms)) != 2:  # noqa: PLR2004  the form of the one, and that of all others
        return None
    (usual, count), (form, once) = Counter(forms).most_common()
    if once > 1 or count == 1 or not form.startswith("0") or not usual.startswith("0") or not _is_nearly(form, usual):
        return None
    by_form = dict(zip(forms, values, strict=True))
    return by_form[form], by_form[usual]


def _is_nearly(form: str, usual: str) -> bool:
    """Whether a form differs from the usual one in case or in the sign of a size only, or has one character more."""
    sides = (side.strip() for side in re.split("[x*\u00d7]", form))  # \u00d7 is the multiplication sign
    first = next((at for at, (left, right) in enumerate(zip(form, usual, strict=False)) if left != right), len(usual))
    return form.casefold() == usual.casefold() or "x".join(sides) == usual or form[:first] + form[first + 1 :] == usual


def _place(path: Path, option: OptionSpec, value: str, model: str) -> Place:
    if isinstance(option.values, list):
        return Place((*path, [str(item) for item in option.values].index(value)), file=model)
    return Place((*path, value), on_key=True, file=model)
