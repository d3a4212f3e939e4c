"""The specs of a whole folder, and what checks and lowering ask of them: nothing is decided here, and nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imgrules.compiler.diagnostics import Path
from imgrules.compiler.spec import ModelSpec, OptionSpec, PriceTableSpec, SharedSpec, TypeSpec, ValueSpec, WireTableSpec


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The specs of a whole folder, models in author's order; `files` names the models whose file is broken, too."""

    shared: SharedSpec
    models: Mapping[str, ModelSpec]
    files: frozenset[str]


def values_of(option: OptionSpec) -> Mapping[str, ValueSpec]:
    """Answer the values of an option with their details, in author's order; a value given twice counts once."""
    if isinstance(option.values, dict):
        return option.values
    return dict.fromkeys(option.values, ValueSpec.model_validate({}))


def gates_of(said: str | list[str] | None) -> tuple[str, ...]:
    """Answer the gates that are named, in author's order."""
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)


def gates_named(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    """Answer every gate that a model names, with the path at which it does."""
    said: list[tuple[Path, str | list[str] | None]] = [(("gate",), spec.gate)]
    for option, each in spec.options.items():
        said += [(("options", option, "values", value, "gate"), one.gate) for value, one in values_of(each).items()]
    said += [(("gates", at, "gate"), rule.gate) for at, rule in enumerate(spec.gates or ())]
    for path, names in said:
        for at, gate in enumerate(gates_of(names)):
            yield path if isinstance(names, str) else (*path, at), gate


def wire_tables(spec: ModelSpec) -> dict[tuple[str, ...], WireTableSpec]:
    """Answer every table of wire values of a model, by its path in the file."""
    said: dict[tuple[str, ...], object] = {
        ("model",): spec.model,
        **{("body", path): each for path, each in (spec.body or {}).items()},
    }
    return {path: each for path, each in said.items() if isinstance(each, WireTableSpec)}


def in_table(table: PriceTableSpec | WireTableSpec, picked: Mapping[str, str]) -> Any:
    """Answer what a table holds for a combination, or None where it holds nothing."""
    row: Any = table.table.get(picked.get(table.by[0], ""))
    return row.get(picked.get(table.by[-1], "")) if isinstance(row, dict) else row


def any_of(condition: Mapping[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
    """Answer a condition with all values of each option, also where one is written alone."""
    return {option: (each,) if isinstance(each, str) else tuple(each) for option, each in condition.items()}


def sends(kind: TypeSpec, model: ModelSpec) -> Iterator[tuple[str, str | None, Any]]:
    """Answer every leaf of the request body in order: its wire path, the name it carries or None, and its constant."""
    for path, constant in (kind.constants or {}).items():
        yield path, None, constant
    for name, field in (kind.fields or {}).items():
        yield field.send, name, None
    yield kind.provider.send, None, model.provider
    yield kind.model.send, None, model.model
    for name, option in model.options.items():
        path_or_none = send_of(kind, name, option)
        if path_or_none is not None:
            yield path_or_none, name, None
    for path, value in (model.body or {}).items():
        yield path, None, value


def send_of(kind: TypeSpec, name: str, option: OptionSpec) -> str | None:
    """Answer the wire path of an option, its own before the shared one; there is none where it is not sent itself."""
    if option.sent is False:
        return None
    shared = (kind.options or {}).get(name)
    return option.send or (shared.send if shared else None)
