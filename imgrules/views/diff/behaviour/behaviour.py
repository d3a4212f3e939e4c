"""
The behavioural layer: decide every selection of two versions of a model under both sides, and collect what changes.

A change is grouped by the combinations of listed options that it affects, described by as few values of options as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.table.record_base import record
from imgrules.views.answer_changes import gate_changes, price_changes
from imgrules.views.diff.behaviour.answers import Answer, Side, leaves, locks_more
from imgrules.views.diff.diff_records import ABSENT, Later, Sum
from imgrules.views.diff.diff_words import percent
from imgrules.views.diff.pair_space import Row, Space, Tried
from imgrules.views.diff.structure.names import Names, names_of

RANKS = ("impossible", "locked", "sent", "dearer", "cheaper", "repriced", "opened", "possible", "unchanged")
"""The effects of an edit on a selection, the most serious first; the attributes of a sum."""


Entry: TypeAlias = tuple[Tried, Any, Any]
"""A selection that changes, with what was before and what is after."""

Effect: TypeAlias = tuple[str, Decimal | None]
"""The most serious change of a selection, one of `RANKS`, with the change of its price in per cent."""

Dated: TypeAlias = tuple[Effect, str | None]
"""An effect with the moment from which on it is in force, None for always."""


@record
class Behaviour:
    """
    What the decisions of both sides differ in.

    `rows` are possible on either side, each with the values of `others` with which it is, as texts; `shared` on both, likewise.
    `others` has the tried values of other options. `changes` has the affected selections by the kind of change and what it is
    about, such as `("gate-added", "member")`. `effects` has the effect on each selection.
    """

    rows: Mapping[Row, set[tuple[str, ...]]]
    shared: Mapping[Row, set[tuple[str, ...]]]
    others: Mapping[str, tuple[Any, ...]]
    changes: Mapping[tuple[str, str], list[Entry]]
    effects: Mapping[tuple[Any, ...], Effect]

    @property
    def names(self) -> list[str]:
        """The names of other options, in the order of their texts."""
        return sorted(self.others)


def behaviour_of(space: Space, old: Side, new: Side, provider: Mapping[str, str]) -> Behaviour:
    """
    Return the differences of all selections of a space.

    `provider` maps wire paths to the kind of change of what is sent there.
    """
    changes: dict[tuple[str, str], list[Entry]] = {}
    effects = {}
    rows: dict[Row, set[tuple[str, ...]]] = {}
    shared: dict[Row, set[tuple[str, ...]]] = {}
    names = names_of(old.model, new.model)
    for tried in space:
        before, after = old.answer(tried.selection, tried.facts), new.answer(tried.selection, tried.facts)
        if before is None and after is None:
            continue
        for possible in (rows,) if before is None or after is None else (rows, shared):
            possible.setdefault(tried.row, set()).add(tried.texts)
        omitted = dict(_other_defaults(before, after, names))
        kinds: dict[str, None] = dict.fromkeys(["default-changed"] * bool(omitted))
        for name, (old_value, new_value) in omitted.items():
            changes.setdefault(("default-changed", name), []).append((tried, old_value, new_value))
        for kind, about, *values in _differences(before, after):
            if kind == "sent-changed" and about in provider:
                kind = provider[about]  # noqa: PLW2901  another name of the same difference
            elif kind.startswith("sent-") and omitted:
                continue
            kinds[kind] = None
            changes.setdefault((kind, about), []).append((tried, *values))
        effects[_key(tried)] = _effect(before, after, kinds)
    return Behaviour(rows, shared, dict(space.axes), _with_moves(changes), effects)


def _key(tried: Tried) -> tuple[Any, ...]:
    return tried.row, repr(tried.rest)


def _other_defaults(before: Answer | None, after: Answer | None, names: Names) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield the options that nobody picked and that have another value now, by their old names, each with both values."""
    if before is not None and after is not None:
        old, new = before.filled, names.in_old(after.filled)
        values = ((name, (old.get(name), new.get(name))) for name in dict.fromkeys((*old, *new)))
        yield from ((name, both) for name, both in values if both[0] != both[1])


def _differences(before: Answer | None, after: Answer | None) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield how two answers differ: the kind of change, what it is about, and what stands there before and after."""
    if before is None or after is None:
        yield "possible" if before is None else "impossible", "", None, None
        return
    yield from _gates(before, after)
    yield from ((kind, "", old, new) for kind, old, new in price_changes(before.price, after.price))
    if before.request != after.request:
        yield "request-changed", "", before.request, after.request
    if before.body != after.body:
        sent = dict(leaves(before.body)), dict(leaves(after.body))
        for path in dict.fromkeys((*sent[0], *sent[1])):
            old, new = sent[0].get(path, ABSENT), sent[1].get(path, ABSENT)
            if repr(old) != repr(new):
                yield f"sent-{'added' if old is ABSENT else 'removed' if new is ABSENT else 'changed'}", path, old, new


def _gates(before: Answer, after: Answer) -> Iterator[tuple[str, str, Any, Any]]:
    if before.gates == after.gates:
        return
    locks, opens = locks_more(before.gates, after.gates), locks_more(after.gates, before.gates)
    lost, gained = gate_changes(before.gates, after.gates)
    if not (locks or opens):
        yield from (("gate-changed", f"{old} {new}", old, new) for old, new in zip(lost, gained, strict=False))
        return
    if lost and gained and (locks or opens):
        yield "locked" if locks else "opened", "", None, None
    yield from (("gate-removed", name, name, None) for name in lost)
    yield from (("gate-added", name, None, name) for name in gained)


def _effect(before: Answer | None, after: Answer | None, kinds: Iterable[str]) -> Effect:
    """Return the most serious change of a selection, and that of its price in per cent."""
    if before is None or after is None:
        return ("possible" if before is None else "impossible"), None
    if locks_more(before.gates, after.gates):
        return "locked", None
    change = percent(before.price.credits, after.price.credits)
    found = {_EFFECTS.get(kind, "unchanged") for kind in kinds}
    if locks_more(after.gates, before.gates):
        found.add("opened")
    return min(found, key=RANKS.index, default="unchanged"), change


_EFFECTS = {
    **dict.fromkeys(("sent-added", "sent-removed", "sent-changed", "sent-moved", "request-changed"), "sent"),
    **dict.fromkeys(("provider-changed", "provider-model-changed", "default-changed"), "sent"),
    "price-raised": "dearer",
    "price-lowered": "cheaper",
    **dict.fromkeys(("price-stated", "price-withdrawn", "price-estimated", "price-exact"), "repriced"),
}


def _with_moves(changes: dict[tuple[str, str], list[Entry]]) -> Mapping[tuple[str, str], list[Entry]]:
    """Return the changes with a value that leaves one path and appears at another as one change of its own."""
    removed = {_signature(changed, 1): path for (kind, path), changed in changes.items() if kind == "sent-removed"}
    for (kind, path), changed in list(changes.items()):
        before = removed.pop(_signature(changed, 2), None) if kind == "sent-added" else None
        if before is not None:
            del changes["sent-removed", before], changes[kind, path]
            moved = [(tried, before, path) for tried, _, _ in changed]
            changes["sent-moved", f"{before} {path}"] = moved
    return changes


def _signature(changed: list[Entry], side: int) -> tuple[Any, ...]:
    return tuple((*_key(entry[0]), repr(entry[side])) for entry in changed)


def merged(effects: Iterable[tuple[str | None, Mapping[tuple[Any, ...], Effect]]]) -> dict[tuple[Any, ...], Dated]:
    """Return the most serious effect on each selection over several periods of time, each given with the moment of its start."""
    worst: dict[tuple[Any, ...], Dated] = {}
    for since, period in effects:
        for key, effect in period.items():
            if key not in worst or RANKS.index(effect[0]) < RANKS.index(worst[key][0][0]):
                worst[key] = effect, since
    return worst


def sum_of(effects: Iterable[Dated], space: int | None = None) -> Sum:
    """Return how many selections have each effect."""
    counts = dict.fromkeys(RANKS, 0)
    by: dict[str, list[Decimal]] = {"dearer": [], "cheaper": []}
    later = []
    for (effect, change), since in effects:
        counts[effect] += 1
        if effect in by and change is not None:
            by[effect].append(change)
        if since is not None and effect != "unchanged":
            later.append(Later(effect, 1, since))
    ranges = {f"{name}_by": (min(changes), max(changes)) for name, changes in by.items() if changes}
    return Sum(sum(counts.values()), **counts, **ranges, space=space, later=_summed(later))  # type: ignore[arg-type]


def _summed(later: Iterable[Later]) -> tuple[Later, ...]:
    """Return one record for each effect, the most serious first."""
    by_effect: dict[str, list[Later]] = {}
    for one in later:
        by_effect.setdefault(one.effect, []).append(one)
    return tuple(
        Later(effect, sum(one.selections for one in by_effect[effect]), min(one.since for one in by_effect[effect]))
        for effect in RANKS
        if effect in by_effect
    )


def total_of(sums: Iterable[Sum]) -> Sum:
    """Return the sum of several sums; a sample of one is a sample of all."""
    listed = list(sums)
    counts: dict[str, int] = {name: sum(getattr(one, name) for one in listed) for name in ("selections", *RANKS)}
    ranges = {}
    for name in ("dearer_by", "cheaper_by"):
        ends = [end for one in listed for end in getattr(one, name)]
        ranges[name] = (min(ends), max(ends)) if ends else ()
    sampled = any(one.space is not None for one in listed)
    space = sum(one.selections if one.space is None else one.space for one in listed) if sampled else None
    later = _summed(part for one in listed for part in one.later)
    return Sum(**counts, **ranges, space=space, later=later)  # type: ignore[arg-type]
