"""The bounds of a text that follow from the shared field and the model together."""

from __future__ import annotations

import pytest

from imgrules.compiler.lower.convert import texts
from imgrules.compiler.spec.bounds import TextSpec
from imgrules.table.terms import Text


@pytest.mark.parametrize(
    ("shared", "own", "rules"),
    [
        (None, None, (Text(),)),
        ({"min": 2}, None, (Text(2),)),
        (None, {"max": 9}, (Text(0, 9),)),
        ({"min": 2}, {"max": 9}, (Text(2, 9),)),
        ({"min": 2, "max": 9}, {"min": 3}, (Text(3, 9),)),
        ({"min": 2, "max": 9}, {"max": 8}, (Text(2, 8),)),
        ({"min": 1}, {"min": 1, "max": 9, "unit": "bytes"}, (Text(1, 9, "bytes"),)),
        ({"min": 1}, {"max": 9, "unit": "bytes"}, (Text(0, 9, "bytes"), Text(1))),
        ({"min": 2}, {"min": 5, "unit": "words"}, (Text(5, None, "words"), Text(2))),
        ({"max": 9}, {"max": 5, "unit": "words"}, (Text(0, 5, "words"), Text(0, 9))),
    ],
)
def test_both_hold(shared: dict[str, object] | None, own: dict[str, object] | None, rules: tuple[Text, ...]) -> None:
    """Bounds in the same unit are narrowed; bounds in another unit apply too, unless they follow from those of the model."""
    specs = [None if bounds is None else TextSpec.model_validate(bounds) for bounds in (shared, own)]
    assert texts(*specs) == rules
