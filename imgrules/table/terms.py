"""
The parts that compiled rules are made of: numbers, shapes, texts, conditions, tables and limits.

Every record is frozen, and every number exact, whole or decimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.table.record import record

Credits: TypeAlias = int | Decimal
"""An exact price in credits. No price is `None`: unknown, which is never the same as 0."""

Price: TypeAlias = tuple[Credits | None, Credits | None]
"""What is paid now in credits and, while a promotion lasts, the regular price."""

Number: TypeAlias = int | Decimal
Label: TypeAlias = str | Mapping[str, str]
"""One text for everybody, or one text per BCP 47 language tag."""

Constant: TypeAlias = str | int | bool | Decimal | tuple[str | int | bool | Decimal, ...]
WirePath: TypeAlias = tuple[str | int, ...]
"""Names of objects, and places in arrays."""


@record
class Text:
    """How long a text may be, in characters (code points), words or bytes of UTF-8."""

    shortest: int = 0
    longest: int | None = None
    unit: str = "characters"


SOMETHING = Text(1)
"""A text of any length that is not empty."""


@record
class Test:
    """
    What a condition asks of one option: any of some values, none of some values, a range, or to be picked at all.

    A list counts by its length.
    """

    __test__ = False  # pytest takes every class of such a name for a test

    name: str
    any: tuple[str | Number, ...] = ()
    none: tuple[str | Number, ...] = ()
    min: Number | None = None
    max: Number | None = None
    given: bool | None = None


Condition: TypeAlias = tuple[Test, ...]
"""Tests that all have to be passed; an empty one always holds."""


@record
class Lookup:
    """A table with a level for each option of `by`; what stands in place of a row counts for the whole of it."""

    by: tuple[str, ...]
    table: Mapping[str, Any]

    def find(self, picked: Mapping[str, Any]) -> Any:
        """Return what stands there for a selection, or None where nothing does."""
        found: Any = self.table
        for name in self.by:
            value = picked.get(name)
            if isinstance(found, Mapping):
                found = found.get(value) if type(value) is str else None
        return found


@record
class Alias:
    """Another name for something, which ends at a moment or never."""

    name: str
    means: str
    until: str | None = None


@record
class Absence:
    """Why a model or a value cannot be had now: it comes at a moment, or went at one; `use` stands in for it."""

    on: str
    retired: bool
    use: str | None = None


@record
class Numbers:
    """Numbers from `min` to `max`; steps count from `min`, or from 0, and without a step any decimal will do."""

    min: Number | None = None
    max: Number | None = None
    step: Number | None = 1


@record
class Ratios:
    """Shapes such as 16:9 between two of them."""

    min: str | None = None
    max: str | None = None


@record
class Sizes:
    """Pixel sizes such as 1536x1024: bounds and step of each edge, bounds of the area in pixels and of the shape."""

    edge: Numbers = Numbers(1)
    area: Numbers = Numbers()
    ratio: Ratios | None = None


@record
class Follows:
    """
    How a computed option follows from others, by exactly one of these.

    `of` names a number or a list, `pixels` a size or two numbers, counted in begun units, `total` numbers and lists.
    """

    of: str | None = None
    pixels: tuple[str, ...] = ()
    unit: int = 1
    total: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the option is computed from."""
        return (*((self.of,) if self.of else ()), *self.pixels, *self.total)


@record
class Limit:
    """
    What does not go together: where `when` holds, `only` has to hold, `never` must not, and `needs` have to be there.

    A limit says one of the three. Cells already keep what is finite: there this says why.
    """

    when: Condition = ()
    only: Condition = ()
    never: Condition = ()
    needs: tuple[str, ...] = ()
    because: Label | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every option that the limit is about, in the order in which it names them."""
        return tuple(dict.fromkeys((*(each.name for each in (*self.when, *self.only, *self.never)), *self.needs)))
