"""
The records of the compiled rules: everything that decisions, catalogs and request bodies depend on.

A table has meaning and no source places: no file, line or column. Author's order is kept wherever a person may see it.
Every record is frozen: threads can share a table freely. Numbers are exact, either `int` or `Decimal`. A moment is a text in
UTC to the second, such as `2026-12-01T09:00:00Z`, so that moments compare as texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from imgrules.table.bounded_cache import Memory
from imgrules.table.dependency_order import in_dependency_order
from imgrules.table.options import Badge, Option, no_items
from imgrules.table.record_base import field, record, replace
from imgrules.table.terms import (
    CREDITS,
    Absence,
    Alias,
    Condition,
    Constant,
    Credits,
    Label,
    Limit,
    Lookup,
    Number,
    Numbers,
    Price,
    Text,
    WirePath,
)

MODEL = "model"
"""The key of a selection that names the model; no option or field may have this name."""

_INDEXES = 8  # cached indexes of cells for each model; an index is as large as the list of cells


@record
class Gate:
    """A gate, which any one of the grants in `opens_with` opens. `icon` and `action` are for a front end to interpret."""

    name: str
    opens_with: tuple[str, ...]
    label: Label
    icon: str | None = None
    action: str | None = None


@record
class Field:
    """A text that the caller writes, such as a prompt; a `cap` is a number instead: the most that the caller is willing to pay."""

    name: str
    required: bool = False
    text: Text = field(default_factory=Text)
    cap: bool = False
    description: Label | None = None


@record
class Type:
    """
    A content type: the text fields that its models share; `refused` maps other field names to why they are refused.

    `provider` and `model` are the paths at which a body has the provider and its name of the model, for those who compare.
    """

    name: str
    fields: Mapping[str, Field]
    refused: Mapping[str, Label]
    provider: WirePath | None = None
    model: WirePath | None = None


@record
class Send:
    """
    One leaf of the request body: a constant, the value of an option or field `name`, or a row of the table `lookup`.

    `form` is how it is written, such as `text` or `{width}x{height}`. It is not sent where there is no value, or None in the
    table. With a name and a table by it, the table has the values for which something else is sent, literally, or nothing.
    """

    path: WirePath
    name: str | None = None
    constant: Constant | None = None
    lookup: Lookup | None = None
    form: str | None = None


@record
class Cell:
    """
    One combination that is sold: a value for each listed option, in the order of `Model.axes`, or None where it is absent.

    `credits` is its price in credits, or the base of a formula, and None where it is unknown; all of `gates` must be open.
    While a promotion lasts, `promoted` is set and `regular` is the price without it.
    With `estimate`, the number of `credits` is not exact; with `regular_estimate`, that of `regular`.
    """

    values: tuple[str | None, ...]
    credits: Credits | None = None
    gates: tuple[str, ...] = ()
    regular: Credits | None = None
    promoted: bool = False
    estimate: bool = False
    regular_estimate: bool = False

    @property
    def price(self) -> Price:
        """The current price in credits, and the regular one while a promotion lasts; bases of both if there is a formula."""
        if not self.promoted:
            return Price(self.credits, None, self.estimate)
        return Price(self.credits, self.regular, self.estimate, self.regular_estimate)

    def picks(self, model: Model) -> dict[str, str]:
        """Return the values of a combination by option name, without options that are absent."""
        return named(model.axes, self.values)


def named(axes: tuple[str, ...], values: tuple[str | None, ...]) -> dict[str, str]:
    """Return values by option name, without options that are absent."""
    return {name: value for name, value in zip(axes, values, strict=True) if value is not None}


@record
class GateRule:
    """Gates that lock every selection for which a condition holds."""

    when: Condition
    gates: tuple[str, ...]


@record
class Line:
    """
    A factor or a surcharge, which counts where its condition holds.

    `amount` is a number, with `estimate` not an exact one, or where it is None, that of `lookup`; without either, it is unknown.
    With `per`, it counts once for each unit of that option beyond `beyond`; otherwise once.
    """

    amount: Number | None = None
    lookup: Lookup | None = None
    when: Condition = ()
    per: str | None = None
    beyond: Number = 0
    estimate: bool = False


@record
class Formula:
    """
    A formula for prices: the base of the cell times factors, plus surcharges, times each number of `each`, rounded.

    Where a table is by an option that no cell holds, such as a size by rule, `base` has the base instead of the cells.
    `promotion` has what replaces such a base, or has such a table itself. An entry is a number or `unknown`.
    """

    times: tuple[Line, ...] = ()
    plus: tuple[Line, ...] = ()
    each: tuple[str, ...] = ()
    rounding: str | None = None
    step: Number = 1
    base: Lookup | None = None
    promotion: Lookup | None = None

    @property
    def lookups(self) -> Iterator[Lookup]:
        """All tables of the formula."""
        tables = (self.base, self.promotion, *(line.lookup for line in (*self.times, *self.plus)))
        return (table for table in tables if table is not None)

    @property
    def counted(self) -> tuple[str, ...]:
        """The options whose number, or length, the price counts; a name may occur several times."""
        return (*(line.per for line in (*self.times, *self.plus) if line.per), *self.each)

    @property
    def names(self) -> tuple[str, ...]:
        """The options on which the price depends besides the base of the cell; a name may occur several times."""
        tested = (test.name for line in (*self.times, *self.plus) for test in line.when)
        looked_up = (name for table in self.lookups for name in table.by)
        return (*tested, *looked_up, *self.counted)


@record
class Change:
    """The version of a model that is valid from the moment `at` (UTC)."""

    at: str
    model: Model


@record
class Model:
    """
    One public model. A combination without a cell is impossible.

    `request` is the method and the address to which its bodies are sent, or `requests` a table of them; None if not stated.

    Its attributes are those before its first change; `at` returns the version of a moment.
    `use` are the models to use instead once it has ended. `refused` are the fields that it refuses beside those of its type.
    `released` is the day or the month of its release; `meta` are texts of the author for a front end, which nothing here reads.
    """

    id: str
    label: Label
    type: str
    options: Mapping[str, Option]
    body: tuple[Send, ...]
    cells: tuple[Cell, ...]
    badges: tuple[Badge, ...] = ()
    limits: tuple[Limit, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=no_items)
    gates: tuple[GateRule, ...] = ()
    price: Formula | None = None
    aliases: tuple[Alias, ...] = ()
    gone: Absence | None = None
    request: str | None = None
    requests: Lookup | None = None
    changes: tuple[Change, ...] = ()
    use: tuple[str, ...] = ()
    refused: Mapping[str, Label] = field(default_factory=no_items)
    description: Label | None = None
    released: str | None = None
    meta: Mapping[str, str] = field(default_factory=no_items)
    axes: tuple[str, ...] = field(init=False, repr=False, compare=False)
    facts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    order: tuple[Option, ...] = field(init=False, repr=False, compare=False)
    open_limits: tuple[Limit, ...] = field(init=False, repr=False, compare=False)
    by_values: Mapping[tuple[str | None, ...], Cell] = field(init=False, repr=False, compare=False)
    memory: Memory = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the cells by their values, so that one look-up finds the cell of a selection."""
        options = self.options.values()
        axes = tuple(option.name for option in options if option.bound)
        object.__setattr__(self, "axes", axes)
        object.__setattr__(self, "facts", tuple(option.name for option in options if option.fact))
        object.__setattr__(self, "open_limits", tuple(limit for limit in self.limits if not set(limit.names) <= set(axes)))
        object.__setattr__(self, "order", tuple(in_dependency_order(self.options)))
        object.__setattr__(self, "by_values", {cell.values: cell for cell in self.cells})
        object.__setattr__(self, "memory", Memory())

    def at(self, moment: str | None) -> Model | None:
        """Return the version of the model at a moment in UTC; None for a model with changes and no moment."""
        if not self.changes:
            return self
        if moment is None:
            return None
        return next((change.model for change in reversed(self.changes) if change.at <= moment), self)

    def unstated(self, values: Collection[str]) -> tuple[str, ...]:
        """Return the facts without a value that have to be stated, given the names of the others."""
        return tuple(name for name in self.facts if name not in values and self.options[name].required)

    def cell(self, values: Mapping[str, Any]) -> Cell | None:
        """Return the cell of a selection, or None where the combination is not sold."""
        return self.by_values.get(tuple(map(values.get, self.axes)))

    def matching(self, values: Mapping[str, Any], free: Collection[str]) -> Sequence[Cell]:
        """Return the cells that agree with the values of all options but those in `free`."""
        fixed = tuple([name for name in self.axes if name not in free]) if free else self.axes
        if len(fixed) == len(self.axes):
            cell = self.cell(values)
            return () if cell is None else (cell,)
        return self._indexed(fixed).get(tuple(map(values.get, fixed)), ())

    def _indexed(self, fixed: tuple[str, ...]) -> Mapping[tuple[str | None, ...], list[Cell]]:
        """Return lists of cells by the values of these options; cached for a few sets of options."""
        cache: Memory = self.memory.get("matching") or self.memory.keep("matching", Memory(_INDEXES))
        index: dict[tuple[str | None, ...], list[Cell]] | None = cache.get(fixed)
        if index is None:
            places = [self.axes.index(name) for name in fixed]
            index = {}
            for cell in self.cells:
                index.setdefault(tuple([cell.values[place] for place in places]), []).append(cell)
            cache.keep(fixed, index)
        return index

    @property
    def versions(self) -> tuple[Model, ...]:
        """The versions of the model in order of time, one for each period between changes, each without changes."""
        if not self.changes:
            return (self,)
        cached: tuple[Model, ...] | None = self.memory.get("versions")
        return cached or self.memory.keep("versions", (replace(self, changes=()), *(change.model for change in self.changes)))


@record
class Result:
    """Where the JSON of a creation has its state and URLs, and what its states mean."""

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
    """
    A compiled rule set. `languages` is the order in which a label is looked up, and `messages` are translated messages.

    `currency` is that of every price, `default` the model of a selection that names none. `facts` are those that all models
    share, `own_facts` the names of those of single models.
    """

    language: int
    gates: Mapping[str, Gate]
    types: Mapping[str, Type]
    models: Mapping[str, Model]
    result: Result | None = None
    aliases: tuple[Alias, ...] = ()
    languages: tuple[str, ...] = ()
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=no_items)
    currency: str = CREDITS
    facts: Mapping[str, Option] = field(default_factory=no_items)
    own_facts: tuple[str, ...] = ()
    default: str | None = None
    # A cache by model id, for example of plans; it follows from the other attributes alone.
    ready: dict[Any, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    memory: Memory = field(init=False, repr=False, compare=False)
    # The digest, if the table was read from a document.
    seal: str | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        """Begin with an empty cache."""
        object.__setattr__(self, "memory", Memory())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy without the caches."""
        return Table, tuple(getattr(self, name) for name in self.__match_args__)


CAP = Numbers(0, None, None)
"""The numbers that a cap may be: from 0 on, whole or decimal."""


def cap_of(table: Table, model: Model) -> Field | None:
    """Return the field of a model that is a cap, or None."""
    for text in fields_of(table, model).values():  # each refusal asks; a generator would take twice as long
        if text.cap:
            return text
    return None


def fields_of(table: Table, model: Model) -> Mapping[str, Field]:
    """Return the text fields of a model by name: its own, or those of its type."""
    return model.fields or table.types[model.type].fields


def refused_of(table: Table, model: Model) -> Mapping[str, Label]:
    """Return the fields that a model refuses, each with the sentence why: its own, and those of its type that it has not."""
    theirs, texts = table.types[model.type].refused, fields_of(table, model)
    return {**{name: why for name, why in theirs.items() if name not in model.options and name not in texts}, **model.refused}
