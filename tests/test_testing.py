"""The strategies draw every shape of the language, since a shape that is never drawn is never tested."""

from __future__ import annotations

from tests.laws.shares import SHAPES, shares

_EXAMPLES = 20
_ROUNDS = 90


def test_every_shape_is_drawn() -> None:
    """Every shape is drawn within 90 rounds of 20 rule sets."""
    left = set(SHAPES)
    for start in range(_ROUNDS):
        drawn = shares(_EXAMPLES, start=start)
        left = {shape for shape in left if not drawn[shape]}
        if not left:
            break
    assert left == set()
