"""The strategies draw every shape of the language; one that is never drawn would prove nothing."""

from __future__ import annotations

from tests.laws.shares import shares


def test_every_shape_is_drawn() -> None:
    """Among some hundred rule sets there is a model with each."""
    assert [shape for shape, share in shares(250, always_the_same=True).items() if not share] == []
