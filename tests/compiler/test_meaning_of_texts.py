"""The bounds of a text that follow from the shared field and the model together."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules.compiler.lower.convert import text
from imgrules.compiler.spec.bounds import TextSpec
from imgrules.table.terms import Length


@pytest.mark.parametrize(
    ("shared", "own", "rules"),
    [
        (None, None, (Length(),)),
        ({"min": 2}, None, (Length(2),)),
        (None, {"max": 9}, (Length(0, 9),)),
        ({"min": 2}, {"max": 9}, (Length(2, 9),)),
        ({"min": 2, "max": 9}, {"min": 3}, (Length(3, 9),)),
        ({"min": 2, "max": 9}, {"max": 8}, (Length(2, 8),)),
        ({"min": 1}, {"min": 1, "max": 9, "unit": "bytes"}, (Length(1, 9, "bytes"),)),
        ({"min": 1}, {"max": 9, "unit": "bytes"}, (Length(0, 9, "bytes"), Length(1))),
        ({"min": 2}, {"min": 5, "unit": "words"}, (Length(5, None, "words"), Length(2))),
        ({"min": 1}, [{"max": 9}, {"max": 20, "unit": "bytes"}], (Length(1, 9), Length(0, 20, "bytes"))),
        (
            {"max": 9},
            [{"max": 8, "unit": "bytes"}, {"max": 5, "unit": "words"}],
            (Length(0, 8, "bytes"), Length(0, 5, "words"), Length(0, 9)),
        ),
        ({"max": 9}, {"max": 5, "unit": "words"}, (Length(0, 5, "words"), Length(0, 9))),
    ],
)
def test_both_hold(shared: dict[str, object] | None, own: Any, rules: tuple[Length, ...]) -> None:
    """Bounds in the same unit are narrowed; bounds in another unit apply too, unless they follow from those of the model."""
    specs: list[Any] = [
        None if bounds is None else TextSpec.model_validate(bounds)
        for bounds in (shared, own if not isinstance(own, list) else None)
    ]
    specs[1] = [TextSpec.model_validate(bounds) for bounds in own] if isinstance(own, list) else specs[1]
    assert text(*specs).rules == rules
