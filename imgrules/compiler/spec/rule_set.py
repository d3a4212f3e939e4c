"""The specs of a whole folder, and functions that read them for checks and lowering; no default is filled in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.model import BadgeSpec, FormulaSpec, ModelSpec, OptionSpec, PartSpec, ValueSpec
from imgrules.compiler.spec.shared import SharedSpec, TypeSpec
from imgrules.compiler.spec.types import DatedSpec, SourceSpec, TableSpec, WireTableSpec


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The specs of a whole folder, models in the author's order; `files` names all models, also those with a broken file."""

    shared: SharedSpec
    models: Mapping[str, ModelSpec]
    files: frozenset[str]
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    today: str | None = None
    """The moment (UTC) at which the rules are checked; without one, nothing is reported as expired or stale."""
    facts: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What `lower/facts.py` computed about the options of each model, for the checks that ask later."""


_NO_DETAILS = ValueSpec.model_validate({})


def values_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Return the values of an option with their details, in the author's order; duplicates are dropped."""
    if isinstance(option.values, dict):
        return option.values
    return dict.fromkeys(map(bool_as_word, option.values or ()), _NO_DETAILS)


def details_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Return the values of an option that are written with details; an empty mapping for a plain list."""
    return option.values if isinstance(option.values, dict) else {}


def bool_as_word(value: Any) -> Any:
    """Return a value as tables and combinations hold it: a boolean as `true` or `false`, everything else unchanged."""
    return ("false", "true")[value] if isinstance(value, bool) else value


def moment_of(text: str | None) -> str | None:
    """Return a moment (UTC, to the second) as the table writes it, or None if none is given or the day does not exist."""
    return None if text is None else _moment(text)


@lru_cache(maxsize=4096)
def _moment(text: str) -> str | None:
    full = text if "T" in text else f"{text}T00:00:00Z"
    try:
        formatted = datetime.fromisoformat(full).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(len(full), "0")
    except ValueError:
        return None
    return full if formatted == full else None


def as_names(names: str | list[str] | None) -> tuple[str, ...]:
    """Return one name or a list of names as a tuple, in the author's order."""
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def named_gates(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Yield every gate that a model names, with its path."""
    yield from _names_with_paths(("gate",), spec.gate)
    for name, option in spec.options.items():
        for value, details in details_of(option).items():
            if details.gate is not None:
                yield from _names_with_paths(("options", name, "values", value, "gate"), details.gate)
    for index, rule in enumerate(spec.gates or ()):
        yield from _names_with_paths(("gates", index, "gate"), rule.gate)


def _names_with_paths(path: Path, names: str | list[str] | None) -> Iterator[tuple[Path, str]]:
    """Yield the names that are written at a path, each with its own path."""
    if isinstance(names, str):
        yield path, names
    else:
        yield from (((*path, index), name) for index, name in enumerate(names or ()))


def dated_entries(spec: ModelSpec) -> Iterator[tuple[Path, DatedSpec]]:
    """Yield everything of a model that can have dates, with its path; values are included only if they have some."""
    yield (), spec
    if isinstance(spec.credits, list):
        yield from ((("credits", index), price) for index, price in enumerate(spec.credits))
    if spec.promotion is not None:
        yield ("promotion",), spec.promotion
    yield from ((("gates", index), rule) for index, rule in enumerate(spec.gates or ()))
    if spec.badges is not None:
        yield from _badges((), spec.badges)
    for name, option in spec.options.items():
        for value, details in details_of(option).items():
            path = ("options", name, "values", value)
            if details.from_ is not None or details.until is not None or details.retired is not None:
                yield path, details
            if details.promotion is not None:
                yield (*path, "promotion"), details.promotion
            if details.badges is not None:
                yield from _badges(path, details.badges)


def _badges(path: Path, badges: list[BadgeSpec]) -> Iterator[tuple[Path, DatedSpec]]:
    return (((*path, "badges", index), badge) for index, badge in enumerate(badges))


def sources(spec: ModelSpec) -> Iterator[tuple[Path, SourceSpec]]:
    """Yield the sources of the facts of a model, each with its path."""
    entries: list[tuple[Path, Any]] = [(("source",), spec.source)]
    for name, option in spec.options.items():
        stated = ((value, details.source) for value, details in details_of(option).items() if details.source is not None)
        entries += [(("options", name, "values", value, "source"), source) for value, source in stated]
    for path, source in entries:
        if isinstance(source, list):
            yield from (((*path, index), entry) for index, entry in enumerate(source))
        elif source is not None:
            yield path, source


def aliases_at(aliases: str | list[str] | Mapping[str, str] | None, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the aliases that are written at a path, each with its own path; an alias with an end is a key."""
    if isinstance(aliases, Mapping):
        yield from ((name, (*path, name)) for name in aliases)
    else:
        yield from (
            (name, path if isinstance(aliases, str) else (*path, index)) for index, name in enumerate(as_names(aliases))
        )


def wire_tables(spec: ModelSpec) -> dict[tuple[str, ...], WireTableSpec]:
    """Return every table of wire values of a model, by its path."""
    entries = [(("model",), spec.model), *((("body", path), value) for path, value in (spec.body or {}).items())]
    return {path: value for path, value in entries if isinstance(value, WireTableSpec)}


def table_entry(table: TableSpec, picked: Mapping[str, str]) -> Any:
    """Return the entry of a table for a combination, or None if it has none."""
    row: Any = getattr(table, "table", {}).get(picked.get(table.by[0], ""))
    return row.get(picked.get(table.by[-1], "")) if isinstance(row, dict) else row


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the request body as written: an option or a field by `name`, a constant, or a table."""

    path: str
    name: str | None = None
    value: Any = None
    form: str | None = None


def leaves(kind: TypeSpec, model: ModelSpec) -> Iterator[Leaf]:
    """Yield every leaf of the request body, in the order of the body."""
    yield from (Leaf(path, None, constant) for path, constant in (kind.constants or {}).items())
    own = model.fields or {}
    for name, shared_field in (kind.fields or {}).items():
        yield Leaf((own[name].send if name in own else None) or shared_field.send, name)
    yield Leaf(kind.provider.send, None, model.provider)
    yield Leaf(kind.model.send, None, model.model)
    for name, option in model.options.items():
        wire_path = wire_path_of(kind, name, option)
        if wire_path is not None:
            yield Leaf(wire_path, name, None, option.as_)
    for path, value in (model.body or {}).items():
        yield Leaf(path, value.of, None, value.as_) if isinstance(value, PartSpec) else Leaf(path, None, value)


def wire_path_of(kind: TypeSpec, name: str, option: OptionSpec) -> str | None:
    """Return the wire path of an option, its own before the shared one, or None if it is not sent by itself."""
    if option.sent is False:
        return None
    shared = (kind.options or {}).get(name)
    return option.send or (shared.send if shared else None)


def conditions(spec: ModelSpec) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield every condition of a model, with its path."""
    for index, limit in enumerate(spec.limits or ()):
        clauses = ((key, getattr(limit, key)) for key in ("when", "only", "never"))
        yield from ((("limits", index, key), condition) for key, condition in clauses if condition is not None)
    yield from ((("gates", index, "when"), rule.when) for index, rule in enumerate(spec.gates or ()))
    for name, option in spec.options.items():
        if option.when is not None:
            yield ("options", name, "when"), option.when
    for path, formula in formulas(spec):
        for key in ("times", "plus"):
            for index, line in enumerate(getattr(formula, key) or ()):
                if line.when is not None:
                    yield (*path, key, index, "when"), line.when


def prices(spec: ModelSpec) -> Iterator[tuple[Path, Any]]:
    """Yield every price of a model as a whole, dated or not, with its path."""
    if isinstance(spec.credits, list):
        yield from ((("credits", index, "credits"), price.credits) for index, price in enumerate(spec.credits))
    elif spec.credits is not None:
        yield ("credits",), spec.credits
    if spec.promotion is not None:
        yield ("promotion", "credits"), spec.promotion.credits


def formulas(spec: ModelSpec) -> Iterator[tuple[Path, FormulaSpec]]:
    """Yield every price of a model that is a formula, with its path."""
    return ((path, price) for path, price in prices(spec) if isinstance(price, FormulaSpec))


def tables(spec: ModelSpec) -> Iterator[tuple[Path, TableSpec]]:
    """Yield every table of a model, with its path."""
    entries: list[tuple[Path, Any]] = [*prices(spec), *wire_tables(spec).items()]
    defaults = ((name, option.default) for name, option in spec.options.items() if option.default is not None)
    entries += [(("options", name, "default"), default) for name, default in defaults]
    for path, formula in formulas(spec):
        entries.append(((*path, "base"), formula.base))
        entries += [((*path, "times", index, "factor"), line.factor) for index, line in enumerate(formula.times or ())]
        entries += [((*path, "plus", index, "credits"), line.credits) for index, line in enumerate(formula.plus or ())]
    return ((path, entry) for path, entry in entries if isinstance(entry, TableSpec))


def named_options(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Yield every option that a model names outside of conditions and tables, with its path."""
    entries: list[tuple[Path, str | list[str] | None]] = []
    for name, option in spec.options.items():
        if is_computed(option):
            entries += [(("options", name, key), getattr(option, key)) for key in ("of", "pixels", "total")]
    for index, limit in enumerate(spec.limits or ()):
        entries += [(("limits", index, key), getattr(limit, key)) for key in ("needs", "excludes", "ignores")]
    for path, formula in formulas(spec):
        entries.append(((*path, "each"), formula.each))
        entries += [((*path, "plus", index, "per"), line.per) for index, line in enumerate(formula.plus or ())]
    entries += [(("body", path, "of"), value.of) for path, value in (spec.body or {}).items() if isinstance(value, PartSpec)]
    for path, names in entries:
        yield from _names_with_paths(path, names)


def is_listed(spec: OptionSpec) -> bool:
    """Whether an option takes only listed values, or words for ranges, so that cells can hold it."""
    return spec.values is not None and not (spec.number or spec.size or spec.ratio or spec.text or spec.many)


def is_computed(spec: OptionSpec) -> bool:
    """Whether an option is computed from others."""
    return spec.of is not None or spec.pixels is not None or spec.total is not None


def is_counted(spec: OptionSpec) -> bool:
    """Whether an option is a number, or a list, which counts by its length."""
    return spec.number is not None or spec.many is not None or (is_computed(spec) and spec.values is None)
