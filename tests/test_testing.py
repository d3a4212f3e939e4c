"""The strategies draw every shape of the language, since a shape that is never drawn is never tested."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.build import build_texts
from imgrules.testing.rule_files import _shared_in_part, written
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


OVERRIDDEN: dict[str, Any] = {
    "_shared": {
        "language": 1,
        "types": {"image": {"model": {"send": "model"}, "body": {"side.leaf": "x"}, "options": {}}},
    },
    "odd": {
        "type": "image",
        "model": "m",
        "options": {"tone": {"send": "tone", "values": ["warm"]}},
        "body": {"side.leaf": "(none)", "side": {"by": "tone", "table": {"warm": 1}}},
    },
}


@given(st.data())
def test_a_model_keeps_what_it_overrides_of_its_type(data: st.DataObject) -> None:
    """What is not moved to a type stays with the model, also where the type has a leaf at the same path."""
    shared, *others = deepcopy(list(OVERRIDDEN.values()))
    documents = data.draw(_shared_in_part(shared, dict(zip(["odd"], others, strict=True))))
    assert build_texts(written({"_shared": shared, **documents})).report.errors == ()
