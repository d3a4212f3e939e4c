"""A record of a catalog has the attributes of the record of the table that it shows, with labels in a language."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from imgrules.table.options import Value
from imgrules.table.texts.labels import say
from imgrules.views.catalog.record_offers import offer_maker

DARK = Value("dark", {"en": "Dark", "de": "Dunkel"}, min=2)


@dataclass
class Named:
    """An offer of which one attribute has no counterpart in the table."""

    name: str
    label: str
    price: int | None


@dataclass
class Labelled:
    """An offer that needs a label, where the table has an optional number."""

    min: str


def test_attributes_are_copied_and_labels_translated() -> None:
    """Attributes of the same name and type are copied, labels are translated, and the others are passed."""
    offer = offer_maker(Named, Value, "price")(DARK, lambda label: say(label, "de"), price=5)
    assert offer == Named("dark", "Dunkel", 5)


@pytest.mark.parametrize(("offer", "name"), [(Named, "price"), (Labelled, "min")])
def test_what_the_table_does_not_have_is_passed(offer: type, name: str) -> None:
    """An attribute that the table does not have, or has with another type, is not left out in silence."""
    with pytest.raises(TypeError, match=f"Value has no {name} for {offer.__name__}; pass it by keyword"):
        offer_maker(offer, Value)
