"""
prices that are missing for some combinations

What: some values of an option have credits and others do not, or a table of prices lacks a combination that is offered.
Why: a forgotten price looks like a free image. A price that is not stated is written as `unknown`.

Avoid:
    values: {low: {credits: 5}, high: {label: Premium}}
Prefer:
    values: {low: {credits: 5}, high: {label: Premium, credits: unknown}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.lower.combinations import combinations, count, details_of, may_lack, price_of, skeleton
from imgrules.compiler.lower.periods import Era, eras, moments
from imgrules.compiler.lower.ranges import is_turned
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import FormulaSpec, ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, gates_of, is_counted, is_listed, prices, values_of
from imgrules.compiler.spec.shared import SharedSpec, TypeSpec
from imgrules.compiler.spec.types import PriceTableSpec
from imgrules.quoting import quoted
from imgrules.table.caps import MOST_COMBINATIONS, MOST_DATED_COMBINATIONS

CODE = Code("IR208", "price-hole", Severity.ERROR, __doc__)

_NAMED = 3
"""So many holes of a table are named; the rest is counted."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find what has no price while others have."""
    for model, spec in rules.models.items():
        # Where the model has a price too, another check tells that the values should have none.
        forgotten = [] if _has_price(spec) else list(_of_values(model, spec))
        yield from forgotten
        kind = rules.shared.types.get(spec.type)
        if kind is not None and not forgotten and _may_lack_a_price(spec) and _is_small(spec, rules.shared):
            found = (_hole(model, spec, each, kind) for each in eras(spec, rules.shared) if each.gone is None)
            # What is missing at several times is told once.
            yield from {(each.message, each.place): each for each in found if each is not None}.values()


def _is_small(spec: ModelSpec, shared: SharedSpec) -> bool:
    combinations_ = count(spec)
    return combinations_ <= MOST_COMBINATIONS and combinations_ * (len(moments(spec, shared)) + 1) <= MOST_DATED_COMBINATIONS


def _of_values(model: str, spec: ModelSpec) -> Iterator[Finding]:
    for option, each in spec.options.items():
        values = values_of(each) if isinstance(each.values, dict) and is_listed(each) else {}
        if all(said.credits is None for said in values.values()):
            continue
        for value, said in values.items():
            if said.credits is None:
                place = Place(("options", option, "values", value), on_key=True, file=model)
                hint = "add `credits:` with its price, or `credits: unknown`"
                yield Finding(CODE, f"{quoted(value)} has no price, but others have", place, hint)


def _may_lack_a_price(spec: ModelSpec) -> bool:
    """Return whether prices hang on what is picked in such a way that combinations have to be looked at."""
    ignored = {name for limit in spec.limits or () for name in gates_of(limit.ignores)}
    priced = ((name, each) for name, each in spec.options.items() if is_listed(each) and _is_priced(each))
    bases = [each for _, each in _base_tables(spec)]
    if any(is_turned(spec, each) for each in bases):
        return False
    return bool(bases) or any(may_lack(each) or name in ignored for name, each in priced)


def _is_priced(option: OptionSpec) -> bool:
    return any(said.credits is not None for said in values_of(option).values())


def _base_tables(spec: ModelSpec) -> Iterator[tuple[Path, PriceTableSpec]]:
    """Yield the tables that base prices stand in; a surcharge or a promotion may well be for some values only."""
    dated = isinstance(spec.credits, list)
    said = [each.credits for each in spec.credits] if isinstance(spec.credits, list) else [spec.credits]
    for at, each in enumerate(said):
        path: Path = ("credits", at, "credits") if dated else ("credits",)
        base = each.base if isinstance(each, FormulaSpec) else each
        if isinstance(base, PriceTableSpec) and all(_is_sound(spec, name) for name in base.by):
            yield (*path, "base") if isinstance(each, FormulaSpec) else path, base


def _is_sound(spec: ModelSpec, name: str) -> bool:
    """Return whether an option is one of listed values, as a table wants; what is wrong with another, other checks tell."""
    option = spec.options.get(name)
    if option is None or not is_listed(option):
        return False
    return option.of is None or (option.of in spec.options and is_counted(spec.options[option.of]))


def _hole(model: str, spec: ModelSpec, era: Era, kind: TypeSpec) -> Finding | None:
    """Return one combination that is sold without a price, if others have one."""
    base = era.spec.credits.base if isinstance(era.spec.credits, FormulaSpec) else era.spec.credits
    if base is not None and not isinstance(base, PriceTableSpec):
        return None
    sold = list(combinations(skeleton(model, era, kind), era.spec))
    holes = [each for each in sold if price_of(era.spec, each, details_of(era.spec, each)) is None]
    if not holes or (base is None and len(holes) == len(sold)):
        return None
    hole = holes[0]
    path = next((path for path, each in _base_tables(spec) if each is base), None)
    names = base.by if isinstance(base, PriceTableSpec) else [name for name, each in spec.options.items() if _is_priced(each)]
    all_lacking = list(dict.fromkeys(_lacking(names, each) for each in holes))
    lacking = all_lacking[0]
    if path is not None:
        place = Place((*path, "table"), on_key=True, file=model)
        left = len(all_lacking) - _NAMED
        named = ", nor for ".join((*all_lacking[:_NAMED], *((f"{left} more",) if left > 0 else ())))
        hint = "add " + ("each" if len(all_lacking) > 1 else "it") + ", with its price or `unknown`"
        absent = next((name for name in names for each in holes if name not in each), None)
        if absent is not None:
            # A table has values alone: what is not picked cannot be added to it; a computed option follows another one.
            absent = spec.options[absent].of or absent
            hint = f"give {quoted(absent)} a default, or put its price in `plus:` and add a `base:` without it"
        return Finding(CODE, f"the table has no price for {named}", place, hint)
    place = Place(("options", names[0]) if names else ("options",), on_key=True, file=model)
    rest = " and ".join(f"{quoted(name)} {quoted(value)}" for name, value in hole.items()) or "everything else"
    hint = "write the prices in a table by an option that always exists, or as `base:` of a formula"
    return Finding(CODE, f"with {lacking} there is no price, for example for {rest}", place, hint)


def _lacking(names: list[str], hole: Mapping[str, str]) -> str:
    """Return in words which combination has no price."""
    return " and ".join(quoted(hole[name]) if name in hole else f"no {quoted(name)}" for name in names)


def _has_price(spec: ModelSpec) -> bool:
    """Return whether a model has a price of its own, which leaves nothing to its values."""
    own = (each for path, each in prices(spec) if path[0] == "credits")
    return any(not isinstance(each, FormulaSpec) or each.base is not None for each in own)
