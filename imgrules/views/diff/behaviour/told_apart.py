"""Tell the selections that a change affects from others, by the values of options outside of combinations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from imgrules.views.diff.pair_space import Row
from imgrules.views.regions import boxes

MOST_GROUPS = 24
"""The most findings of one kind about one model by combinations; beyond it, one finding tells of all."""

_MOST_BOXES = 4  # the most parts, by values outside of combinations, in which one finding is told
_MOST_TEXTS = 40_000  # the most such values, of all selections together, that are put into parts

Texts = tuple[str, ...]
"""The values of options outside of combinations, as texts."""

Limits = Mapping[str, set[str]]
"""Values of such options by name, as texts."""


def consistent(
    details: Mapping[Row, str], changed: Mapping[Row, set[Texts]], possible: Mapping[Row, set[Texts]]
) -> Mapping[Row, str]:
    """
    Return the details by which combinations are told apart, so that all of one detail are affected with the same values of others.

    Where this would be too many details, they stay as they are.
    """
    groups: list[tuple[str, set[Texts], set[Texts]]] = []
    finer = {}
    # Sorted, so that the comparison in the other direction has the same details.
    for row in sorted(details, key=repr):
        texts, others = changed[row], possible[row] - changed[row]
        fitting = (
            place
            for place, (detail, affected, apart) in enumerate(groups)
            if detail == details[row] and affected.isdisjoint(others) and apart.isdisjoint(texts)
        )
        place = next(fitting, len(groups))
        if place == MOST_GROUPS:
            return details
        if place == len(groups):
            groups.append((details[row], set(), set()))
        groups[place][1].update(texts)
        groups[place][2].update(others)
        finer[row] = f"{details[row]} {place}"
    return finer


def limited_to(names: list[str], changed: set[Texts], others: set[Texts]) -> Iterator[tuple[Limits, set[Texts]]]:
    """Yield the affected selections with what limits them; in a few parts, where one alone would tell of others too."""
    limits = _limits(names, changed, others)
    whole = sorted(changed | others)
    if any(_holds(names, limits, other) for other in others) and len(whole) * len(names) <= _MOST_TEXTS:
        parts = list(islice(boxes(names, sorted(changed), whole), _MOST_BOXES + 1))
        if len(parts) <= _MOST_BOXES:
            for part in parts:
                texts = {texts for texts in changed if _holds(names, part.when, texts)}
                yield _limits(names, texts, {other for other in whole if other not in texts}), texts
            return
    yield limits, changed


def _holds(names: list[str], limits: Mapping[str, Collection[str | None]], texts: Texts) -> bool:
    return all(name not in limits or text in limits[name] for name, text in zip(names, texts, strict=True))


def _limits(names: list[str], changed: set[Texts], others: set[Texts]) -> Limits:
    """
    Return the values, as texts, of options outside of combinations to which a change is limited.

    An option that tells no affected selection from another one is left out; so is, first of all, one that they do not have.
    """
    affected = {place: {texts[place] for texts in changed} for place in range(len(names))}
    apart = [{place for place, texts in affected.items() if other[place] not in texts} for other in others]
    limited = set[int]().union(*apart)
    for place in sorted(limited, key=lambda place: (affected[place] != {repr(None)}, -len(affected[place]))):
        if {place} not in apart:
            limited.discard(place)
            apart = [places - {place} for places in apart]
    return {names[place]: affected[place] for place in limited}
