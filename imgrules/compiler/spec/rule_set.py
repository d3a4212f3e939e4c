"""The specs of a whole folder, and what checks and lowering ask of them: nothing is decided here, and nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.model import BadgeSpec, FormulaSpec, ModelSpec, OptionSpec, PartSpec, ValueSpec
from imgrules.compiler.spec.shared import SharedSpec, TypeSpec
from imgrules.compiler.spec.types import DatedSpec, SourceSpec, TableSpec, TestSpec, WireTableSpec


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The specs of a whole folder, models in author's order; `files` names the models whose file is broken, too."""

    shared: SharedSpec
    models: Mapping[str, ModelSpec]
    files: frozenset[str]
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    today: str | None = None
    """The moment at which the rules are checked, for what is over or stale; without one, nothing is."""


_NOTHING_SAID = ValueSpec.model_validate({})


def values_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Return the values of an option with their details, in author's order; a value given twice counts once."""
    if isinstance(option.values, dict):
        return option.values
    return dict.fromkeys(map(word, option.values or ()), _NOTHING_SAID)


def details_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Return the values of an option of which details are said; a plain list says none."""
    return option.values if isinstance(option.values, dict) else {}


def word(value: Any) -> Any:
    """Return a value as tables and combinations hold it: true and false as words, all else as it is."""
    return ("false", "true")[value] if isinstance(value, bool) else value


def moment_of(said: str | None) -> str | None:
    """Return a moment as the table writes it, or None where nobody said one, or a day that does not exist."""
    return None if said is None else _moment(said)


@lru_cache(maxsize=4096)
def _moment(said: str) -> str | None:
    whole = said if "T" in said else f"{said}T00:00:00Z"
    try:
        found = datetime.fromisoformat(whole).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(len(whole), "0")
    except ValueError:
        return None
    return whole if found == whole else None


def gates_of(said: str | list[str] | None) -> tuple[str, ...]:
    """Return the gates that are named, in author's order."""
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)


def gates_named(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Yield every gate that a model names, with the path at which it does."""
    yield from _each_name(("gate",), spec.gate)
    for option, each in spec.options.items():
        for value, one in details_of(each).items():
            if one.gate is not None:
                yield from _each_name(("options", option, "values", value, "gate"), one.gate)
    for at, rule in enumerate(spec.gates or ()):
        yield from _each_name(("gates", at, "gate"), rule.gate)


def _each_name(path: Path, names: str | list[str] | None) -> Iterator[tuple[Path, str]]:
    """Yield what is named at a path, with the path of each."""
    if isinstance(names, str):
        yield path, names
    else:
        yield from (((*path, at), name) for at, name in enumerate(names or ()))


def dated(spec: ModelSpec) -> Iterator[tuple[Path, DatedSpec]]:
    """Yield everything of a model that may come and go, with its path; of its values, those that do."""
    yield (), spec
    if isinstance(spec.credits, list):
        yield from ((("credits", at), each) for at, each in enumerate(spec.credits))
    if spec.promotion is not None:
        yield ("promotion",), spec.promotion
    yield from ((("gates", at), each) for at, each in enumerate(spec.gates or ()))
    if spec.badges is not None:
        yield from _badges((), spec.badges)
    for option, each in spec.options.items():
        for value, said in details_of(each).items():
            path = ("options", option, "values", value)
            if said.from_ is not None or said.until is not None or said.retired is not None:
                yield path, said
            if said.promotion is not None:
                yield (*path, "promotion"), said.promotion
            if said.badges is not None:
                yield from _badges(path, said.badges)


def _badges(path: Path, badges: list[BadgeSpec]) -> Iterator[tuple[Path, DatedSpec]]:
    return (((*path, "badges", at), each) for at, each in enumerate(badges))


def sources(spec: ModelSpec) -> Iterator[tuple[Path, SourceSpec]]:
    """Yield where the facts of a model were read, with its path."""
    said: list[tuple[Path, Any]] = [(("source",), spec.source)]
    for option, each in spec.options.items():
        read = ((value, one.source) for value, one in details_of(each).items() if one.source is not None)
        said += [(("options", option, "values", value, "source"), source) for value, source in read]
    for path, source in said:
        if isinstance(source, list):
            yield from (((*path, at), each) for at, each in enumerate(source))
        elif source is not None:
            yield path, source


def aliases_at(said: str | list[str] | Mapping[str, str] | None, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the other names of something, each with its path; one with a moment is the key of it."""
    if isinstance(said, Mapping):
        yield from ((name, (*path, name)) for name in said)
    else:
        yield from ((name, path if isinstance(said, str) else (*path, at)) for at, name in enumerate(gates_of(said)))


def wire_tables(spec: ModelSpec) -> dict[tuple[str, ...], WireTableSpec]:
    """Return every table of wire values of a model, by its path in the file."""
    said = [(("model",), spec.model), *((("body", path), each) for path, each in (spec.body or {}).items())]
    return {path: each for path, each in said if isinstance(each, WireTableSpec)}


def in_table(table: TableSpec, picked: Mapping[str, str]) -> Any:
    """Return what a table holds for a combination, or None where it holds nothing."""
    row: Any = getattr(table, "table", {}).get(picked.get(table.by[0], ""))
    return row.get(picked.get(table.by[-1], "")) if isinstance(row, dict) else row


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the request body as it was said: an option or a field by `name`, a constant, or a table."""

    path: str
    name: str | None = None
    said: Any = None
    form: str | None = None


def leaves(kind: TypeSpec, model: ModelSpec) -> Iterator[Leaf]:
    """Yield every leaf of the request body in order."""
    yield from (Leaf(path, None, constant) for path, constant in (kind.constants or {}).items())
    own = model.fields or {}
    for name, said in (kind.fields or {}).items():
        yield Leaf((own[name].send if name in own else None) or said.send, name)
    yield Leaf(kind.provider.send, None, model.provider)
    yield Leaf(kind.model.send, None, model.model)
    for name, option in model.options.items():
        path_or_none = send_of(kind, name, option)
        if path_or_none is not None:
            yield Leaf(path_or_none, name, None, option.as_)
    for path, value in (model.body or {}).items():
        yield Leaf(path, value.of, None, value.as_) if isinstance(value, PartSpec) else Leaf(path, None, value)


def send_of(kind: TypeSpec, name: str, option: OptionSpec) -> str | None:
    """Return the wire path of an option, its own before the shared one; there is none where it is not sent itself."""
    if option.sent is False:
        return None
    shared = (kind.options or {}).get(name)
    return option.send or (shared.send if shared else None)


def conditions(spec: ModelSpec) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield every condition of a model, with its path."""
    for at, limit in enumerate(spec.limits or ()):
        said = ((key, getattr(limit, key)) for key in ("when", "only", "never"))
        yield from ((("limits", at, key), each) for key, each in said if each is not None)
    yield from ((("gates", at, "when"), rule.when) for at, rule in enumerate(spec.gates or ()))
    for name, option in spec.options.items():
        if option.when is not None:
            yield ("options", name, "when"), option.when
    for path, formula in formulas(spec):
        for key in ("times", "plus"):
            for at, line in enumerate(getattr(formula, key) or ()):
                if line.when is not None:
                    yield (*path, key, at, "when"), line.when


def prices(spec: ModelSpec) -> Iterator[tuple[Path, Any]]:
    """Yield every price of a model as a whole, dated or not, with its path."""
    if isinstance(spec.credits, list):
        yield from ((("credits", at, "credits"), each.credits) for at, each in enumerate(spec.credits))
    elif spec.credits is not None:
        yield ("credits",), spec.credits
    if spec.promotion is not None:
        yield ("promotion", "credits"), spec.promotion.credits


def formulas(spec: ModelSpec) -> Iterator[tuple[Path, FormulaSpec]]:
    """Return every price that is made of parts, with its path."""
    return ((path, each) for path, each in prices(spec) if isinstance(each, FormulaSpec))


def tables(spec: ModelSpec) -> Iterator[tuple[Path, TableSpec]]:
    """Return every table of a model, with its path."""
    said: list[tuple[Path, Any]] = [*prices(spec), *wire_tables(spec).items()]
    defaults = ((name, option.default) for name, option in spec.options.items() if option.default is not None)
    said += [(("options", name, "default"), default) for name, default in defaults]
    for path, formula in formulas(spec):
        said.append(((*path, "base"), formula.base))
        said += [((*path, "times", at, "factor"), each.factor) for at, each in enumerate(formula.times or ())]
        said += [((*path, "plus", at, "credits"), each.credits) for at, each in enumerate(formula.plus or ())]
    return ((path, each) for path, each in said if isinstance(each, TableSpec))


def named_options(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Yield every option that a model names outside conditions and tables, with the path at which it does."""
    said: list[tuple[Path, str | list[str] | None]] = []
    for name, option in spec.options.items():
        if is_computed(option):
            said += [(("options", name, key), getattr(option, key)) for key in ("of", "pixels", "total")]
    for at, limit in enumerate(spec.limits or ()):
        said += [(("limits", at, key), getattr(limit, key)) for key in ("needs", "excludes", "ignores")]
    for path, formula in formulas(spec):
        said.append(((*path, "each"), formula.each))
        said += [((*path, "plus", at, "per"), each.per) for at, each in enumerate(formula.plus or ())]
    said += [(("body", path, "of"), each.of) for path, each in (spec.body or {}).items() if isinstance(each, PartSpec)]
    for path, names in said:
        yield from _each_name(path, names)


def is_listed(spec: OptionSpec) -> bool:
    """Return whether an option is one of listed values, or a word for a range, and nothing besides: cells hold it."""
    return spec.values is not None and not (spec.number or spec.size or spec.ratio or spec.text or spec.many)


def is_computed(spec: OptionSpec) -> bool:
    """Return whether an option follows from others."""
    return spec.of is not None or spec.pixels is not None or spec.total is not None


def is_counted(spec: OptionSpec) -> bool:
    """Return whether an option is a number, or a list that counts by its length."""
    return spec.number is not None or spec.many is not None or (is_computed(spec) and spec.values is None)


def loose_options(spec: ModelSpec) -> frozenset[str]:
    """Return the listed options that need not be picked and whose value nothing hangs on: no combination has to hold them."""
    free = [name for name, each in spec.options.items() if _need_not_be_picked(each) and is_listed(each)]
    if not free:
        return frozenset()
    named = {name for _, condition in conditions(spec) for name, said in condition.items() if not _is_presence(said)}
    named |= {name for _, table in tables(spec) for name in table.by}
    idle = (name for name in free if not any(map(_matters, details_of(spec.options[name]).values())))
    return frozenset(name for name in idle if name not in named)


def _is_presence(said: object) -> bool:
    """Return whether a condition asks only whether an option is picked."""
    return isinstance(said, TestSpec) and said.model_fields_set == {"given"}


def _need_not_be_picked(option: OptionSpec) -> bool:
    return bool(option.optional or option.when is not None or option.default is not None) and option.of is None


def _matters(value: ValueSpec) -> bool:
    """Return whether a value changes more than what is sent."""
    return value.credits is not None or value.gate is not None or value.promotion is not None
