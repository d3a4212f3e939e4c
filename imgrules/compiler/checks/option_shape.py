"""
an option with conflicting or missing keys

What: an option does not say what it takes, or has keys that conflict.
Why: one option takes one kind of value; with two kinds, it is not defined which of them applies.

Avoid:
    outputs: {number: {min: 1, max: 4}, size: {area: {max: 4194304}}}
    quality: {values: [low, high], default: low, optional: true}
Prefer:
    outputs: {number: {min: 1, max: 4}}
    quality: {values: [low, high], default: low}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from imgrules.compiler.report.diagnostics import Change, Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, is_computed, is_listed, values_of
from imgrules.quoting import quoted
from imgrules.table.measures import nearest_listed

CODE = Code("IR222", "option-shape", Severity.ERROR, __doc__)

FIELDS = [field.alias or key for key, field in OptionSpec.model_fields.items()]
KINDS = tuple(each for each in FIELDS[: FIELDS.index("label")] if each != "unit")
"""What says what an option takes: the fields before the label of it."""

COMPUTED = ("pixels", "total")
PAIRS = (*({"values", each} for each in KINDS if each not in COMPUTED), {"list", "text"})
ONLY_LISTED = ("credits", "promotion", "gate", "send", "from", "until", "retired")
ONLY_PICKED = ("default", "optional", "snap")
DATES = ("from", "until", "retired")
ALIASES = {
    key: field.alias
    for block in (OptionSpec, ValueSpec)
    for key, field in block.model_fields.items()
    if field.alias is not None
}
"""What an author writes for a field that is called otherwise in Python."""


class _Slip(NamedTuple):
    """What is wrong with an option, below which path, and what to type."""

    message: str
    path: Path
    hint: str
    drops: bool = False
    """Whether the hint is to delete what stands at the path."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find options that do not say what they take, or say what cannot count."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for slip in _slips(name, option):
                place = Place(("options", name, *slip.path), on_key=True, file=model)
                fix = (Change(place, None),) if slip.drops else None
                yield Finding(CODE, slip.message, place, slip.hint, (), fix)


def _slips(name: str, option: OptionSpec) -> Iterator[_Slip]:
    said = _keys(option)
    kinds = [each for each in KINDS if each in said]
    if not kinds:
        yield _Slip(
            f"{quoted(name)} does not say what it takes", (), "add `values:` with a list, or `number:`, `size:` or `text:`"
        )
    elif len(kinds) > 1 and set(kinds) not in PAIRS:
        first, wrong = next((each for each in combinations(kinds, 2) if {*each} not in PAIRS), (kinds[0], kinds[1]))
        yield _Slip(
            f"{quoted(name)} cannot be both {quoted(first)} and {quoted(wrong)}",
            (wrong,),
            f"keep one of the two: `{first}:` or `{wrong}:`",
        )
    else:
        yield from _besides(name, option, said)
        yield from _ranges(name, option)
        yield from _details(name, option)


def _keys(block: OptionSpec | ValueSpec) -> frozenset[str]:
    """Return the keys that an author wrote in a block."""
    return frozenset(ALIASES.get(key, key) for key in block.model_fields_set)


def _besides(name: str, option: OptionSpec, said: frozenset[str]) -> Iterator[_Slip]:
    """Find keys that cannot count beside the rest."""
    if option.because is not None and option.when is None:
        yield _Slip(f"{quoted(name)} has `because` without `when`", ("because",), "add `when:`, or delete `because:`")
    if option.unit is not None and option.pixels is None:
        yield _Slip(f"{quoted(name)} has a `unit`, but does not count pixels", ("unit",), "delete `unit:`", drops=True)
    if option.sent is False and option.send is not None:
        yield _Slip(f"{quoted(name)} has a wire path, but is not sent", ("sent",), "delete `sent: false` or `send:`")
    if is_computed(option):
        for key in (each for each in ONLY_PICKED if each in said):
            yield _Slip(f"{quoted(name)} is computed, so {quoted(key)} has no effect", (key,), f"delete `{key}:`", drops=True)
    elif option.optional and option.default is not None:
        hint = "delete `optional:`; an option with a default is not required"
        yield _Slip(f"{quoted(name)} is optional, but has a default", ("optional",), hint, drops=True)
    if option.snap and not is_computed(option) and not _has_near(option):
        hint = "delete `snap:`; only numbers, sizes and listed ratios have a nearest value"
        yield _Slip(f"the values of {quoted(name)} have no nearest value", ("snap",), hint, drops=True)


def _has_near(option: OptionSpec) -> bool:
    values = list(values_of(option))
    listed = is_listed(option) and bool(values) and nearest_listed(values[0], values) is not None
    return option.number is not None or option.size is not None or listed


def _ranges(name: str, option: OptionSpec) -> Iterator[_Slip]:
    """Find words of `of` without a range, and ranges that nothing is a word for."""
    if option.of is not None and option.values is None:
        yield _Slip(f"{quoted(name)} has no names for ranges", ("of",), "add `values:`, each with its range as `is:`")
    for value, said in (values_of if option.of is not None else details_of)(option).items():
        path = ("values",) if isinstance(option.values, list) else ("values", value)
        if option.of is not None and said.is_ is None:
            yield _Slip(f"{quoted(value)} has no range", path, f"give {quoted(value)} its range with `is:`")
        elif option.of is None and said.is_ is not None:
            hint = "delete `is:`, or add `of:` with a number or a list"
            yield _Slip(f"{quoted(value)} is picked, so it cannot name a range", (*path, "is"), hint)


def _details(name: str, option: OptionSpec) -> Iterator[_Slip]:
    """Find details that only listed values can have."""
    taken = ONLY_LISTED if not is_listed(option) else DATES if is_computed(option) else ()
    why = "is computed" if is_computed(option) else f"takes more than {quoted('values')}"
    for value, said in values_of(option).items() if taken else ():
        for key in (each for each in taken if each in _keys(said)):
            hint = f"delete it, or make {quoted(name)} an option of listed values alone"
            yield _Slip(f"{quoted(name)} {why}, so {quoted(key)} is not allowed at a value", ("values", value, key), hint)
