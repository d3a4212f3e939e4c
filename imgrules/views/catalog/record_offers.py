"""
Make a record of a catalog from one of the table: attributes are copied, and labels are in the language of the caller.

What a catalog shows of a record otherwise, such as a price, its caller passes by keyword.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from imgrules.table.record_readers import annotation_of
from imgrules.table.terms import Label

_Offer = TypeVar("_Offer")


def offer_maker(offer: type[_Offer], kind: Any, *given: str) -> Callable[..., _Offer]:
    """
    Compile the function that makes an `offer` of a record of the class `kind`, with the given attributes passed by keyword.

    For `BadgeOffer` and `Badge`, the source is

        lambda record, say: offer(record.text if type(record.text) is str else say(record.text), record.style)

    Raises:
        TypeError: an attribute is not given, and the record has none of this name and type.

    """
    names: tuple[str, ...] = vars(offer)["__match_args__"]
    arguments = ", ".join(name if name in given else _value(offer, kind, name) for name in names)
    source = f"lambda {', '.join(('record', 'say', *given))}: offer({arguments})"
    maker: Callable[..., _Offer] = eval(source, {"offer": offer})  # noqa: S307  all names are our own
    return maker


def _value(offer: Any, kind: Any, name: str) -> str:
    """Return the source of the value of an attribute."""
    if name in kind.__match_args__ and _is_optional(offer, name) is _is_optional(kind, name):
        source, wanted, held = f"record.{name}", annotation_of(offer, name), annotation_of(kind, name)
        if held == wanted:
            return source
        if held == Label and wanted is str:
            test = f"{source} is None" if _is_optional(kind, name) else f"type({source}) is str"
            return f"{source} if {test} else say({source})"  # most of them need no call
    raise TypeError(f"{kind.__qualname__} has no {name} for {offer.__qualname__}; pass it by keyword")


def _is_optional(kind: Any, name: str) -> bool:
    return str(kind.__annotations__[name]).endswith(" | None")
