"""The records of options and of their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.table.record_base import field, record
from imgrules.table.terms import Absence, Alias, Condition, Follows, Label, Limit, Lookup, Number, Numbers, Ratios, Sizes, Text

_NO_ITEMS: Mapping[str, Any] = {}


def no_items() -> Mapping[str, Any]:
    """Return the empty mapping of all records, which nobody changes: each value with its own would take twice the memory."""
    return _NO_ITEMS


@record
class Badge:
    """A short text that a front end shows beside a model or a value, from `since` until `until`, in UTC."""

    text: Label
    style: str | None = None
    since: str | None = None
    until: str | None = None


@record
class Value:
    """
    One value of an option; for a computed option, a word for the range from `min` to `max`.

    `use` are the values to use instead once it has ended. `sent` is false if the request contains nothing for it.
    `meta` are texts of the author for a front end, which nothing here reads.
    """

    name: str
    label: Label
    badges: tuple[Badge, ...] = ()
    min: Number | None = None
    max: Number | None = None
    use: tuple[str, ...] = ()
    sent: bool = True
    description: Label | None = None
    meta: Mapping[str, str] = field(default_factory=no_items)


@record
class Option:
    """
    An option that the caller picks, or that is computed; it has to be picked unless it is `optional` or has a default.

    It takes one of `values`, or what `number`, `size`, `ratio` or `text` allows; with `many`, a list of such values.
    With `snap`, the `nearest` value, or the next one `down` or `up`, replaces one that it does not take.
    It is present only where `when` holds, and is left out where the condition of one of `ignored` does.
    The values of a switch are named `true` and `false`; a caller picks the booleans.
    A `fact` is not picked: the service states it, beside the selection of its caller.
    `meta` are texts of the author for a front end, which nothing here reads.
    """

    name: str
    label: Label
    values: Mapping[str, Value] = field(default_factory=no_items)
    default: str | Number | None = None
    defaults: Lookup | None = None
    number: Numbers | None = None
    size: Sizes | None = None
    ratio: Ratios | None = None
    text: Text | None = None
    many: Numbers | None = None
    follows: Follows | None = None
    optional: bool = False
    snap: str | None = None
    when: Condition = ()
    because: Label | None = None
    ignored: tuple[Limit, ...] = ()
    gone: Mapping[str, Absence] = field(default_factory=no_items)
    aliases: tuple[Alias, ...] = ()
    loose: bool = False
    switch: bool = False
    fact: bool = False
    sent: bool = True
    description: Label | None = None
    meta: Mapping[str, str] = field(default_factory=no_items)

    @property
    def listed(self) -> bool:
        """Whether it takes listed values only, or is a word for a range."""
        return bool(self.values or self.gone) and not (self.number or self.size or self.ratio or self.text or self.many)

    @property
    def bound(self) -> bool:
        """Whether cells have a value for it: it is listed, and not `loose` (optional, and used by no rule)."""
        return self.listed and not self.loose

    @property
    def required(self) -> bool:
        """Whether the caller has to pick it where it exists: it is not optional, has no default and is not computed."""
        return not (self.optional or self.follows or self.defaults) and self.default is None

    @property
    def conditional(self) -> bool:
        """Whether it exists, or has an effect, under a condition only."""
        return bool(self.when or self.ignored)

    @property
    def simple(self) -> bool:
        """Whether the values in the cells say everything: it is bound, always present, not computed, no switch, and has no default table."""
        return self.bound and not (self.follows or self.optional or self.switch or self.conditional or self.defaults)

    def word(self, picked: Any) -> Any:
        """Return a picked value as tables and conditions name it: the booleans of a switch as `true` and `false` in text."""
        return ("false", "true")[picked] if self.switch and type(picked) is bool else picked

    def picked(self, word: Any) -> Any:
        """Return a value as a caller picks it: the words of a switch as booleans."""
        return word == "true" if self.switch and type(word) is str else word

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The options whose values have to be known before this one's; a name may occur several times."""
        if not (self.when or self.ignored or self.defaults or self.follows):
            return ()  # most options
        tests = (*self.when, *(test for limit in self.ignored for test in limit.when))
        by = self.defaults.by if self.defaults else ()
        return (*(test.name for test in tests), *by, *(self.follows.names if self.follows else ()))
