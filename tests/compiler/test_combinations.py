"""The number of combinations of a model is never counted too low, since a cap on it bounds the time of a build."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules.compiler.lower.combinations import count, grid_of, skeleton
from imgrules.compiler.lower.known_options import known_options_of_version
from imgrules.compiler.lower.periods import Period
from imgrules.compiler.spec.model import ModelSpec

HEAD = {"name": "M", "type": "image", "provider": "p", "model": "m"}
FIRST = {"send": "a", "values": ["x", "y"]}


@pytest.mark.parametrize(
    "document",
    [
        {"options": {"a": FIRST, "b": {"send": "b", "values": ["u", "v"]}}},
        {"options": {"a": FIRST, "b": {"send": "b", "values": {"u": {"credits": 1}, "v": {"credits": 2}}, "optional": True}}},
        {"options": {"a": FIRST, "b": {"send": "b", "values": ["u", "v"]}}, "limits": [{"when": {"a": "x"}, "ignores": "b"}]},
        {
            "options": {
                "a": FIRST,
                "b": {
                    "send": "b",
                    "values": {"u": {"credits": 1}, "v": {"credits": 2}},
                    "default": {"by": ["a"], "table": {"x": "u"}},
                },
            }
        },
    ],
)
def test_combinations_are_counted_as_they_are_made(document: dict[str, Any]) -> None:
    """An option that may be absent, for whatever reason, counts once more."""
    spec = ModelSpec.model_validate({**HEAD, **document})
    model = skeleton("m", Period(None, spec, None, {name: {} for name in spec.options}))
    assert count(known_options_of_version(model)) == len(grid_of(model).rows)
