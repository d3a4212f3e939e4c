"""The specs of a whole folder, and functions that read them for checks and lowering; no default is filled in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.source import ContractFile
from imgrules.compiler.spec.ids import Ids
from imgrules.compiler.spec.model import LimitedSpec, Measure, ModelSpec, OptionSpec, PartSpec, ValueSpec
from imgrules.compiler.spec.price import FormulaSpec
from imgrules.compiler.spec.shared import FieldSpec, SharedSpec, TypeSpec
from imgrules.compiler.spec.tables import RequestTableSpec, TableSpec, WireTableSpec, WordTableSpec
from imgrules.compiler.spec.types import Closed, DatedSpec, Role, SourceSpec
from imgrules.compiler.spec.walk import walk
from imgrules.table.measures import pair
from imgrules.table.record_base import field, record
from imgrules.table.terms import NONE

_Spec = TypeVar("_Spec")


@record
class RuleSet:
    """
    The specs of a whole folder, models by id in the author's order; `files` are the ids of all models, also of broken files.

    `models` are together with what their types share with them; `written` are as their files have them.
    """

    shared: SharedSpec
    models: Mapping[str, ModelSpec]
    files: frozenset[str]
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    today: str | None = None
    """The moment (UTC) at which the rules are checked; without one, nothing is reported as expired or stale."""
    written: Mapping[str, ModelSpec] = field(default_factory=dict)
    ids: Ids = field(default_factory=Ids)
    contracts: Mapping[str, ContractFile] = field(default_factory=dict)
    """The file of the contract of each type that names one, by the name of the type."""
    known_options: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """A cache of `lower/known_options.py`: what is known of the options of each model."""
    amounts: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """A cache of `spec/amounts_beside.py`: the amounts of each model that stand beside each other."""


NO_DETAILS = ValueSpec.model_construct()
"""What is said of a value in a plain list."""


def values_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Return the values of an option with their details, in the author's order; duplicates are dropped."""
    if isinstance(option.values, dict):
        return option.values
    if option.values is None and isinstance(option.of, WordTableSpec):
        return dict.fromkeys(words_in(option.of), NO_DETAILS)
    values = option.values or ()
    return dict.fromkeys(map(bool_as_word, values) if bool in map(type, values) else values, NO_DETAILS)


def source_names(option: OptionSpec) -> tuple[str, ...]:
    """Return the options from which an option is computed; an empty tuple for an option that is picked."""
    return tuple(option.of.by) if isinstance(option.of, WordTableSpec) else as_names(option.of)


def words_in(table: WordTableSpec) -> tuple[str, ...]:
    """Return the words of a table without duplicates, in the author's order."""
    return tuple(dict.fromkeys(word for _, word in entries_of(table, ())))


def entries_of(table: WordTableSpec, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the words of the table at a path, each with its own path."""
    for key, row in table.table.items():
        if isinstance(row, dict):
            yield from (((*path, key, other), word) for other, word in row.items())
        else:
            yield (*path, key), row


def details_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Return the values of an option that are written with details; an empty mapping for a plain list."""
    return option.values if isinstance(option.values, dict) else {}


def bool_as_word(value: Any) -> Any:
    """Return a boolean as the text `true` or `false`, as tables and combinations have it; any other value unchanged."""
    return ("false", "true")[value] if isinstance(value, bool) else value


def moment_of(text: str | None) -> str | None:
    """
    Return a moment as `YYYY-MM-DDThh:mm:ssZ` in UTC, the first of a day or a month.

    None if `text` is None or there is no such day or time.
    """
    return None if text is None else _moment(text)


_MONTH = len("2026-12")


@lru_cache(maxsize=4096)
def _moment(text: str) -> str | None:
    day = f"{text}-01" if len(text) == _MONTH else text
    full = text if "T" in text else f"{day}T00:00:00Z"
    try:
        formatted = datetime.fromisoformat(full).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(len(full), "0")
    except ValueError:
        return None
    return full if formatted == full else None


def as_names(names: str | list[str] | None) -> tuple[str, ...]:
    """Return one name or a list of names as a tuple, in the author's order."""
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def type_name(shared: SharedSpec, spec: ModelSpec) -> str:
    """Return the name of the type of a model: the one that it states, else the only one; empty where there are several."""
    only = next(iter(shared.types)) if len(shared.types) == 1 else ""
    return only if spec.type is None else spec.type


def type_of(shared: SharedSpec, spec: ModelSpec) -> TypeSpec | None:
    """Return the type of a model, or None if it has none."""
    return shared.types.get(type_name(shared, spec))


def by_places(table: TableSpec, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the options of a table at a path, each with the path of its name."""
    if isinstance(table.by_, str):
        yield (*path, "by"), table.by_
    else:
        yield from (((*path, "by", index), name) for index, name in enumerate(table.by_))


def stand_ins(entry: LimitedSpec) -> tuple[str, ...]:
    """Return the names to use in place of an entry after it has ended, sorted: they are equals, whatever their order."""
    return tuple(sorted(set(as_names(entry.use)))) if entry.use is not None else ()


def as_values(values: Any) -> list[Any]:
    """Return one value or a list of values as a list, in the author's order."""
    return values if isinstance(values, list) else [values]


def as_list(value: _Spec | list[_Spec] | None) -> list[_Spec]:
    """Return one block or a list of blocks as a list; None as an empty list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def named_gates(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Yield every gate that a model names, with its path."""
    return walk(spec, Role.GATE)


def dated_entries(spec: ModelSpec) -> Iterator[tuple[Path, DatedSpec]]:
    """Yield every block of a model that can have dates, such as a badge, with its path."""
    return walk(spec, DatedSpec)


def sources(spec: Closed) -> Iterator[tuple[Path, SourceSpec]]:
    """Yield the sources of a file that are written as blocks, each with its path."""
    return walk(spec, SourceSpec)


def aliases_at(aliases: str | list[str] | Mapping[str, str] | None, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the aliases at a path, each with its own path; in a mapping, whose values are end dates, the keys are aliases."""
    if isinstance(aliases, Mapping):
        yield from ((name, (*path, name)) for name in aliases)
    else:
        yield from (
            (name, path if isinstance(aliases, str) else (*path, index)) for index, name in enumerate(as_names(aliases))
        )


def names_at(names: str | list[str] | None, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield one name or several at a path, each with its own path."""
    yield from ((path if isinstance(names, str) else (*path, index), name) for index, name in enumerate(as_names(names)))


def wire_tables(spec: ModelSpec) -> dict[Path, WireTableSpec | RequestTableSpec]:
    """Return every table of what is sent for a model, by its path: in the body, or as the request."""
    return {**dict(walk(spec, WireTableSpec)), **dict(walk(spec, RequestTableSpec))}


def table_entry(table: TableSpec, picked: Mapping[str, str]) -> Any:
    """Return the entry of a table for a combination, or None if it has none."""
    row: Any = getattr(table, "table", {}).get(picked.get(table.by[0], NONE))
    return row.get(picked.get(table.by[-1], NONE)) if isinstance(row, dict) else row


def base_of(spec: ModelSpec) -> Any:
    """Return the base price of a model without dates, or None if it has none."""
    return spec.credits.base if isinstance(spec.credits, FormulaSpec) else spec.credits


def has_open_rows(spec: ModelSpec, amount: object) -> bool:
    """Whether an amount is a table by an option that takes more than listed values, so that no combination holds its rows."""
    by = amount.by if isinstance(amount, TableSpec) else ()
    return any(name in spec.options and not is_listed(spec.options[name]) for name in by)


def rows_of(table: TableSpec) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    """Yield the rows of a table by its first option, and each of their rows by the second: option, path in the table, rows."""
    rows: Mapping[str, Any] = getattr(table, "table", {})
    yield table.by[0], ("table",), rows
    if len(table.by) > 1:
        yield from ((table.by[-1], ("table", key), row) for key, row in rows.items() if isinstance(row, dict))


@record
class Leaf:
    """One leaf of the request body as an author writes it: the value of an option or field `name`, a constant, or a table."""

    path: str
    name: str | None = None
    value: Any = None
    form: str | None = None


def leaves(kind: TypeSpec, model: ModelSpec) -> Iterator[Leaf]:
    """Yield every leaf of the request body of a resolved model, in the order of the body: the paths of its type first."""
    entries = {path: _entry(path, value) for path, value in (model.body or {}).items() if value != NONE}
    yield from (entries.pop(path) for path in kind.body or {} if path in entries)
    for name, shared_field in (kind.fields or {}).items():
        field_path = field_path_of(model, name, shared_field)
        if field_path:
            yield Leaf(field_path, name)
    for target, sent in ((kind.provider, model.provider), (kind.model, model.model)):
        if target is not None and target.send and sent is not None:
            yield Leaf(target.send, None, sent)
    for name, option in model.options.items():
        if option.send:
            yield Leaf(option.send, name, None, option.as_)
    yield from entries.values()


def _entry(path: str, value: Any) -> Leaf:
    return Leaf(path, value.of, None, value.as_) if isinstance(value, PartSpec) else Leaf(path, None, value)


def field_path_of(model: ModelSpec, name: str, shared: FieldSpec) -> str | None:
    """Return the wire path of a field: that of the model, else the shared one; None if it is not sent."""
    own = (model.fields or {}).get(name)
    return (shared.send if own is None or own.send is None else own.send) or None


def conditions(spec: ModelSpec) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield every condition of a model, with its path."""
    return walk(spec, Role.CONDITION)


def prices(spec: ModelSpec) -> Iterator[tuple[Path, Any]]:
    """Yield every price of a whole model, dated or not, with its path; promotional prices are left out."""
    return walk(spec, Role.PRICE)


def formulas(spec: ModelSpec) -> Iterator[tuple[Path, FormulaSpec]]:
    """Yield every price of a model that is a formula, with its path."""
    return walk(spec, FormulaSpec)


def tables(spec: ModelSpec) -> Iterator[tuple[Path, TableSpec]]:
    """Yield every table of a model, with its path."""
    return walk(spec, TableSpec)


def named_options(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Yield every option that a model names outside of conditions and tables, with its path."""
    return walk(spec, Role.OPTION)


def is_listed(spec: OptionSpec) -> bool:
    """Whether an option takes only listed values, which may be names of ranges, so that cells can contain it."""
    has_words = spec.values is not None or isinstance(spec.of, WordTableSpec)
    return has_words and not (spec.number or spec.size or spec.ratio or spec.text or spec.many)


def has_kind(spec: OptionSpec) -> bool:
    """Whether an option says which values it accepts; one check reports an option that does not, and no other has to."""
    rules = (spec.values, spec.number, spec.size, spec.ratio, spec.text, spec.many, spec.of)
    return any(rule is not None for rule in rules)


def has_rows(spec: OptionSpec) -> bool:
    """Whether a table can have rows for the values of an option; for those of a rule, for some and for all others."""
    by_rule = (spec.size, spec.ratio, spec.text, spec.many)
    return is_listed(spec) or any(rule is not None for rule in by_rule)


def is_computed(spec: OptionSpec) -> bool:
    """Whether an option is computed from others."""
    return spec.of is not None


def has_sides(spec: OptionSpec) -> bool:
    """Whether an option is a size in pixels: one by rule, or one of listed sizes only."""
    return spec.size is not None or (is_listed(spec) and all(pair(value, "x") for value in values_of(spec)))


def can_measure(option: OptionSpec, sources: Sequence[OptionSpec]) -> bool:
    """Whether a computed option can be computed from options of these kinds."""
    if isinstance(option.of, WordTableSpec):
        return all(map(is_listed, sources))
    if option.measure is None or option.measure == Measure.TOTAL:
        return all(map(is_counted, sources)) and (option.measure is not None or len(sources) == 1)
    if len(sources) == 1:
        return has_sides(sources[0])
    return len(sources) == _SIDES and all(source.number is not None for source in sources)


_SIDES = 2  # the numbers that are the width and the height of an image


def is_counted(spec: OptionSpec) -> bool:
    """Whether an option is a number, or a list, whose length is its number."""
    return spec.number is not None or spec.many is not None or (is_computed(spec) and not is_listed(spec))
