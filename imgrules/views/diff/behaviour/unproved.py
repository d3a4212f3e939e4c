"""Say where the rules differ and no decision does: either nothing changes at all, or only something that was not tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.pair_space import Space
from imgrules.views.diff.structure.areas import AREAS
from imgrules.views.diff.structure.structure import Structure

_EFFECTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cells": ("rules-changed", ("price", "regular", "gate", "combination")),
    "cells.prices": ("formula-changed", ("price", "regular")),
    "cells.gates": ("rules-changed", ("gate",)),
    "price": ("formula-changed", ("price", "regular")),
    "limits": ("limit-changed", ("combination",)),
    "gates": ("rules-changed", ("gate",)),
    "body": ("rules-changed", ("sent", "provider")),
    "request": ("rules-changed", ("request",)),
    "requests": ("rules-changed", ("request",)),
    # What a computed option or a condition is about shows in whatever depends on the option.
    **dict.fromkeys(
        ("options.*.values.*.min", "options.*.values.*.max", "options.*.when", "options.*.ignored"),
        ("condition-changed", ("combination", "price", "regular", "gate", "sent", "provider", "request", "default")),
    ),
}
"""For each area of a model, what to report if no effect is found, and the ids by which its effects begin."""

_CONDITION = ("condition-changed", ("combination",))
"""The same for any other area."""


def unproved(structure: Structure, reported: Iterable[Draft], space: Space, *, whole: bool) -> Iterator[Draft]:
    """
    Yield a finding for each area that differs without a finding about its effect among the decided selections of a space.

    `whole` says that nothing is left between these.
    """
    shown = tuple(draft.id for draft in reported)
    ids = (*shown, *(draft.id for draft in structure.drafts))
    for area in sorted(structure.areas):
        name, effects = _EFFECTS.get(area, _CONDITION)
        proofs = tuple(_own(shown, area, structure)) if space.sampled else ids
        if any(kind.startswith(effects) for kind in proofs) or (
            (whole or area.startswith(("cells", "body"))) and _explains(ids)
        ):
            continue
        words = "differ, and every answer is the same" if whole else "differ; no tried selection shows that alone"
        yield Draft("rules-rewritten" if whole else name, (area,), f"{AREAS[area]} {words}")


def _own(shown: Iterable[str], area: str, structure: Structure) -> Iterator[str]:
    """Yield the effects that show a change of an area: of what else differs beside a condition, its own effects show no condition."""
    others = [_EFFECTS.get(other, _CONDITION) for other in structure.areas if other != area]
    named = _EFFECTS.get(area, _CONDITION)[0] == "condition-changed"
    taken = tuple(effect for name, effects in others if name != "condition-changed" for effect in effects) if named else ()
    yield from (kind for kind in shown if not kind.startswith(taken))


def _explains(ids: tuple[str, ...]) -> bool:
    """Whether values or options come or go, so that what names them differs."""
    return any(kind.startswith(("value", "option", "model", "default", "computed")) for kind in ids)
