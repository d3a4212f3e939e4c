"""
The shapes that a document is made of: each looks at a value of parsed JSON, and says the same as a JSON Schema.

A shape is built once and compiled to a closure, so that looking at ten thousand models costs little more than parsing
them. What a schema cannot say, such as the digits of a number, only the closure looks at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

Look: TypeAlias = Callable[[Any], None]
"""What looks at a value: returns nothing where it is sound, and raises `OddError` where it is not."""

MOST_DIGITS = 15
"""So many digits JSON carries exactly everywhere."""
FAR = 10**MOST_DIGITS - 1
"""The greatest number, up or down, that a rule file can hold."""


class OddError(Exception):
    """Something in a document that no build writes, and, from the inside out, where it stands."""

    def __init__(self, what: str, *at: str | int) -> None:
        super().__init__(what)
        self.path: list[str | int] = list(at)

    def __str__(self) -> str:
        """Return the sentence, behind the place where it stands."""
        where = "".join(f"[{each}]" if isinstance(each, int) else f".{each[:_EXCERPT]}" for each in reversed(self.path))
        return f"{where.removeprefix('.')!a}: {self.args[0]}" if where else str(self.args[0])


_EXCERPT = 60


class Shape:
    """What a value has to be."""

    def look(self) -> Look:
        """Return what looks at a value."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema, as far as one can say it."""
        raise NotImplementedError


class Words(Shape):
    """A text of a pattern, or any text that is not empty, or, with `least` 0, any text at all."""

    def __init__(self, pattern: str | None = None, most: int = 2**20, least: int = 1) -> None:
        self.pattern, self.most, self.least = pattern, most, least

    def look(self) -> Look:
        """Return what looks at a value."""
        least, most, pattern = self.least, self.most, self.pattern
        fits = None if pattern is None else re.compile(pattern.removeprefix("^").removesuffix("$")).fullmatch

        def look(value: Any) -> None:
            if type(value) is not str or not least <= len(value) <= most or (fits is not None and not fits(value)):
                raise OddError("a text of another form is wanted here" if type(value) is str else "a text is wanted here")

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        pattern = {} if self.pattern is None else {"pattern": self.pattern}
        return {"type": "string", "minLength": self.least, "maxLength": self.most, **pattern}


class OneOf(Shape):
    """One of some texts, numbers or truth values."""

    def __init__(self, *words: str | int) -> None:
        self.words = words

    def look(self) -> Look:
        """Return what looks at a value."""
        words, kind = frozenset(self.words), type(self.words[0])

        def look(value: Any) -> None:
            if type(value) is not kind or value not in words:
                raise OddError("a value that is not known")

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        return {"enum": list(self.words)}


class Flag(Shape):
    """True or false."""

    def look(self) -> Look:
        """Return what looks at a value."""

        def look(value: Any) -> None:
            if type(value) is not bool:
                raise OddError("true or false is wanted here")

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        return {"type": "boolean"}


class Whole(Shape):
    """A whole number within bounds, written without a point."""

    def __init__(self, least: int = 0, most: int = FAR) -> None:
        self.least, self.most = least, most

    def look(self) -> Look:
        """Return what looks at a value."""
        least, most = self.least, self.most

        def look(value: Any) -> None:
            if type(value) is not int or not least <= value <= most:
                raise OddError(f"a whole number from {least} to {most} is wanted here")

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Amount(Shape):
    """An exact number within bounds, whole or decimal, of no more digits than JSON carries; `finest` is the least above 0."""

    def __init__(self, least: int | Decimal = -FAR, most: int = FAR) -> None:
        self.least, self.most = least, most

    def look(self) -> Look:
        """Return what looks at a value."""
        least, most = self.least, self.most

        def look(value: Any) -> None:
            if type(value) is int:
                if least <= value <= most:
                    return
            elif type(value) is Decimal and is_short(value) and least <= value <= most:
                return
            raise OddError(f"a number from {least} to {most} is wanted here, of {MOST_DIGITS} digits")

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        least = self.least if isinstance(self.least, int) else float(self.least)
        return {"type": "number", "minimum": least, "maximum": self.most}


def is_short(value: Decimal) -> bool:
    """Whether a decimal is finite, and of no more digits than JSON carries exactly."""
    sign, digits, exponent = value.as_tuple()
    if type(exponent) is not int or not -2 * MOST_DIGITS <= exponent <= MOST_DIGITS:
        return False
    return len(digits) <= MOST_DIGITS and (digits != (0,) or not sign)


class Maybe(Shape):
    """A value, or null."""

    def __init__(self, inner: Shape) -> None:
        self.inner = inner

    def look(self) -> Look:
        """Return what looks at a value."""
        inner = self.inner.look()

        def look(value: Any) -> None:
            if value is not None:
                inner(value)

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        return {"anyOf": [self.inner.schema(), {"type": "null"}]}


class Items(Shape):
    """A list of values of one shape."""

    def __init__(self, inner: Shape, most: int, least: int = 0) -> None:
        self.inner, self.most, self.least = inner, most, least

    def look(self) -> Look:
        """Return what looks at a value."""
        inner, least, most = self.inner.look(), self.least, self.most

        def look(value: Any) -> None:
            if type(value) is not list or not least <= len(value) <= most:
                raise OddError(f"a list of {least} to {most} is wanted here")
            try:
                for each in value:
                    inner(each)
            except OddError as odd:
                odd.path.append(next(at for at, one in enumerate(value) if one is each))
                raise

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        return {"type": "array", "items": self.inner.schema(), "minItems": self.least, "maxItems": self.most}


class Entries(Shape):
    """An object of any keys of one shape, whose values have one shape."""

    def __init__(self, key: Words, inner: Shape, most: int, least: int = 0) -> None:
        self.key, self.inner, self.most, self.least = key, inner, most, least

    def look(self) -> Look:
        """Return what looks at a value."""
        key, inner, least, most = self.key.look(), self.inner.look(), self.least, self.most

        def look(value: Any) -> None:
            if type(value) is not dict or not least <= len(value) <= most:
                raise OddError(f"an object of {least} to {most} keys is wanted here")
            for name, each in value.items():
                try:
                    key(name)
                    inner(each)
                except OddError as odd:
                    odd.path.append(name)
                    raise

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        bounds = {"minProperties": self.least, "maxProperties": self.most}
        return {
            "type": "object",
            "additionalProperties": self.inner.schema(),
            "propertyNames": self.key.schema(),
            **bounds,
        }


class Either(Shape):
    """One of several shapes, told apart by the type of the value in JSON."""

    def __init__(self, **shapes: Shape) -> None:
        self.shapes = shapes

    def look(self) -> Look:
        """Return what looks at a value."""
        looks = {kind: each.look() for name, each in self.shapes.items() for kind in _TYPES[name]}

        def look(value: Any) -> None:
            inner = looks.get(type(value))
            if inner is None:
                raise OddError("a value of another type is wanted here")
            inner(value)

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema."""
        return {"anyOf": [each.schema() for each in self.shapes.values()]}


_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "flag": (bool,),
    "number": (int, Decimal),
    "many": (list,),
    "row": (dict,),
}


class Record(Shape):
    """An object with the attributes of one record: none but these, and those that are `needed`."""

    def __init__(self, name: str, needed: str, attributes: Mapping[str, Shape]) -> None:
        self.name, self.needed, self.attributes = name, tuple(needed.split()), attributes

    def look(self) -> Look:
        """Return what looks at a value."""
        looks, needed = {name: each.look() for name, each in self.attributes.items()}, frozenset(self.needed)

        def look(value: Any) -> None:
            if type(value) is not dict:
                raise OddError("an object is wanted here")
            for name, each in value.items():
                try:
                    looks[name](each)
                except KeyError:
                    raise OddError("an attribute that is not known", name) from None
                except OddError as odd:
                    odd.path.append(name)
                    raise
            if not needed <= value.keys():
                raise OddError(f"lacks {', '.join(sorted(needed - value.keys()))}")

        return look

    def schema(self) -> dict[str, Any]:
        """Return the same as a JSON Schema: a reference, for a record is defined once."""
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> dict[str, Any]:
        """Return what stands at the end of the reference."""
        return {
            "type": "object",
            "properties": {name: each.schema() for name, each in self.attributes.items()},
            "required": list(self.needed),
            "additionalProperties": False,
        }
