"""Functions that make values which no rule accepts, most of them deliberately hostile: each test gets new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Never


class Text(str):
    """A subclass of str, which does not count as text."""

    __slots__ = ()


class Whole(int):
    """A subclass of int, as numeric libraries have them."""


class Listed(list[Any]):
    """A subclass of list."""


def boom(*_: object) -> Never:
    """Raise an unexpected RuntimeError."""
    raise RuntimeError("hostile")


def hostile(*methods: str, base: type = object) -> Any:
    """Return an object of which some methods raise."""
    return type("Hostile", (base,), {method: property(boom) if method == "__class__" else boom for method in methods})()


def sly() -> Any:
    """Return an object that claims to be equal to everything."""
    return type("Sly", (), {"__eq__": lambda *_: True, "__ne__": lambda *_: False, "__hash__": lambda _: 1})()


def cyclic() -> list[Any]:
    """Return a list that contains itself."""
    entries: list[Any] = []
    entries.append(entries)
    return entries


class Late(Mapping[str, Any]):
    """A mapping that raises after some of its names were read."""

    def __iter__(self) -> Iterator[str]:
        """Yield a name, then raise."""
        yield "model"
        raise RuntimeError("hostile")

    def __getitem__(self, name: str) -> Any:
        """Return a value."""
        return "studio"

    def __len__(self) -> int:
        """Return how many names there might be."""
        return 4


class Zone(tzinfo):
    """A time zone whose offset raises or has the wrong type."""

    def __init__(self, offset: Callable[[], Any]) -> None:
        self.offset = offset

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Return the result of the function that was given to the constructor."""
        offset: timedelta | None = self.offset()
        return offset

    def tzname(self, _: datetime | None) -> str | None:
        """Return no name."""
        return None

    def dst(self, _: datetime | None) -> timedelta | None:
        """Return no other offset."""
        return None


class Moment(datetime):
    """A datetime whose methods return wrong values."""

    def astimezone(self, _: tzinfo | None = None) -> Any:
        """Return an object that is not a datetime."""
        return hostile("strftime", "__class__")

    def strftime(self, _: str) -> Any:
        """Return a number instead of text."""
        return 5

    def isoformat(self, *_: Any, **__: Any) -> str:
        """Return another moment."""
        return "1999-01-01T00:00:00+00:00"


NOWHERE: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "true": lambda: True,
    "false": lambda: False,
    "nan": lambda: float("nan"),
    "too large a float": lambda: 1e400,
    "minus too large a float": lambda: -1e400,
    "number of another class": lambda: Whole(2),
    "not a decimal": lambda: Decimal("NaN"),
    "signalling decimal": lambda: Decimal("sNaN"),
    "endless decimal": lambda: Decimal("-Infinity"),
    "decimal of a huge power": lambda: Decimal("1E+999999"),
    "decimal of a tiny power": lambda: Decimal("1E-999999"),
    "decimal of many digits": lambda: Decimal("1." + "1" * 40),
    "complex": lambda: 1j,
    "bytes": lambda: b"dark",
    "text of another class": lambda: Text("dark"),
    "unpaired surrogate": lambda: "\ud800",
    "dict": lambda: {"dark": "dark"},
    "set": lambda: {"dark"},
    "range": lambda: range(2),
    "generator": lambda: iter(["oil"]),
    "class": lambda: str,
    "nested list": lambda: [["oil"]],
    "list of none": lambda: [None],
    "list of numbers": lambda: [1],
    "list of text of another class": lambda: [Text("oil")],
    "list of an unpaired surrogate": lambda: ["oil", "\udfff"],
    "list of long and odd": lambda: ["x" * 99, None, "\ud800", 5],
    "list of hostile": lambda: ["x" * 99, hostile("__class__", "__eq__", "__len__")],
    "list of hostile text": lambda: ["x" * 99, hostile("__len__", "__eq__", "__hash__", "encode", "isascii", base=str)],
    "list that holds itself": cyclic,
    "list of another class": lambda: Listed(["oil"]),
    "list that raises": lambda: hostile("__iter__", "__len__", "__getitem__", "__eq__", base=list),
    "tuple that raises": lambda: hostile("__iter__", "__len__", "__getitem__", "__eq__", base=tuple),
    "long list": lambda: [5] * 10_000,
    "equal to everything": sly,
    "hostile eq": lambda: hostile("__eq__", "__hash__", "__ne__"),
    "hostile class": lambda: hostile("__class__"),
    "hostile everything": lambda: hostile("__repr__", "__str__", "__format__", "__bool__", "__len__", "__getattribute__"),
    "hostile text": lambda: hostile("__eq__", "__hash__", "__str__", "__repr__", "__len__", "encode", "isascii", base=str),
    "hostile number": lambda: hostile("__eq__", "__abs__", "__lt__", "__le__", "__float__", "__index__", base=int),
    "hostile decimal": lambda: hostile("is_finite", "as_tuple", "adjusted", "__eq__", "__lt__", base=Decimal),
    "hostile metaclass": type("Odd", (type,), {"__eq__": boom, "__hash__": boom})("Inner", (), {}),
}
"""Values that no option and no field accepts."""

SOMEWHERE: dict[str, Callable[[], Any]] = {
    "number as text": lambda: "2",
    "whole float": lambda: 2.0,
    "zero": lambda: 0,
    "minus": lambda: -1,
    "large number": lambda: 10**400,
    "number too long to write": lambda: 10**5000,
    "small float": lambda: 5e-324,
    "decimal": lambda: Decimal("2.5"),
    "empty text": lambda: "",
    "long text": lambda: "x" * 100_000,
    "places": lambda: "{field} {0} %s ${x}",
    "large size": lambda: "99999x99999",
    "no size": lambda: "0x0",
    "size in other digits": lambda: "\u0661\u0662x\u0661\u0662",
    "shape": lambda: "16:9",
    "empty list": list,
    "list": lambda: ["oil"],
    "tuple": lambda: ("oil", "clay", "wood"),
    "many": lambda: ["oil"] * 10_000,
}
"""Values that some options accept and others refuse."""
