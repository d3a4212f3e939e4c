"""
an option with conflicting or missing keys

What: an option does not say which values it accepts, or has keys that conflict, such as `number` and `size`.
Why: an option accepts one kind of value; with two kinds, it is not defined which one applies.

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

from imgrules.compiler.read.scalars import NOTHING_WORDS
from imgrules.compiler.report.diagnostics import Change, Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.bounds import Snap
from imgrules.compiler.spec.kinds import ANY_OF_THEM
from imgrules.compiler.spec.model import ComputedSpec, Measure, OptionSpec, PickedSpec, ValueSpec
from imgrules.compiler.spec.nothing_hints import default_table
from imgrules.compiler.spec.rule_set import (
    RuleSet,
    details_of,
    entries_of,
    is_computed,
    is_listed,
    source_names,
    values_of,
)
from imgrules.compiler.spec.tables import DefaultTableSpec, WordTableSpec
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.quoting import either, quoted
from imgrules.table.measures import nearest_listed, number_in, pair
from imgrules.table.terms import NONE

CODE = Code("IR222", "option-shape", Severity.ERROR, __doc__)

KINDS = tuple(
    field.alias or key
    for block in (PickedSpec, ComputedSpec)
    for key, field in block.model_fields.items()
    if key not in {"measure", "unit"}
)
"""The keys that say which values an option accepts."""

PAIRS = (*({"values", key} for key in KINDS), {"list", "text"}, {"size", "ratio"})
SIDES = {"values", "size", "ratio"}
"""The keys that may all stand together: a size, a ratio and a word are never mistaken for each other."""

ONLY_LISTED = ("credits", "promotion", "gate", "send", "as", "from", "until", "use")
SENT = ("send", "as")
"""What a value may say beside a rule too: a word such as `auto` is sent as something else, or not at all."""

ONLY_PICKED = ("default", "optional", "snap")
RANGE = ("min", "max")
DATES = ("from", "until", "use")
ALIASES = {
    key: field.alias
    for block in (OptionSpec, ValueSpec)
    for key, field in block.model_fields.items()
    if field.alias is not None
}
"""The key that an author writes for a field that has another name in Python."""


class _Mistake(NamedTuple):
    """A mistake in an option: the message, the path below the option, and the hint."""

    message: str
    path: Path
    hint: str
    drops: bool = False
    """Whether the fix is to delete what is written at the path."""
    writes: str | None = None
    """The text that the fix writes in place of the value at the path; the mistake is then shown at the value."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each option without a kind of value, and for each key that conflicts or has no effect."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for mistake in _mistakes(name, option):
                place = Place(("options", name, *mistake.path), on_key=mistake.writes is None, file=model)
                fix = (Change(place, None),) if mistake.drops else mistake.writes
                yield Finding(CODE, mistake.message, place, mistake.hint, (), fix)


def _mistakes(name: str, option: OptionSpec) -> Iterator[_Mistake]:
    keys = _keys(option)
    kinds = [key for key in KINDS if key in keys]
    if not kinds:
        yield _Mistake(
            f"{quoted(name)} does not say what it accepts",
            (),
            f"add {ANY_OF_THEM}",
        )
    elif len(kinds) > 1 and set(kinds) not in PAIRS and not set(kinds) <= SIDES:
        first, wrong = next((pair for pair in combinations(kinds, 2) if {*pair} not in PAIRS), (kinds[0], kinds[1]))
        yield _Mistake(
            f"{quoted(name)} cannot be both {quoted(first)} and {quoted(wrong)}",
            (wrong,),
            f"keep one of the two: `{first}:` or `{wrong}:`",
        )
    else:
        yield from _ineffective_keys(name, option, keys)
        yield from _mistakes_of_ranges(name, option)
        yield from _mistakes_of_details(name, option)


def _keys(block: OptionSpec | ValueSpec) -> frozenset[str]:
    """Return the keys that an author wrote in a block."""
    return frozenset(ALIASES.get(key, key) for key in block.model_fields_set)


def _ineffective_keys(name: str, option: OptionSpec, keys: frozenset[str]) -> Iterator[_Mistake]:
    """Yield a mistake for each key that has no effect beside the other keys of an option."""
    if option.because is not None and option.when is None:
        yield _Mistake(f"{quoted(name)} has `because` without `when`", ("because",), "add `when:`, or delete `because:`")
    if option.measure is not None and isinstance(option.of, WordTableSpec):
        hint = "delete `measure:`; a table gives words"
        yield _Mistake(f"{quoted(name)} takes the words of a table, so `measure` has no effect", ("measure",), hint, drops=True)
    if option.measure is not None and option.of is None:
        yield _Mistake(f"{quoted(name)} has a `measure`, but is not computed", ("measure",), "add `of:`, or delete `measure:`")
    if option.unit is not None and option.measure != Measure.PIXELS:
        yield _Mistake(f"{quoted(name)} has a `unit`, but does not count pixels", ("unit",), "delete `unit:`", drops=True)
    if is_computed(option):
        for key in (candidate for candidate in ONLY_PICKED if candidate in keys):
            yield _Mistake(
                f"{quoted(name)} is computed, so {quoted(key)} has no effect", (key,), f"delete `{key}:`", drops=True
            )
    elif option.optional and not isinstance(option.default, DefaultTableSpec | None) and not _is_nothing(option):
        hint = "delete `optional:`; an option with a default always has a value"
        if not isinstance(option, FactOptionSpec):
            hint += f", unless it is a table, as in {default_table(option, None)}"
        yield _Mistake(f"{quoted(name)} is optional, but has a default", ("optional",), hint, drops=True)
    if option.snap is not None and not is_computed(option):
        yield from _mistakes_of_snap(name, option)


def _is_nothing(option: OptionSpec) -> bool:
    """Whether a default is `(none)`, or a word for it that the option does not take; another check corrects the word."""
    word = str(option.default)
    return word == NONE or (word.lower() in NOTHING_WORDS and option.text is None and word not in values_of(option))


def _mistakes_of_snap(name: str, option: OptionSpec) -> Iterator[_Mistake]:
    """Yield a mistake where nothing is near, and for `down` and `up` where values have no next step."""
    values = list(values_of(option))
    listed = is_listed(option) and bool(values) and nearest_listed(values[0], values) is not None
    shaped = option.ratio is not None and bool(option.ratio.min or option.ratio.max)
    if not (option.number or option.size or shaped or listed):
        hint = "delete `snap:`; only numbers, sizes and ratios have a nearest value"
        yield _Mistake(f"the values of {quoted(name)} have no nearest value", ("snap",), hint, drops=True)
    elif option.snap is not Snap.NEAREST and (shaped or (listed and number_in(values[0]) is None)):
        kind = "ratios" if shaped or pair(values[0], ":") else "listed sizes"
        message = f"{quoted(name)} takes {kind}, which have no next step {option.snap}"
        yield _Mistake(message, ("snap",), f"write {quoted(Snap.NEAREST.value)}", writes=Snap.NEAREST.value)


def _mistakes_of_ranges(name: str, option: OptionSpec) -> Iterator[_Mistake]:
    """Yield a mistake for each value without a range in an option with `of`, and for each range in an option without `of`."""
    if isinstance(option.of, WordTableSpec):
        yield from _mistakes_of_words(name, option, option.of)
        return
    if len(source_names(option)) > 1 and option.measure is None:
        hint = "add `measure: total` for their sum, or of two sides `pixels`, `longest` or `shortest`"
        yield _Mistake(f"{quoted(name)} does not say what is taken of several options", ("of",), hint)
    for value, details in (values_of if option.of is not None else details_of)(option).items():
        path = ("values",) if isinstance(option.values, list) else ("values", value)
        bounds = [key for key in RANGE if key in details.model_fields_set]
        if option.of is not None and not bounds:
            yield _Mistake(f"{quoted(value)} has no range", path, f"give {quoted(value)} its range with `min:` and `max:`")
        elif option.of is None and bounds:
            hint = f"delete `{bounds[0]}:`, or add `of:` with a number or a list"
            yield _Mistake(f"{quoted(value)} is picked by callers, so it cannot have a range", (*path, bounds[0]), hint)


def _mistakes_of_words(name: str, option: OptionSpec, table: WordTableSpec) -> Iterator[_Mistake]:
    """Yield a mistake for each word of a table that is no value, and for each range at a word of a table."""
    for path, word in entries_of(table, ("of", "table")):
        if word not in values_of(option):
            hint = f"choose one of {either(values_of(option))}, or add it to `values:`"
            yield _Mistake(f"{quoted(name)} does not list {quoted(word)} in its values", path, hint)
    for value, details in details_of(option).items():
        for key in (bound for bound in RANGE if bound in _keys(details)):
            hint = f"delete `{key}:`; the table says where the word stands"
            yield _Mistake(
                f"{quoted(value)} is a word of a table, so it has no range", ("values", value, key), hint, drops=True
            )


def _mistakes_of_details(name: str, option: OptionSpec) -> Iterator[_Mistake]:
    """Yield a mistake for each detail of a value that only values of listed options can have."""
    is_ruled = not is_listed(option) and option.many is None
    excluded: tuple[str, ...] = ONLY_LISTED if not is_listed(option) else DATES if is_computed(option) else ()
    excluded = tuple(key for key in excluded if not (is_ruled and key in SENT))
    why = "is computed" if is_computed(option) else f"takes more than {quoted('values')}"
    for value, details in values_of(option).items() if excluded else ():
        for key in (candidate for candidate in excluded if candidate in _keys(details)):
            hint = f"delete it, or give {quoted(name)} listed values only"
            yield _Mistake(f"{quoted(name)} {why}, so {quoted(key)} is not allowed at a value", ("values", value, key), hint)
