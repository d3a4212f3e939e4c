"""Two leaves at one place, which only a table that no build has written sends together, never stop an answer."""

from __future__ import annotations

from itertools import permutations

from imgrules.engine.body import placed
from imgrules.table.records import Send

LEAVES = (Send(("x",), constant=1), Send(("x", "y"), constant=2), Send(("x", 0), constant=3), Send(("x", "y", 0), constant=4))


def test_any_leaves_make_a_body() -> None:
    """In any order, each body has something at the place."""
    for leaves in permutations(LEAVES):
        assert list(placed(leaves, {})) == ["x"]
