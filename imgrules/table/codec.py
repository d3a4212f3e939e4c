"""
The codec of the compiled table: one JSON document with a digest.

Mappings of named records are written as lists, which keep the author's order; attributes with their default are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from imgrules.errors import TableError
from imgrules.table.exact import decimal_in, json_number
from imgrules.table.record_base import replace
from imgrules.table.record_readers import Shared, content_of, reader_of
from imgrules.table.records import Model, Table
from imgrules.table.sha256 import sha256

FORMAT = 3
"""The version of the table document; `loads` reads no other."""


def plain(value: Any) -> Any:
    """Return records as dicts, lists and scalars for `json.dumps`."""
    if value is None or type(value) is str or type(value) is bool:
        return value
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    names = getattr(value, "__match_args__", None)  # every record class has them, also one that is no dataclass
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    # Numbers of rule files have at most 15 digits, so that a float keeps them exactly; a computed price may have more.
    return json_number(value) if isinstance(value, Decimal) or type(value) is int else value


def _without_defaults(value: Any) -> Any:
    """Return records as documents have them: without attributes that have their default, and with decimals as floats."""
    if hasattr(value, "__match_args__"):
        kind: Any = type(value)
        attributes = ((name, getattr(value, name), default, as_list) for name, default, as_list in _attributes(kind))
        return {
            name: _without_defaults(tuple(item.values()) if as_list else item)
            for name, item, default, as_list in attributes
            if item != default
        }
    if isinstance(value, Mapping):
        return {key: _without_defaults(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_without_defaults(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


@cache
def _attributes(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Return the attributes of a record class, each with its default and whether it is a mapping that is written as a list."""
    from dataclasses import MISSING, fields  # noqa: PLC0415  only `dumps` and `digest` of a table just built need it

    defaults = {
        part.name: part.default_factory() if part.default is MISSING and part.default_factory is not MISSING else part.default
        for part in fields(kind)
    }
    return tuple((name, defaults[name], content_of(kind, name)[0] is list) for name in kind.__match_args__)


def _compact(value: Any) -> str:
    return _written(_without_defaults(value))


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(table: Table) -> str:
    """Return the digest of a table, as `sha256:` and 64 hexadecimal digits; tables with equal digests give equal answers."""
    return table.seal or _digest_of(_compact(table))


def _digest_of(*texts: str | bytes) -> str:
    return "sha256:" + sha256([text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text for text in texts])


def dumps(table: Table) -> str:
    """
    Return a table as one JSON document with its digest.

    Each model is on a line of its own, so that `loads` can parse it at its first use, and a diff shows which models changed.
    """
    body = _compact(table)
    seal = _digest_of(body)
    models = _without_defaults(tuple(table.models.values()))
    if models:
        # The text before and after the models is the same as in a table without models.
        before, after = _compact(replace(table, models={})).split(_NO_MODELS)
        lines = ",\n".join(map(_written, models))
        body = f"{before}{_MODELS}\n{lines}\n]{after}"
    return f'{{"format":{FORMAT},"digest":"{seal}","table":{body}}}\n'


_MODELS = '"models":['
_NO_MODELS = f"{_MODELS}]"


def loads(text: str | bytes, *, verify: bool = True) -> Table:
    """
    Return the table of a document that `dumps` wrote, verified in full.

    Each model is parsed into records at its first use. Without `verify`, only the digest is compared, which is enough for a
    table that was just built: a digest detects accidents, not forgery.

    Raises:
        TableError: the document is not a table, has another format, was changed after it was built, or has invalid content.

    """
    try:
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        table = _load_by_line(raw, verify=verify) or _load_whole(raw, verify=verify)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise TableError(f"this is not a compiled table ({type(error).__name__}: {error})") from error
    return table


def _load_whole(text: bytes, *, verify: bool) -> Table:
    document = json.loads(text, parse_float=decimal_in)
    _check_format(document)
    table: Table = reader_of(Table)(document["table"], {})
    if digest(table) != document["digest"]:
        raise TableError("this table was changed after it was built; build it again from its rules")
    if verify:
        _verify(lambda module: module.verify_whole(text.decode("utf-8")))
    return table


def _verify(call: Callable[[Any], None]) -> None:
    """Call a function with the module `verified`, and raise a `TableError` if the table is invalid."""
    from imgrules.table.verify import verified  # noqa: PLC0415  a table that was just built does not need it
    from imgrules.table.verify.predicates import InvalidTableError  # noqa: PLC0415  as above

    try:
        call(verified)
    except InvalidTableError as error:
        raise TableError(f"this table is invalid: {error}; build it again from its rules") from error


def _check_format(document: Any) -> None:
    if type(document["format"]) is not int or document["format"] != FORMAT:
        own = f"this version of imgrules reads format {FORMAT}"
        raise TableError(f"this table has format {document['format']!r}, but {own}; run `imgrules build RULES -o TABLE` again")


def _load_by_line(text: bytes, *, verify: bool) -> Table | None:
    """Return a table whose models are each on a line, as `dumps` writes them; None for any other document."""
    first, *lines = text.split(b"\n")
    if not first.endswith(_MODELS.encode()) or lines[-1:] != [b""] or not lines[-2].startswith(b"]"):
        return None
    *lines, last, _ = lines
    document = json.loads(first + last, parse_float=decimal_in)
    _check_format(document)
    start = first.index(b'"table":') + len(b'"table":')
    if _digest_of(first[start:], *lines, last[:-1]) != document["digest"]:
        return None
    table: Table = reader_of(Table)(document["table"], {})
    matches = [_ID.match(line) for line in lines]
    if None in matches:
        return None
    models = [(json.loads(match[1]), line) for match, line in zip(matches, lines, strict=True) if match]
    if verify:
        texts = ((name, line.rstrip(b",").decode("utf-8")) for name, line in models)
        _verify(lambda module: module.verify_lines((first + last).decode("utf-8"), texts))
    table = replace(table, models=Models(models))
    object.__setattr__(table, "seal", document["digest"])
    return table


_ID = re.compile(rb'\{"id":("(?:[^"\\]|\\.)*")')


class Models(Mapping[str, Model]):
    """
    The models of a loaded table, by id; each is parsed into records at its first use.

    Two threads may parse the same model at once, with equal results. Models share equal records, which halves the memory.
    """

    __slots__ = ("_all", "_shared")

    def __init__(self, lines: Iterable[tuple[str, bytes]]) -> None:
        self._all: dict[str, bytes | Model] = dict(lines)
        self._shared: Shared = {}

    def __getitem__(self, name: str) -> Model:
        model = self._all[name]
        if isinstance(model, bytes):
            model = self._all[name] = _parsed(name, model, self._shared)
        return model

    def get(self, name: str, default: Any = None) -> Any:
        """Return a model, or the default; overridden, because `Mapping.get` raises and catches a KeyError for unknown names."""
        return self[name] if name in self._all else default

    def line(self, name: str) -> bytes | None:
        """Return the JSON of a model that nobody has used yet, without parsing it; None for any other."""
        line = self._all.get(name)
        return line.rstrip(b",") if isinstance(line, bytes) else None

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


def _parsed(name: str, line: bytes, shared: Shared) -> Model:
    try:
        model: Model = reader_of(Model)(json.loads(line.rstrip(b","), parse_float=decimal_in), shared)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise TableError(f"the model {name} is not a compiled model ({type(error).__name__}: {error})") from error
    return model
