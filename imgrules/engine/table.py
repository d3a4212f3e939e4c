"""
The compiled rules: what every question is answered from.

Two laws of this file. A table has meaning and no places: no file, line or column.
Author's order is kept wherever a person may see it, so records with a name travel as lists, never as JSON objects.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

from imgrules.engine.errors import TableError

FORMAT = 1
"""The version of the table document; `loads` reads this one and no other."""

Credits: TypeAlias = int | Decimal
"""An exact price in credits. No price is `None`: unknown, which is never the same as 0."""

Label: TypeAlias = str | Mapping[str, str]
"""One text for everybody, or one text per BCP 47 language tag."""

Constant: TypeAlias = str | int | bool
KEYED = frozenset({"gates", "types", "models", "fields", "options", "values"})
"""The attributes that hold records by name; a document carries them as lists."""

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Gate:
    """A door that any one of its grants opens. `icon` and `action` are for a front end to interpret."""

    name: str
    opens_with: tuple[str, ...]
    label: Label
    icon: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A short text that a front end shows beside a model or a value."""

    text: Label
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A text that the caller writes, such as a prompt; `shortest` and `longest` count code points."""

    name: str
    required: bool = False
    shortest: int = 0
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Type:
    """What all models of one content type share at run time; `refused` gives the sentence for a foreign field."""

    name: str
    fields: Mapping[str, Field]
    refused: Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Value:
    """One choice of an option."""

    name: str
    label: Label
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """Something the caller picks; without a default it has to be picked."""

    name: str
    label: Label
    values: Mapping[str, Value]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """
    One leaf of the request body: a constant, what the selection holds under `name`, or what a table says.

    The table has a level for each option of `by`.
    """

    path: tuple[str, ...]
    name: str | None = None
    constant: Constant | None = None
    by: tuple[str, ...] = ()
    table: Mapping[str, Any] = field(default_factory=dict)

    def value(self, picked: Mapping[str, Any]) -> Any:
        """Answer what is sent for a selection in which everything is there."""
        if self.name is not None:
            return picked[self.name]
        found: Any = self.table
        for option in self.by:
            found = found[picked[option]]
        return found if self.by else self.constant


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination that is sold: a value per option, its price in credits, and the gates that must all be open."""

    values: tuple[str, ...]
    credits: Credits | None = None
    gates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """
    What does not go together: where `when` holds, `only` has to hold; without `only`, `when` never holds.

    A condition names options with any of the values that they may have. Cells already keep every limit: this says why.
    """

    when: Mapping[str, tuple[str, ...]]
    only: Mapping[str, tuple[str, ...]]
    because: Label | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One public model. A combination without a cell is impossible."""

    id: str
    label: Label
    type: str
    options: Mapping[str, Option]
    body: tuple[Send, ...]
    cells: tuple[Cell, ...]
    badges: tuple[Badge, ...] = ()
    limits: tuple[Limit, ...] = ()
    by_values: Mapping[tuple[str, ...], Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the cells, so that a selection finds its own by one look-up."""
        object.__setattr__(self, "by_values", {cell.values: cell for cell in self.cells})


@dataclass(frozen=True, slots=True)
class Result:
    """Where the detail of a creation holds its state and URLs, and which states mean what."""

    state: tuple[str, ...]
    running: tuple[str, ...]
    succeeded: tuple[str, ...]
    failed: tuple[str, ...]
    main: tuple[str, ...]
    thumbnail: tuple[str, ...] | None = None
    artifacts: tuple[str, ...] | None = None
    artifact_url: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A whole rule set, compiled. Immutable: share it freely between threads."""

    language: int
    gates: Mapping[str, Gate]
    types: Mapping[str, Type]
    models: Mapping[str, Model]
    result: Result | None = None


def say(label: Label, language: str | None) -> str:
    """
    Answer what a label says in a language.

    Case counts little; `de-AT` falls back to `de`, and a language that nobody wrote to the author's first.
    """
    if isinstance(label, str):
        return label
    wanted = language.replace("_", "-").casefold() if type(language) is str else ""
    known = {tag.casefold(): text for tag, text in label.items()}
    while wanted and wanted not in known:
        wanted = wanted.rpartition("-")[0]
    return known[wanted] if wanted else next(iter(label.values()))


def plain(value: Any) -> Any:
    """Turn records into what `json.dumps` takes; keyed records become a list, in their order."""
    if is_dataclass(value):
        return {each.name: _leaf(each.name, getattr(value, each.name)) for each in fields(value) if each.init}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    # A price has at most 15 digits (the compiler refuses more), so the JSON token of its float is that very decimal.
    return float(value) if isinstance(value, Decimal) else value


def _leaf(name: str, value: Any) -> Any:
    return plain(tuple(value.values()) if name in KEYED and isinstance(value, Mapping) else value)


def _compact(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def digest(table: Table) -> str:
    """Answer which rules these are: equal digests, equal answers."""
    return _seal(_compact(table))


def _seal(text: str) -> str:
    import hashlib  # noqa: PLC0415  it loads OpenSSL, which deciding does not need

    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def dumps(table: Table) -> str:
    """Write a table as one JSON document, sealed with its digest."""
    body = _compact(table)
    return f'{{"format":{FORMAT},"digest":"{_seal(body)}","table":{body}}}\n'


def loads(text: str | bytes) -> Table:
    """
    Read a table that `dumps` wrote.

    Raises:
        TableError: this is no table, is of another format, or was changed after it was built.

    """
    try:
        document = json.loads(text, parse_float=Decimal)
        if type(document["format"]) is not int or document["format"] != FORMAT:
            raise TableError(f"this table has format {document['format']!r}, and this imgrules reads format {FORMAT}")
        table = _table(document["table"])
        intact = digest(table) == document["digest"]
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise TableError(f"this is no compiled table ({type(error).__name__}: {error})") from error
    if not intact:
        raise TableError("this table was changed after it was built; build it again from its rules")
    return table


def _table(raw: Mapping[str, Any]) -> Table:
    result = raw["result"]
    return Table(
        raw["language"],
        _keyed(raw["gates"], lambda each: Gate(**_tuples(each))),
        _keyed(raw["types"], lambda each: Type(**each | {"fields": _keyed(each["fields"], lambda one: Field(**one))})),
        {each.id: each for each in map(_model, raw["models"])},
        None if result is None else Result(**_tuples(result)),
    )


def _model(raw: Mapping[str, Any]) -> Model:
    return Model(
        raw["id"],
        raw["label"],
        raw["type"],
        _keyed(raw["options"], _option),
        tuple(Send(**_tuples(each)) for each in raw["body"]),
        tuple(Cell(**_tuples(each)) for each in raw["cells"]),
        _badges(raw["badges"]),
        tuple(Limit(_condition(each["when"]), _condition(each["only"]), each["because"]) for each in raw["limits"]),
    )


def _condition(raw: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {option: tuple(values) for option, values in raw.items()}


def _option(raw: Mapping[str, Any]) -> Option:
    return Option(
        raw["name"],
        raw["label"],
        _keyed(raw["values"], lambda each: Value(each["name"], each["label"], _badges(each["badges"]))),
        raw["default"],
    )


def _badges(raw: Iterable[Mapping[str, Any]]) -> tuple[Badge, ...]:
    return tuple(Badge(**each) for each in raw)


def _keyed(raw: Iterable[Mapping[str, Any]], record: Callable[[Any], _Record]) -> dict[str, _Record]:
    return {each["name"]: record(each) for each in raw}


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(each) if isinstance(each, list) else each for key, each in raw.items()}
