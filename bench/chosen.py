"""The selections of a model that are timed: allowed ones, refused ones, and a mixture, as JSON can represent them."""

from __future__ import annotations

import json

from bench.drawing import Drawing, Selection
from bench.mistakes import wrong

_COUNT, _REFUSED, _MIXED = 192, 64, (63, 27)


class Model:
    """A model with its allowed and refused selections, and a mixture of 70 % and 30 % of them."""

    def __init__(self, drawing: Drawing, group: str) -> None:
        self.drawing, self.group, self.id = drawing, group, drawing.model.id
        self.allowed = drawn(drawing, _COUNT, allowed=True)
        self.refused = drawn(drawing, _REFUSED, allowed=False)

    def fresh(self, case: str) -> list[str]:
        """Return selections of a case as JSON, with texts, URLs and seeds that were never asked about."""
        valid = (self._other(selection) for selection in self.allowed)
        if case == "valid":
            return [json.dumps(selection) for selection in valid]
        refused = [json.dumps(selection) for selection in self.refused]
        if case == "refused":
            return refused
        mixed = [*(json.dumps(selection) for selection in list(valid)[: _MIXED[0]]), *refused[: _MIXED[1]]]
        self.drawing.random.shuffle(mixed)
        return mixed

    def _other(self, picked: Selection) -> Selection:
        other = self.drawing.fresh(picked)
        return other if self.drawing.allows(other) else picked


def drawn(drawing: Drawing, count: int, *, allowed: bool) -> list[Selection]:
    """Return `count` selections that are allowed, or impossible with every grant, as JSON can represent them."""
    selections: list[Selection] = []
    while len(selections) < count:
        picked = drawing.sound() if allowed else wrong(drawing)
        if drawing.allows(picked) if allowed else drawing.is_impossible(picked) and _is_json(picked):
            selections.append(picked)
    return selections


def _is_json(picked: Selection) -> bool:
    try:
        return bool(json.loads(json.dumps(picked, allow_nan=False)) == picked)
    except (TypeError, ValueError):
        return False
