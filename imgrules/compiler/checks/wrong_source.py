"""
an option of the wrong kind

What: a key that needs a number names an option that is not a number; or a condition tests for a value of the wrong kind.
Why: such a rule would never apply, or would have no number to count, and nobody would notice.

Avoid:
    limits: [{only: {quality: {max: 3}}}]
    mode: {of: quality, values: {few: {max: 3}, many: {min: 4}}}
    tier: {of: size, values: {small: {max: 1024}, large: {min: 1025}}}
Prefer:
    limits: [{only: {references: {max: 3}}}]
    mode: {of: references, values: {few: {max: 3}, many: {min: 4}}}
    tier: {of: size, measure: longest, values: {small: {max: 1024}, large: {min: 1025}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import explain, write
from imgrules.compiler.spec.model import Measure, ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import (
    RuleSet,
    by_places,
    can_measure,
    conditions,
    has_kind,
    has_rows,
    has_sides,
    is_counted,
    named_options,
    source_names,
    tables,
    values_of,
)
from imgrules.compiler.spec.types import TestSpec
from imgrules.quoting import either, quoted
from imgrules.table.terms import NONE

CODE = Code("IR225", "wrong-source", Severity.ERROR, __doc__)

COUNTS = ("of", "per", "each")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each reference to an option of another kind than the rule needs."""
    for model, spec in rules.models.items():
        yield from (
            _no_number(model, spec, name, path) for path, name in named_options(spec) if _wants_number(spec, path, name)
        )
        for name, option in spec.options.items():
            yield from _sides(model, spec, name, option)
        for path, condition in conditions(spec):
            for name, test in condition.items():
                if name in spec.options and has_kind(spec.options[name]):
                    yield from _test(model, spec, name, test, (*path, name))
        for table_path, table in tables(spec):
            for path, name in by_places(table, table_path):
                if name in spec.options and has_kind(spec.options[name]) and not has_rows(spec.options[name]):
                    yield _unlisted(model, name, path)


def _wants_number(spec: ModelSpec, path: Path, name: str) -> bool:
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    option = spec.options.get(name)
    measured = key == "of" and path[0] == "options" and spec.options[str(path[1])].measure not in {None, Measure.TOTAL}
    return key in COUNTS and path[0] != "body" and option is not None and not is_counted(option) and not measured


def _no_number(model: str, spec: ModelSpec, name: str, path: Path) -> Finding:
    if path[0] == "options" and has_sides(spec.options[name]):
        hint = "say what is taken of it: `measure: pixels`, `measure: longest` or `measure: shortest`"
        return Finding(CODE, f"{quoted(name)} is a size, not a number", Place(path, file=model), hint)
    numbers = [other for other, option in spec.options.items() if is_counted(option) and other not in path[:2]]
    hint = f"choose a number or a list: {either(numbers)}" if numbers else "this model has no option that is a number or a list"
    return Finding(CODE, f"{quoted(name)} is not a number or a list", Place(path, file=model), hint)


def _sides(model: str, spec: ModelSpec, name: str, option: OptionSpec) -> Iterator[Finding]:
    names = source_names(option)
    sides = [spec.options[side] for side in names if side in spec.options]
    if not names or option.measure in {None, Measure.TOTAL} or len(sides) < len(names) or can_measure(option, sides):
        return
    place = Place(("options", name, "of"), file=model)
    lacking = f"{quoted(names[0])} has" if len(names) == 1 else "these options have"
    hint = "name an option of sizes, such as `of: size`, or two numbers, such as `of: [width, height]`"
    yield Finding(CODE, f"{lacking} no {_MEASURED[option.measure]}", place, hint)


_MEASURED = {Measure.PIXELS: "pixels", Measure.LONGEST: "longest side", Measure.SHORTEST: "shortest side"}


def _test(model: str, spec: ModelSpec, name: str, test: Any, path: Path) -> Iterator[Finding]:
    option = spec.options[name]
    if not isinstance(test, TestSpec):
        yield from _compared(model, name, option, test, path)
        return
    place = Place(path, file=model)
    if not test.model_fields_set:
        hint = "give it one: `min` and `max` for a range, or `not` for any other value"
        yield Finding(CODE, f"this condition has no test for {quoted(name)}", place, hint)
    elif {"min", "max"} & test.model_fields_set and not is_counted(option):
        hint = (
            f"name its values, such as {either(list(values_of(option))[:2])}"
            if values_of(option)
            else "use `{not: (none)}` to ask whether it is picked"
        )
        yield Finding(CODE, f"{quoted(name)} is not a number or a list, so it is never in a range", place, hint)
    if test.not_ is not None:
        yield from _compared(model, name, option, test.not_, (*path, "not"))


def _compared(model: str, name: str, option: OptionSpec, expected: Any, path: Path) -> Iterator[Finding]:
    """Yield a finding for each expected value of a kind that an option never has, such as a number for a list of words."""
    for at, value in enumerate(expected) if isinstance(expected, list) else ((None, expected),):
        if value == NONE:
            continue
        place = Place(path if at is None else (*path, at), file=model)
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if number and option.many is not None:
            length = f"{{min: {value}, max: {value}}}"
            help_ = (
                write(length, ", which is its length") if at is None else explain("a length is a range, in place of the list")
            )
            yield Finding(CODE, f"{quoted(name)} is a list, so it is never {quoted(value)}", place, *help_)
        elif number and not is_counted(option):
            is_offered = str(value) in values_of(option)
            help_ = write(f'"{value}"') if is_offered else explain(f"it offers {either(values_of(option))}")
            help_ = help_ if values_of(option) else explain("put the value in quotes")
            yield Finding(CODE, f"{quoted(name)} is not a number, so it is never {value}", place, *help_)


def _unlisted(model: str, name: str, path: Path) -> Finding:
    hint = f"give its ranges words, in an option with `of: {name}`, and name that one here"
    return Finding(CODE, f"{quoted(name)} is a number, which has no rows in a table", Place(path, file=model), hint)
