"""
a default that is not offered

What: the default of an option is not one of the values that the option accepts, or it is not available at some time.
Why: users who pick nothing would be refused because of a value that they did not pick.

Avoid:
    ratio: {default: "16:9", values: ["3:2", "1:1"]}
Prefer:
    ratio: {default: "1:1", values: ["3:2", "1:1"]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.compiler.lower.convert import option, to_number
from imgrules.compiler.lower.periods import periods
from imgrules.compiler.read.scalars import NOTHING_WORDS, as_text
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import did_you_mean, write
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, bool_as_word, has_kind, is_computed, is_listed, values_of
from imgrules.compiler.spec.tables import DefaultTableSpec
from imgrules.quoting import either, quoted
from imgrules.refusals.faults import option_faults
from imgrules.refusals.suggest import nearest
from imgrules.table.options import Option
from imgrules.table.terms import NONE

CODE = Code("IR203", "default-not-offered", Severity.ERROR, __doc__)

Default = str | int | Decimal


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each default that its option does not accept, or not at all times."""
    for model, spec in rules.models.items():
        yield from up_to_the_cap(_of_model(rules, model, spec))


def _of_model(rules: RuleSet, model: str, spec: ModelSpec) -> Iterator[Finding]:
    for name, option_spec in spec.options.items():
        if option_spec.default is None or is_computed(option_spec) or not has_kind(option_spec):
            continue
        lowered = option(name, option_spec, {})
        for path, value in _defaults(option_spec, ("options", name, "default")):
            if value == NONE:
                continue
            if any(True for _ in option_faults(lowered, value if isinstance(value, str) else to_number(value))):
                yield _not_offered(option_spec, lowered, value, Place(path, file=model))
            elif isinstance(value, str):
                yield from _temporarily_absent(rules, spec, name, value, Place(path, file=model))


def _defaults(spec: OptionSpec, path: Path) -> Iterator[tuple[Path, Default]]:
    """Yield the default of an option, or every default of its table, with its path."""
    if isinstance(spec.default, DefaultTableSpec):
        yield from _leaves(spec.default.table, (*path, "table"))
    elif spec.default is not None:
        yield path, bool_as_word(spec.default)


def _leaves(node: Any, path: Path) -> Iterator[tuple[Path, Default]]:
    if not isinstance(node, Mapping):
        yield path, bool_as_word(node)
        return
    for key, child in node.items():
        yield from _leaves(child, (*path, key))


def _not_offered(spec: OptionSpec, lowered: Option, value: Default, place: Place) -> Finding:
    message, values = f"the default {quoted(value)} is not offered", values_of(spec)
    size = re.fullmatch(_SIZE, str(value)) if spec.size is not None else None
    if size is not None and not any(True for _ in option_faults(lowered, f"{size[1]}x{size[2]}")):
        return Finding(CODE, message, place, *write(f"{size[1]}x{size[2]}"))
    suggestion = NONE if str(value).lower() in NOTHING_WORDS else nearest(str(value), values)
    fix = as_text(suggestion) if suggestion and (isinstance(value, str) or suggestion == str(value)) else None
    fallback = (
        (f"choose an offered value: {either(values)}" if values else "list the values of the option first")
        if is_listed(spec)
        else _takes(spec, value)
    )
    return Finding(CODE, message, place, *did_you_mean(fix, fallback))


_SIZE = r"([1-9][0-9]*)\s*[xX*\u00d7]\s*([1-9][0-9]*)"
"""A size, also with another sign between its sides."""


def _takes(spec: OptionSpec, value: Default) -> str:
    """Return what an option takes by a rule, in place of a default that does not fit."""
    if spec.many is not None:
        return "a list has no default; make it `optional:` if it is not required"
    if spec.number is None:
        return "write a default that is within the bounds of the option"
    least, most, step = spec.number.min, spec.number.max, spec.number.step
    if (
        step in {None, 1}
        and isinstance(value, Decimal)
        and (least is None or least <= value)
        and (most is None or value <= most)
    ):
        return "a number is whole unless it has another step: decimals need `step: any`"
    bounds = [
        f"{words} {bound}" for words, bound in (("from", least), ("to", most), ("in steps of", step)) if bound is not None
    ]
    return " ".join(["write a number", *bounds]) + ", without quotes"


def _temporarily_absent(rules: RuleSet, spec: ModelSpec, name: str, value: str, place: Place) -> Iterator[Finding]:
    """Yield a finding if a default is absent during a part of the time in which its model is available."""
    details = values_of(spec.options[name]).get(value)
    if details is None or (details.from_, details.until) == (None, None):
        return
    absences = (period.values[name].get(value) for period in periods(spec, rules.shared) if period.gone is None)
    missing = next((absence for absence in absences if absence is not None), None)
    if missing is not None:
        day = quoted(missing.on.removesuffix("T00:00:00Z"))
        when = f"is not available from {day} on" if missing.retired else f"is not available before {day}"
        related = ((Place(("options", name, "values", value), on_key=True, file=place.file), "its dates"),)
        hint = "choose a default that is always available, or none"
        yield Finding(CODE, f"the default {quoted(value)} {when}", place, hint, related)
