"""
The compiled rules: what every question is answered from.

Two laws of this file. A table has meaning and no places: no file, line or column.
Author's order is kept wherever a person may see it. Every record is frozen: share a table freely between threads.
Numbers are exact, whole or decimal. A moment is text in UTC to the second, so that moments compare as texts do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from imgrules.table.bounded_cache import Memory
from imgrules.table.record import field, record, replace
from imgrules.table.terms import (
    Absence,
    Alias,
    Condition,
    Constant,
    Credits,
    Follows,
    Label,
    Limit,
    Lookup,
    Number,
    Numbers,
    Price,
    Ratios,
    Sizes,
    Text,
    WirePath,
)

MODEL = "model"
"""The key of a selection that names the model; no option and no field may be called so."""

_INDEXES = 8  # so many sets of open options are indexed at once; each index is as large as the model has combinations


@record
class Gate:
    """A door that any one of its grants opens. `icon` and `action` are for a front end to interpret."""

    name: str
    opens_with: tuple[str, ...]
    label: Label
    icon: str | None = None
    action: str | None = None


@record
class Badge:
    """A short text that a front end shows beside a model or a value, from one moment until another."""

    text: Label
    style: str | None = None
    since: str | None = None
    until: str | None = None


@record
class Field:
    """A text that the caller writes, such as a prompt; `also` are rules in other units, which hold besides `text`."""

    name: str
    required: bool = False
    text: Text = field(default_factory=Text)
    also: tuple[Text, ...] = ()

    @property
    def rules(self) -> tuple[Text, ...]:
        """Every rule of its length: all of them hold."""
        return (self.text, *self.also)


@record
class Type:
    """What all models of one content type share at run time; `refused` gives the sentence for a foreign field."""

    name: str
    fields: Mapping[str, Field]
    refused: Mapping[str, Label]


@record
class Value:
    """One choice of an option; of a computed option, the range that it is a word for."""

    name: str
    label: Label
    badges: tuple[Badge, ...] = ()
    min: Number | None = None
    max: Number | None = None


@record
class Option:
    """
    Something the caller picks, or that is computed; without a default it has to be picked, unless it is optional.

    It takes one of `values`, or what `number`, `size`, `ratio` or `text` says; with `many`, so many of them in a list.
    It is there only where `when` holds, and is left out where one of `ignored` does.
    Of a switch, the values are the words `true` and `false`; a caller picks true and false themselves.
    """

    name: str
    label: Label
    values: Mapping[str, Value] = field(default_factory=dict)
    default: str | Number | None = None
    defaults: Lookup | None = None
    number: Numbers | None = None
    size: Sizes | None = None
    ratio: Ratios | None = None
    text: Text | None = None
    many: Numbers | None = None
    follows: Follows | None = None
    optional: bool = False
    snap: bool = False
    when: Condition = ()
    because: Label | None = None
    ignored: tuple[Limit, ...] = ()
    gone: Mapping[str, Absence] = field(default_factory=dict)
    aliases: tuple[Alias, ...] = ()
    loose: bool = False
    switch: bool = False

    @property
    def listed(self) -> bool:
        """Whether it is one of listed values, or a word for a range, and nothing besides."""
        return bool(self.values or self.gone) and not (self.number or self.size or self.ratio or self.text or self.many)

    @property
    def bound(self) -> bool:
        """Whether cells hold it; one that need not be picked, and that nothing else names, is loose."""
        return self.listed and not self.loose

    @property
    def simple(self) -> bool:
        """Whether it always is one of its values, so that cells tell all of it."""
        rich = self.follows or self.optional or self.switch or self.when or self.ignored or self.defaults
        return self.bound and not rich

    def word(self, picked: Any) -> Any:
        """Return what a caller picked as tables and conditions name it: true and false of a switch as words."""
        return ("false", "true")[picked] if self.switch and type(picked) is bool else picked

    def picked(self, word: Any) -> Any:
        """Return a value as a caller picks it: the words of a switch as true and false."""
        return word == "true" if self.switch and type(word) is str else word

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The options that have to be known before this one is."""
        tests = (*self.when, *(each for limit in self.ignored for each in limit.when))
        by = self.defaults.by if self.defaults else ()
        return (*(each.name for each in tests), *by, *(self.follows.names if self.follows else ()))


@record
class Send:
    """
    One leaf of the request body: a constant, what the selection holds under `name`, or what a table says.

    `form` spells it for the wire. Nothing is sent where the selection does not hold it.
    """

    path: WirePath
    name: str | None = None
    constant: Constant | None = None
    lookup: Lookup | None = None
    form: str | None = None


@record
class Cell:
    """
    One combination that is sold: a value per listed option, or None where it is not there.

    `credits` is its price, or the base of it where the model has a formula; `gates` must all be open.
    While a promotion lasts, `regular` is the price without it.
    """

    values: tuple[str | None, ...]
    credits: Credits | None = None
    gates: tuple[str, ...] = ()
    regular: Credits | None = None
    promoted: bool = False

    @property
    def price(self) -> Price:
        """What is paid now, and the regular price while a promotion lasts; of a model with a formula, the base of both."""
        return self.credits, self.regular if self.promoted else None

    def picks(self, model: Model) -> dict[str, str]:
        """Return the values of a combination by the names of their options; what is not there is left out."""
        return named(model.axes, self.values)


def named(axes: tuple[str, ...], values: tuple[str | None, ...]) -> dict[str, str]:
    """Return values by the names of their options; what is not there is left out."""
    return {name: value for name, value in zip(axes, values, strict=True) if value is not None}


@record
class GateRule:
    """Gates that have to be open where a condition holds."""

    when: Condition
    gates: tuple[str, ...]


@record
class Line:
    """
    A factor or a surcharge, where its condition holds.

    `amount` is a number or, where that is None, what `lookup` says; unknown is None there too.
    It counts once, or for each of `per` that is beyond a number.
    """

    amount: Number | None = None
    lookup: Lookup | None = None
    when: Condition = ()
    per: str | None = None
    beyond: Number = 0


@record
class Formula:
    """A price that hangs on numbers: the base of the cell times factors, plus surcharges, for each output, rounded."""

    times: tuple[Line, ...] = ()
    plus: tuple[Line, ...] = ()
    each: str | None = None
    rounding: str | None = None
    step: Number = 1


@record
class Change:
    """From this moment on, a model is another."""

    at: str
    model: Model


@record
class Model:
    """
    One public model. A combination without a cell is impossible.

    What it is at a moment is answered by `at`: itself before its first change.
    """

    id: str
    label: Label
    type: str
    options: Mapping[str, Option]
    body: tuple[Send, ...]
    cells: tuple[Cell, ...]
    badges: tuple[Badge, ...] = ()
    limits: tuple[Limit, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    gates: tuple[GateRule, ...] = ()
    price: Formula | None = None
    aliases: tuple[Alias, ...] = ()
    gone: Absence | None = None
    changes: tuple[Change, ...] = ()
    axes: tuple[str, ...] = field(init=False, repr=False, compare=False)
    order: tuple[Option, ...] = field(init=False, repr=False, compare=False)
    open_limits: tuple[Limit, ...] = field(init=False, repr=False, compare=False)
    by_values: Mapping[tuple[str | None, ...], Cell] = field(init=False, repr=False, compare=False)
    memory: Memory = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the cells, so that a selection finds its own by one look-up."""
        options = self.options.values()
        axes = tuple(each.name for each in options if each.bound)
        object.__setattr__(self, "axes", axes)
        object.__setattr__(self, "open_limits", tuple(each for each in self.limits if not set(each.names) <= set(axes)))
        object.__setattr__(self, "order", tuple(_by_need(self.options)))
        object.__setattr__(self, "by_values", {cell.values: cell for cell in self.cells})
        object.__setattr__(self, "memory", Memory())

    def at(self, moment: str | None) -> Model | None:
        """Return what the model is at a moment; of one that changes, nothing can be said without one."""
        if not self.changes:
            return self
        if moment is None:
            return None
        return next((each.model for each in reversed(self.changes) if each.at <= moment), self)

    def cell(self, values: Mapping[str, Any]) -> Cell | None:
        """Return the combination of what is there, or None where it is not sold."""
        return self.by_values.get(tuple(map(values.get, self.axes)))

    def matching(self, values: Mapping[str, Any], free: Collection[str]) -> Sequence[Cell]:
        """Return the combinations that are sold and agree with what is there; what is free may be anything."""
        known = tuple(each for each in self.axes if each not in free)
        if len(known) == len(self.axes):
            cell = self.cell(values)
            return () if cell is None else (cell,)
        return self._indexed(known).get(tuple(map(values.get, known)), ())

    def _indexed(self, known: tuple[str, ...]) -> Mapping[tuple[str | None, ...], list[Cell]]:
        """Return the combinations by the values of some options; kept for a few sets of them."""
        kept: Memory = self.memory.get("matching") or self.memory.keep("matching", Memory(_INDEXES))
        found: dict[tuple[str | None, ...], list[Cell]] | None = kept.get(known)
        if found is None:
            places = [self.axes.index(each) for each in known]
            found = {}
            for cell in self.cells:
                found.setdefault(tuple([cell.values[each] for each in places]), []).append(cell)
            kept.keep(known, found)
        return found

    @property
    def versions(self) -> tuple[Model, ...]:
        """The model as it is in each stretch of time, one after another, each as if it never changed."""
        if not self.changes:
            return (self,)
        known: tuple[Model, ...] | None = self.memory.get("versions")
        return known or self.memory.keep("versions", (replace(self, changes=()), *(each.model for each in self.changes)))


def _by_need(options: Mapping[str, Option]) -> Iterator[Option]:
    """Yield options so that each follows what it hangs on; a cycle, which `check` refuses, ends in author's order."""
    needs = {name: options.keys() & each.depends_on for name, each in options.items()}
    if not any(needs.values()):
        yield from options.values()
        return
    waits: dict[str, list[str]] = {}
    for name, each in needs.items():
        for one in each:
            waits.setdefault(one, []).append(name)
    place = {name: at for at, name in enumerate(options)}
    left = {name: len(each) for name, each in needs.items()}
    ready = [name for name, count in left.items() if not count]
    while ready or left:
        # What is left when nothing is ready hangs on itself.
        ready = sorted(ready, key=place.__getitem__) or list(left)
        for name in ready:
            yield options[name]
            del left[name]
        freed = [one for name in ready for one in waits.get(name, ()) if one in left]
        for name in freed:
            left[name] -= 1
        ready = [name for name in dict.fromkeys(freed) if not left[name]]


@record
class Result:
    """Where the detail of a creation holds its state and URLs, and which states mean what."""

    state: WirePath
    running: tuple[str, ...]
    succeeded: tuple[str, ...]
    failed: tuple[str, ...]
    main: WirePath
    thumbnail: WirePath | None = None
    artifacts: WirePath | None = None
    artifact_url: WirePath | None = None


@record
class Table:
    """A whole rule set, compiled. `languages` is the order in which a label is looked for, and `messages` are sentences."""

    language: int
    gates: Mapping[str, Gate]
    types: Mapping[str, Type]
    models: Mapping[str, Model]
    result: Result | None = None
    aliases: tuple[Alias, ...] = ()
    languages: tuple[str, ...] = ()
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # What was made of a model when it was first asked for, by its id: it follows from the rest, and from nothing else.
    ready: dict[Any, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    memory: Memory = field(init=False, repr=False, compare=False)
    # The digest, where it is known from the document that the table was read from.
    seal: str | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        """Begin with nothing remembered."""
        object.__setattr__(self, "memory", Memory())

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel without what was made of it."""
        return Table, tuple(getattr(self, name) for name in self.__match_args__)


def fields_of(table: Table, model: Model) -> Mapping[str, Field]:
    """Return the texts that the caller of a model writes, as the model says or as its type does."""
    return model.fields or table.types[model.type].fields
