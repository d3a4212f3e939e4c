"""The mistakes of options that are each valid alone: broken limits, and combinations that are not sold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.resolve import Picks, keeps, lacking
from imgrules.refusals.faults import Fault
from imgrules.table.options import Option
from imgrules.table.records import Cell, Model
from imgrules.table.terms import Limit, Test


def joint_faults(model: Model, resolved: Picks, cell: Cell | None, limits: Sequence[Limit] | None = None) -> list[Fault]:
    """Return the faults of options that are each valid alone: broken limits, or a combination that is not sold."""
    if limits is None:
        # A cell satisfies every limit that is about listed options only.
        limits = model.limits if cell is None else model.open_limits
    broken = [limit for limit in limits if resolved.open.isdisjoint(limit.names) and not keeps(limit, resolved.values, model)]
    if not (broken or resolved.misplaced) and (cell is not None or model.matching(resolved.values, resolved.open)):
        return []
    needed = [fault for limit in broken for fault in _needed_faults(limit, resolved)]
    misplaced = (_existence_limit(model.options[name]) for name in resolved.misplaced)
    broken = [*misplaced, *(limit for limit in broken if not limit.needs)]
    blamed: dict[str, list[Limit]] = {}
    for limit in broken:
        for name in _blamed_options(model, limit.names, resolved):
            blamed.setdefault(name, []).append(limit)
    if not (broken or needed or cell is not None or model.matching(resolved.values, resolved.open)):
        axes = tuple(name for name in model.axes if name in resolved.values) or model.axes
        blamed = {name: [] for name in _blamed_options(model, axes, resolved)}
    conflicts = (_conflict(model, name, resolved, tuple(blamed[name])) for name in model.options if name in blamed)
    deduplicated = {(fault.field, *map(limit_key, fault.limits)): fault for fault in reversed(needed)}
    return [*reversed(deduplicated.values()), *conflicts]


def limit_key(limit: Limit) -> tuple[Any, ...]:
    """Return a hashable key of a limit; its reason may be a mapping of languages, which is not hashable."""
    because = limit.because if limit.because is None or isinstance(limit.because, str) else tuple(limit.because.items())
    return limit.when, limit.only, limit.never, limit.needs, because


def _needed_faults(limit: Limit, resolved: Picks) -> Iterator[Fault]:
    """Yield a fault for each option that a limit needs and that is absent."""
    absent = lacking(limit, resolved.values)
    return (Fault(ViolationCode.MISSING_FIELD, name, None, "needed_field", (limit,)) for name in absent)


def _conflict(model: Model, name: str, resolved: Picks, limits: tuple[Limit, ...]) -> Fault:
    value = resolved.values.get(name)
    return Fault(ViolationCode.NOT_TOGETHER, name, value, "", limits, fact=model.options[name].fact)


def _existence_limit(option: Option) -> Limit:
    """Return the limit that an option may be picked only where it exists."""
    return Limit((Test(option.name, none=(None,)),), option.when, because=option.because)


def _blamed_options(model: Model, names: tuple[str, ...], resolved: Picks) -> tuple[str, ...]:
    """Return the named options that a caller can change: those that are picked or, if none is, all of them; or else facts."""
    sources = tuple(source_options(model, names))
    if model.facts:
        sources = tuple(name for name in sources if not model.options[name].fact) or sources
    return tuple(name for name in sources if name in resolved.values or name in resolved.misplaced) or sources


def source_options(model: Model, names: Iterable[str]) -> Iterator[str]:
    """Yield, for each named option, itself or the options from which it is computed, directly or not; deduplicated."""
    left, seen = [*reversed(tuple(names))], set[str]()
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        rule = model.options[name].follows
        if rule is None:
            yield name
        else:
            left += reversed(rule.names)
