"""
The table as one JSON document: written, sealed with its digest, and read.

Records with a name travel as lists, which keep the author's order; what is as by default is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from sys import intern
from typing import Any

from imgrules.errors import TableError
from imgrules.table.exact import carried, decimal_in
from imgrules.table.record import replace
from imgrules.table.records import (
    Badge,
    Cell,
    Change,
    Field,
    Formula,
    Gate,
    GateRule,
    Line,
    Model,
    Option,
    Result,
    Send,
    Table,
    Type,
    Value,
)
from imgrules.table.sha256 import sha256
from imgrules.table.terms import Absence, Alias, Follows, Limit, Lookup, Numbers, Ratios, Sizes, Test, Text

FORMAT = 2
"""The version of the table document; `loads` reads this one and no other."""

KEYED = frozenset({"gates", "types", "models", "fields", "options", "values"})
"""The attributes that hold records by name; a document carries them as lists."""


def plain(value: Any) -> Any:
    """Turn records into what `json.dumps` takes; keyed records become a list, in their order."""
    if value is None or type(value) is str or type(value) is bool:
        return value
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    names = getattr(value, "__match_args__", None)  # a record's attributes, whoever made its class
    if names is not None:
        return {name: plain(_listed(name, getattr(value, name))) for name in names}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    # What a rule file states has at most 15 digits, so the token of its float is that very decimal; a price may have more.
    return carried(value) if isinstance(value, Decimal) or type(value) is int else value


def _listed(name: str, value: Any) -> Any:
    return tuple(value.values()) if name in KEYED and isinstance(value, Mapping) else value


def _short(value: Any) -> Any:
    """Return the same without what is as by default."""
    if hasattr(value, "__match_args__"):
        kind: Any = type(value)
        said = ((name, getattr(value, name), default) for name, default in _defaults(kind))
        return {name: _short(_listed(name, each)) for name, each, default in said if each != default}
    if isinstance(value, Mapping):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_short(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    from dataclasses import MISSING, fields  # noqa: PLC0415  only a table that was just built is written

    return tuple(
        (each.name, each.default_factory() if each.default is MISSING and each.default_factory is not MISSING else each.default)
        for each in fields(kind)
        if each.init
    )


def _compact(value: Any) -> str:
    return _written(_short(value))


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(table: Table) -> str:
    """Return which rules these are: equal digests, equal answers."""
    return table.seal or _seal(_compact(table))


def _seal(*texts: str | bytes) -> str:
    return "sha256:" + sha256([each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each for each in texts])


def dumps(table: Table) -> str:
    """
    Write a table as one JSON document, sealed with its digest.

    Each model has a line of its own, so that a reader may leave it for later, and a diff shows which model has changed.
    """
    body = _compact(table)
    seal = _seal(body)
    models = _short(tuple(table.models.values()))
    if models:
        # What stands before and behind the models is what is written without them.
        before, after = _compact(replace(table, models={})).split(_NO_MODELS)
        lines = ",\n".join(map(_written, models))
        body = f"{before}{_MODELS}\n{lines}\n]{after}"
    return f'{{"format":{FORMAT},"digest":"{seal}","table":{body}}}\n'


_MODELS = '"models":['
_NO_MODELS = f"{_MODELS}]"


def loads(text: str | bytes, *, verify: bool = True) -> Table:
    """
    Read a table that `dumps` wrote, and look at all of it.

    Its models are only understood when they are first asked for. Without `verify`, the digest alone vouches for them,
    which is enough for whoever has just built the table: a digest tells an accident, not a forgery.

    Raises:
        TableError: this is no table, is of another format, was changed after it was built, or holds what no build writes.

    """
    try:
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        table = _by_line(raw, verify=verify) or _as_a_whole(raw, verify=verify)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise TableError(f"this is no compiled table ({type(error).__name__}: {error})") from error
    return table


def _as_a_whole(text: bytes, *, verify: bool) -> Table:
    document = json.loads(text, parse_float=decimal_in)
    _check_format(document)
    table: Table = _read(Table)(document["table"], {})
    if digest(table) != document["digest"]:
        raise TableError("this table was changed after it was built; build it again from its rules")
    if verify:
        _verified(lambda looks: looks.verify_whole(text.decode("utf-8")))
    return table


def _verified(look: Callable[[Any], None]) -> None:
    """Look at a table, and say in one kind of error what no build writes."""
    from imgrules.table.verify import verified as verify  # noqa: PLC0415  whoever has just built a table does not load it
    from imgrules.table.verify.predicates import OddError  # noqa: PLC0415  as just said

    try:
        look(verify)
    except OddError as odd:
        raise TableError(f"this table holds what no build writes; at {odd}") from odd


def _check_format(document: Any) -> None:
    if type(document["format"]) is not int or document["format"] != FORMAT:
        raise TableError(f"this table has format {document['format']!r}, and this imgrules reads format {FORMAT}")


def _by_line(text: bytes, *, verify: bool) -> Table | None:
    """Return a table whose models are each on a line, as they were written; None if it is anything else."""
    first, *lines = text.split(b"\n")
    if not first.endswith(_MODELS.encode()) or lines[-1:] != [b""] or not lines[-2].startswith(b"]"):
        return None
    *lines, last, _ = lines
    document = json.loads(first + last, parse_float=decimal_in)
    _check_format(document)
    start = first.index(b'"table":') + len(b'"table":')
    if _seal(first[start:], *lines, last[:-1]) != document["digest"]:
        return None
    table: Table = _read(Table)(document["table"], {})
    names = [_ID.match(each) for each in lines]
    if None in names:
        return None
    models = [(json.loads(each[1]), line) for each, line in zip(names, lines, strict=True) if each]
    if verify:
        texts = ((name, line.rstrip(b",").decode("utf-8")) for name, line in models)
        _verified(lambda looks: looks.verify_lines((first + last).decode("utf-8"), texts))
    table = replace(table, models=Models(models))
    object.__setattr__(table, "seal", document["digest"])
    return table


_ID = re.compile(rb'\{"id":("(?:[^"\\]|\\.)*")')


class Models(Mapping[str, Model]):
    """
    The models of a table that was read, by id: each is understood when it is first asked for.

    Two threads that ask at once understand the same. Equal parts of models are one record, which saves half of the memory.
    """

    __slots__ = ("_all", "_known")

    def __init__(self, lines: Iterable[tuple[str, bytes]]) -> None:
        self._all: dict[str, bytes | Model] = dict(lines)
        self._known: _Known = {}

    def __getitem__(self, name: str) -> Model:
        found = self._all[name]
        if isinstance(found, bytes):
            found = self._all[name] = _understood(name, found, self._known)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """Return a model, or the default; said here because asking for a foreign one is no error that should be raised."""
        return self[name] if name in self._all else default

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __repr__(self) -> str:
        return f"Models({len(self)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Models, (tuple(self._all.items()),)


def _understood(name: str, line: bytes, known: _Known) -> Model:
    try:
        model: Model = _MODEL(json.loads(line.rstrip(b","), parse_float=decimal_in), known)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise TableError(f"the model {name} is no compiled model ({type(error).__name__}: {error})") from error
    return model


_Known = dict[Any, dict[str, Any]]
"""Records of a table that were read, by their class and then by what was written."""
_Reader = Callable[[Any, _Known], Any]
_LONGEST, _MOST = 600, 1024  # characters of what is written, and records of a class


def _read(kind: Any) -> _Reader:
    """Return the reader of a record: every attribute by its own reader, what is left out by default."""

    def read(raw: Any, known: _Known) -> Any:
        return kind(**{name: _PARTS.get((kind, name), _flat)(each, known) for name, each in raw.items()})

    return _shared(kind, read) if kind in _ALIKE else read


_ALIKE = frozenset({Option, Value, Cell, Send, Badge, Limit, Alias, Field, Text})
"""The records of a model that other models of its maker often have, too."""


def _shared(kind: Any, read: _Reader) -> _Reader:
    """Return a reader that gives one record for all that are written alike, which nobody can tell: records are frozen."""

    def shared(raw: Any, known: _Known) -> Any:
        # Equal values may mean different things: 1 and true, and two orders of the languages of a label.
        written = repr(raw)
        if len(written) > _LONGEST:
            return read(raw, known)
        alike = known.setdefault(kind, {})
        found = alike.get(written)
        if found is None:
            found = read(raw, known)
            if len(alike) < _MOST:
                alike[written] = found
        return found

    return shared


def _flat(raw: Any, _: object = None) -> Any:
    """Return a scalar or a tuple of such; of equal texts, which stand in many places of a table, there is one."""
    if type(raw) is str:
        return intern(raw)
    return tuple([intern(each) if type(each) is str else each for each in raw]) if isinstance(raw, list) else raw


def _each(kind: Any) -> _Reader:
    read = _read(kind)
    return lambda raw, known: tuple([read(each, known) for each in raw])


def _keyed(kind: Any, name: str = "name") -> _Reader:
    read = _read(kind)
    return lambda raw, known: {intern(each[name]): read(each, known) for each in raw}


def _named(kind: Any) -> _Reader:
    read = _read(kind)
    return lambda raw, known: {name: read(each, known) for name, each in raw.items()}


def _constants(raw: Any, _: object = None) -> Any:
    return {key: _constants(each) for key, each in raw.items()} if isinstance(raw, dict) else _flat(raw)


_PARTS: Mapping[tuple[Any, str], _Reader] = {
    (Table, "gates"): _keyed(Gate),
    (Table, "types"): _keyed(Type),
    (Table, "models"): _keyed(Model, "id"),
    (Table, "result"): _read(Result),
    (Table, "aliases"): _each(Alias),
    (Type, "fields"): _keyed(Field),
    (Field, "text"): _read(Text),
    (Field, "also"): _each(Text),
    (Model, "options"): _keyed(Option),
    (Model, "body"): _each(Send),
    (Model, "cells"): _each(Cell),
    (Model, "badges"): _each(Badge),
    (Model, "limits"): _each(Limit),
    (Model, "fields"): _keyed(Field),
    (Model, "gates"): _each(GateRule),
    (Model, "price"): _read(Formula),
    (Model, "aliases"): _each(Alias),
    (Model, "gone"): _read(Absence),
    (Model, "changes"): _each(Change),
    (Change, "model"): _read(Model),
    (Option, "values"): _keyed(Value),
    (Option, "defaults"): _read(Lookup),
    (Option, "number"): _read(Numbers),
    (Option, "size"): _read(Sizes),
    (Option, "ratio"): _read(Ratios),
    (Option, "text"): _read(Text),
    (Option, "many"): _read(Numbers),
    (Option, "follows"): _read(Follows),
    (Option, "when"): _each(Test),
    (Option, "ignored"): _each(Limit),
    (Option, "gone"): _named(Absence),
    (Option, "aliases"): _each(Alias),
    (Sizes, "edge"): _read(Numbers),
    (Sizes, "area"): _read(Numbers),
    (Sizes, "ratio"): _read(Ratios),
    (Value, "badges"): _each(Badge),
    (Send, "lookup"): _read(Lookup),
    (Lookup, "table"): _constants,
    (Limit, "when"): _each(Test),
    (Limit, "only"): _each(Test),
    (Limit, "never"): _each(Test),
    (GateRule, "when"): _each(Test),
    (Formula, "times"): _each(Line),
    (Formula, "plus"): _each(Line),
    (Line, "lookup"): _read(Lookup),
    (Line, "when"): _each(Test),
}
"""How an attribute is read that is more than a scalar or a list of them."""

_MODEL = _read(Model)
