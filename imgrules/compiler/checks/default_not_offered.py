"""
a default that is not offered

What: an option does not take its own default, or the default is not available at some time.
Why: users who pick nothing would be refused for a value that they did not pick.

Avoid:
    ratio: {default: "16:9", values: ["3:2", "1:1"]}
Prefer:
    ratio: {default: "1:1", values: ["3:2", "1:1"]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.compiler.lower.periods import eras
from imgrules.compiler.lower.terms import exactly, option
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity, as_told
from imgrules.compiler.report.helps import meant
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, is_computed, is_listed, values_of, word
from imgrules.compiler.spec.types import DefaultTableSpec
from imgrules.quoting import either, quoted
from imgrules.refusals.constraints import option_faults
from imgrules.refusals.suggest import nearest

CODE = Code("IR203", "default-not-offered", Severity.ERROR, __doc__)

Default = str | int | Decimal


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find defaults that their option does not take."""
    for model, spec in rules.models.items():
        yield from as_told(_of_model(rules, model, spec))


def _of_model(rules: RuleSet, model: str, spec: ModelSpec) -> Iterator[Finding]:
    for name, each in spec.options.items():
        if each.default is None or is_computed(each) or not _takes_any(each):
            continue
        meant = option(name, each, name, {})
        for path, value in _defaults(each, ("options", name, "default")):
            if any(True for _ in option_faults(meant, value if isinstance(value, str) else exactly(value))):
                yield _not_offered(each, value, Place(path, file=model))
            elif isinstance(value, str):
                yield from _gone(rules, spec, name, value, Place(path, file=model))


def _takes_any(spec: OptionSpec) -> bool:
    """Return whether an option says what it takes; of one that does not, another check tells."""
    rules = (spec.values, spec.number, spec.size, spec.ratio, spec.text, spec.many)
    return any(each is not None for each in rules)


def _defaults(spec: OptionSpec, path: Path) -> Iterator[tuple[Path, Default]]:
    """Yield the default of an option, or every one that its table has, with its path."""
    if isinstance(spec.default, DefaultTableSpec):
        yield from _leaves(spec.default.table, (*path, "table"))
    elif spec.default is not None:
        yield path, word(spec.default)


def _leaves(said: Any, path: Path) -> Iterator[tuple[Path, Default]]:
    if not isinstance(said, Mapping):
        yield path, word(said)
        return
    for key, each in said.items():
        yield from _leaves(each, (*path, key))


def _not_offered(spec: OptionSpec, value: Default, place: Place) -> Finding:
    values = values_of(spec)
    near = nearest(str(value), values)
    fix = near if isinstance(value, str) else f'"{value}"' if near == str(value) else None
    other = f"it offers {either(values) or 'nothing'}" if is_listed(spec) else _takes(spec)
    return Finding(CODE, f"the default {quoted(value)} is not offered", place, *meant(fix, other))


def _takes(spec: OptionSpec) -> str:
    if spec.many is not None:
        return "a list has no default; make it `optional:` if it is not required"
    if spec.number is None:
        return "write one that is within the bounds of the option"
    least, most, step = spec.number.min, spec.number.max, spec.number.step
    bounds = [f"{at} {each}" for at, each in (("from", least), ("to", most), ("in steps of", step)) if each is not None]
    return " ".join(["write a number", *bounds]) + ", without quotes"


def _gone(rules: RuleSet, spec: ModelSpec, name: str, value: str, place: Place) -> Iterator[Finding]:
    """Find a default that the model outlives, or that comes after it."""
    said = values_of(spec.options[name]).get(value)
    if said is None or (said.from_, said.until, said.retired) == (None, None, None):
        return
    times = (each.values[name].get(value) for each in eras(spec, rules.shared) if each.gone is None)
    missing = next((each for each in times if each is not None), None)
    if missing is not None:
        day = quoted(missing.on.removesuffix("T00:00:00Z"))
        when = f"is not available from {day} on" if missing.retired else f"is not available before {day}"
        related = ((Place(("options", name, "values", value), on_key=True, file=place.file), "its dates"),)
        hint = "choose a default that is always available, or none"
        yield Finding(CODE, f"the default {quoted(value)} {when}", place, hint, related)
