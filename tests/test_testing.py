"""The strategies draw every shape of the language, since a shape that is never drawn is never tested."""

from __future__ import annotations

from tests.laws.shares import SHAPES, shares

_EXAMPLES = 10
_ROUNDS = 180


def test_every_shape_is_drawn() -> None:
    """Every shape is drawn within 180 rounds of 10 rule sets."""
    left = set(SHAPES)
    for start in range(_ROUNDS):
        drawn = shares(_EXAMPLES, start=start)
        left = {shape for shape in left if not drawn[shape]}
        if not left:
            break
    assert left == set()
