"""
Shapes of parsed JSON: each returns a function that verifies a value, and an equal JSON Schema.

A shape is compiled to a closure once, so that verifying ten thousand models costs little more than parsing them. The closure
also verifies what a schema cannot express, such as the number of digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.quoting import counted, either, quoted

Verifier: TypeAlias = Callable[[Any], None]
"""A function that verifies a value: it returns None if the value is valid, and raises `InvalidTableError` if it is not."""

MOST_DIGITS = 15
"""Digits that every reader of JSON keeps exactly."""
FAR = 10**MOST_DIGITS - 1
"""The greatest number, positive or negative, in a rule file."""


class InvalidTableError(Exception):
    """Raised if a table is invalid; `path` has the keys and indexes that lead to the mistake, the innermost first."""

    def __init__(self, message: str, *at: str | int) -> None:
        super().__init__(message)
        self.path: list[str | int] = list(at)

    def __str__(self) -> str:
        """Return the path to the mistake, such as `models.flux-2.cells[3]`, and the message."""
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part[:_EXCERPT]}" for part in reversed(self.path))
        return f"{path.removeprefix('.')!a}: {self.args[0]}" if path else str(self.args[0])


_EXCERPT = 60


def _unexpected(expected: str, value: object) -> InvalidTableError:
    """Return the error about a value of parsed JSON that has another shape than the expected one."""
    return InvalidTableError(f"expected {expected}, but found {_described(value)}")


def _described(value: Any) -> str:
    if type(value) is list:
        return f"a list of length {len(value)}"
    if type(value) is dict:
        return f"an object with {counted(len(value), 'key')}"
    if value is None or type(value) is bool:
        return "null" if value is None else str(value).lower()
    return quoted(str(value) if type(value) is Decimal else value)


class Shape:
    """What a JSON value of a table has to be: a function that verifies a value, and the JSON Schema that says the same."""

    _verifier: Verifier | None = None

    def verifier(self) -> Verifier:
        """Return the function that verifies a value, which is made once: a shape is part of many others."""
        if self._verifier is None:
            self._verifier = self._made()
        return self._verifier

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema, as far as it can express the shape."""
        raise NotImplementedError


class Words(Shape):
    """A text, not empty unless `least` is 0, of at most `most` characters, that matches a pattern if there is one."""

    def __init__(self, pattern: str | None = None, most: int = 2**20, least: int = 1) -> None:
        self.pattern, self.most, self.least = pattern, most, least

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        least, most, pattern = self.least, self.most, self.pattern
        fits = None if pattern is None else re.compile(pattern.removeprefix("^").removesuffix("$")).fullmatch

        def verify(value: Any) -> None:
            if type(value) is not str or not least <= len(value) <= most or (fits is not None and not fits(value)):
                matching = "" if pattern is None else f" that matches {pattern}"
                raise _unexpected(f"a text of {least} to {most} characters{matching}", value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        pattern = {} if self.pattern is None else {"pattern": self.pattern}
        return {"type": "string", "minLength": self.least, "maxLength": self.most, **pattern}


class OneOf(Shape):
    """One of some texts, numbers or booleans."""

    def __init__(self, *words: str | int) -> None:
        self.words = words

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        words, kind = frozenset(self.words), type(self.words[0])

        def verify(value: Any) -> None:
            if type(value) is not kind or value not in words:
                raise _unexpected(either(map(str, self.words)), value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"enum": list(self.words)}


class Flag(Shape):
    """A boolean."""

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""

        def verify(value: Any) -> None:
            if type(value) is not bool:
                raise _unexpected("true or false", value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "boolean"}


class Whole(Shape):
    """An `int` within bounds."""

    def __init__(self, least: int = 0, most: int = FAR) -> None:
        self.least, self.most = least, most

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        least, most = self.least, self.most

        def verify(value: Any) -> None:
            if type(value) is not int or not least <= value <= most:
                raise _unexpected(f"a whole number from {least} to {most}", value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Amount(Shape):
    """An exact number within bounds, an `int` or a `Decimal` of at most 15 digits."""

    def __init__(self, least: int | Decimal = -FAR, most: int = FAR) -> None:
        self.least, self.most = least, most

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        least, most = self.least, self.most

        def verify(value: Any) -> None:
            if type(value) is int:
                if least <= value <= most:
                    return
            elif type(value) is Decimal and is_short(value) and least <= value <= most:
                return
            raise _unexpected(f"a number from {least} to {most} with at most {MOST_DIGITS} digits", value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        least = self.least if isinstance(self.least, int) else float(self.least)
        return {"type": "number", "minimum": least, "maximum": self.most}


def is_short(value: Decimal) -> bool:
    """Whether a decimal is finite, and has no more digits than JSON keeps exactly."""
    sign, digits, exponent = value.as_tuple()
    if type(exponent) is not int or not -2 * MOST_DIGITS <= exponent <= MOST_DIGITS:
        return False
    return len(digits) <= MOST_DIGITS and (digits != (0,) or not sign)


class Maybe(Shape):
    """A value of another shape, or null."""

    def __init__(self, inner: Shape) -> None:
        self.inner = inner

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        inner = self.inner.verifier()

        def verify(value: Any) -> None:
            if value is not None:
                inner(value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"anyOf": [self.inner.schema(), {"type": "null"}]}


class Items(Shape):
    """A list of values of one shape, with a least and a greatest length."""

    def __init__(self, inner: Shape, most: int, least: int = 0) -> None:
        self.inner, self.most, self.least = inner, most, least

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        inner, least, most = self.inner.verifier(), self.least, self.most

        def verify(value: Any) -> None:
            if type(value) is not list or not least <= len(value) <= most:
                raise _unexpected(f"a list of length {least} to {most}", value)
            try:
                for item in value:
                    inner(item)
            except InvalidTableError as error:
                error.path.append(next(at for at, other in enumerate(value) if other is item))
                raise

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "array", "items": self.inner.schema(), "minItems": self.least, "maxItems": self.most}


class Entries(Shape):
    """An object with any keys of one shape, and values of one shape."""

    def __init__(self, key: Words, inner: Shape, most: int, least: int = 0) -> None:
        self.key, self.inner, self.most, self.least = key, inner, most, least

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        verify_key, verify_value, least, most = self.key.verifier(), self.inner.verifier(), self.least, self.most

        def verify(value: Any) -> None:
            if type(value) is not dict or not least <= len(value) <= most:
                raise _unexpected(f"an object with {least} to {most} keys", value)
            for name, item in value.items():
                try:
                    verify_key(name)
                    verify_value(item)
                except InvalidTableError as error:
                    error.path.append(name)
                    raise

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        bounds = {"minProperties": self.least, "maxProperties": self.most}
        return {
            "type": "object",
            "additionalProperties": self.inner.schema(),
            "propertyNames": self.key.schema(),
            **bounds,
        }


class Either(Shape):
    """One of several shapes, chosen by the type of the value in JSON."""

    def __init__(self, **shapes: Shape) -> None:
        self.shapes = shapes

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        verifiers = {kind: shape.verifier() for name, shape in self.shapes.items() for kind in _TYPES[name]}

        def verify(value: Any) -> None:
            inner = verifiers.get(type(value))
            if inner is None:
                raise _unexpected(" or ".join(_TYPE_NAMES[name] for name in self.shapes), value)
            inner(value)

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"anyOf": [shape.schema() for shape in self.shapes.values()]}


_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "flag": (bool,),
    "number": (int, Decimal),
    "many": (list,),
    "row": (dict,),
}
_TYPE_NAMES = {"text": "a text", "flag": "true or false", "number": "a number", "many": "a list", "row": "an object"}


class Record(Shape):
    """An object with the attributes of a record: those in `needed`, and no others than `attributes`."""

    def __init__(self, name: str, needed: str, attributes: Mapping[str, Shape]) -> None:
        self.name, self.needed, self.attributes = name, tuple(needed.split()), attributes

    def _made(self) -> Verifier:
        """Return a new function that verifies a value."""
        verifiers, needed = {name: shape.verifier() for name, shape in self.attributes.items()}, frozenset(self.needed)

        def verify(value: Any) -> None:
            if type(value) is not dict:
                raise _unexpected("an object", value)
            for name, item in value.items():
                try:
                    verifiers[name](item)
                except KeyError:
                    raise InvalidTableError("unknown attribute", name) from None
                except InvalidTableError as error:
                    error.path.append(name)
                    raise
            if not needed <= value.keys():
                raise InvalidTableError(f"required attributes are missing: {', '.join(sorted(needed - value.keys()))}")

        return verify

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema: a reference, because each record is defined once."""
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> dict[str, Any]:
        """Return the definition to which that reference points."""
        return {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in self.attributes.items()},
            "required": list(self.needed),
            "additionalProperties": False,
        }
