"""The strategies draw every shape of the language; one that is never drawn would prove nothing."""

from __future__ import annotations

from tests.laws.shares import SHAPES, shares

_EXAMPLES = 20
_ROUNDS = 90


def test_every_shape_is_drawn() -> None:
    """Among some hundred rule sets there is a model with each: drawn in rounds, until none is left to be seen."""
    left = set(SHAPES)
    for start in range(_ROUNDS):
        drawn = shares(_EXAMPLES, start=start)
        left = {shape for shape in left if not drawn[shape]}
        if not left:
            break
    assert left == set()
