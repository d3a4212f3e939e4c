"""
The terms of compiled rules: prices, numbers, sizes, ratios, texts, conditions, look-up tables and limits.

Every record is frozen, and every number is exact, either `int` or `Decimal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from imgrules.table.record_base import record

Credits: TypeAlias = int | Decimal
"""An exact price in credits. Where a price may be None, this means unknown, never 0."""

CREDITS = "credits"
"""What prices are in where a rule set states no currency."""


class Price(NamedTuple):
    """
    The current price in credits and, while a promotion lasts, the regular price; each may be None, for unknown.

    `estimate` and `regular_estimate` say that the number is not exact.
    """

    credits: Credits | None
    regular: Credits | None = None
    estimate: bool = False
    regular_estimate: bool = False


Number: TypeAlias = int | Decimal
Label: TypeAlias = str | Mapping[str, str]
"""One text for every language, or a text for each BCP 47 language tag."""

Constant: TypeAlias = str | int | bool | Decimal | tuple[str | int | bool | Decimal, ...]
NONE = "(none)"
"""In a rule file and as a row of a table: nothing is there, is picked or is sent."""

OTHER = "(other)"
"""As a row of a table: whatever no other row names."""

WirePath: TypeAlias = tuple[str | int, ...]
"""A path in a JSON document: keys of objects as text, indexes of arrays as `int`."""


def dotted(path: WirePath) -> str:
    """Return a path as rule files write it, such as `data.files[0].url`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


@record
class Length:
    """Bounds of the length of a text, in characters (code points), words or bytes of UTF-8; both bounds are inclusive."""

    shortest: int = 0
    longest: int | None = None
    unit: str = "characters"


@record
class Text:
    """The length that a text may have, as in `Length`; `also` are further bounds, each in another unit."""

    shortest: int = 0
    longest: int | None = None
    unit: str = "characters"
    also: tuple[Length, ...] = ()

    @property
    def rules(self) -> tuple[Length, ...]:
        """All bounds of the length, one for each unit; every one has to hold."""
        return (Length(self.shortest, self.longest, self.unit), *self.also)


SOMETHING = Text(1)
"""A text of any length but 0."""


@record
class Test:
    """
    A test of one option: it has `any` of some values, `none` of some, or a number from `min` to `max`.

    None among the values means that there is no value, or a list without entries. For a list, its length is tested.
    """

    __test__ = False  # pytest takes every class of such a name for a test

    name: str
    any: tuple[str | Number | None, ...] = ()
    none: tuple[str | Number | None, ...] = ()
    min: Number | None = None
    max: Number | None = None

    @property
    def asks_presence(self) -> bool:
        """Whether it asks only whether there is a value."""
        return {*self.any, *self.none} == {None}


Condition: TypeAlias = tuple[Test, ...]
"""Tests that a selection has to pass, all of them; an empty condition always holds."""


@record
class Lookup:
    """
    A nested table with a level for each option of `by`; a scalar in place of a row applies to the whole row.

    The row `NONE` is for an option without a value, or with a list without entries; `OTHER` for any value that no row names.
    """

    by: tuple[str, ...]
    table: Mapping[str, Any]

    @property
    def levels(self) -> list[set[str]]:
        """The names of all rows by each option of `by`."""
        levels: list[set[str]] = []
        tables: list[Any] = [self.table]
        for _ in self.by:
            tables = [table for table in tables if isinstance(table, Mapping)]
            levels.append({row for table in tables for row in table})
            tables = [inner for table in tables for inner in table.values()]
        return levels

    def find(self, picked: Mapping[str, Any]) -> Any:
        """Return the entry for a selection, or None where there is none."""
        entry: Any = self.table
        for name in self.by:
            if isinstance(entry, Mapping):
                entry = entry.get(row_for(entry, picked.get(name)))
        return entry


def row_for(rows: Mapping[str, Any], value: Any) -> str:
    """Return the name of the row for a value: its own where there is one, else `OTHER`, or `NONE` for no value."""
    if type(value) is str:
        # A text that somebody writes may be any, also a word that rows have for something else.
        return value if value in rows and value not in {NONE, OTHER} else OTHER
    return NONE if value is None or value in ([], ()) else OTHER


@record
class Alias:
    """Another name, `name`, for what the rules call `means`: until the moment `until` (UTC), or for ever."""

    name: str
    means: str
    until: str | None = None


@record
class Absence:
    """Why a model or a value is not available: it comes at the moment `on` (UTC), or was `retired` then; any of `use` replaces it."""

    on: str
    retired: bool
    use: tuple[str, ...] = ()


@record
class Numbers:
    """Numbers from `min` to `max`, both inclusive, in steps from `min` or else from 0; without a step, any decimals."""

    min: Number | None = None
    max: Number | None = None
    step: Number | None = 1


@record
class Ratios:
    """Aspect ratios such as 16:9, from `min` to `max`, both inclusive."""

    min: str | None = None
    max: str | None = None


@record
class Sizes:
    """Pixel sizes such as 1536x1024: bounds and step of each edge and of the area in pixels, and bounds of the aspect ratio."""

    edge: Numbers = Numbers(1)
    area: Numbers = Numbers()
    ratio: Ratios | None = None


@record
class Follows:
    """
    How a computed option is calculated from others.

    `measure` is None for the number that is the one option of `of`, or the length of that list. `pixels`, `longest` and
    `shortest` are about a size, or about two numbers that are its sides: its area in units of `unit` pixels, rounded up, or one
    side; there is none where a side is missing. `total` adds numbers and lengths, and what is missing counts as 0.

    `table` is a table by the options of `of`, whose entries are words; there is no measure then.
    """

    of: tuple[str, ...]
    measure: str | None = None
    unit: int = 1
    table: Lookup | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The options from which it is computed."""
        return self.of

    @property
    def of_sides(self) -> bool:
        """Whether it is computed from the two sides of an image."""
        return self.measure in {"pixels", "longest", "shortest"}


@record
class Limit:
    """
    A rule about several options: where `when` holds, `only` has to hold, `never` must not, and `needs` must have values.

    A limit has one of the three. Cells already leave out the combinations that break it; for those it only gives the reason.
    """

    when: Condition = ()
    only: Condition = ()
    never: Condition = ()
    needs: tuple[str, ...] = ()
    because: Label | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The options that the limit is about, each once, in the order in which it names them."""
        return tuple(dict.fromkeys((*(test.name for test in (*self.when, *self.only, *self.never)), *self.needs)))
