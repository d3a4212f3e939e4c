"""The selections of examples: what a caller would send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any, NamedTuple

from imgrules.compiler.spec.bounds import Unit
from imgrules.compiler.spec.examples import ExampleSpec, OfLengthSpec
from imgrules.table.records import MODEL, Model

_LETTER = "x"


class Combination(NamedTuple):
    """One combination of `over`, empty without it, and the selection that it gives."""

    over: dict[str, Any]
    selection: dict[str, Any]


def count(example: ExampleSpec) -> int:
    """Return how often an example is run: once, or once per combination of `over`."""
    return prod(len(values) for values in (example.over or {}).values())


def combinations(example: ExampleSpec, model: Model) -> Iterator[Combination]:
    """
    Yield the selections of an example, one for each combination of `over`, the last name of which changes fastest.

    They are of its model, unless it names an alias, with long texts and lists written out.
    """
    over = example.over or {}
    for values in product(*over.values()):
        picked = dict(zip(over, values, strict=True))
        selection = example.select | picked
        if any(isinstance(value, OfLengthSpec) for value in selection.values()):
            lists = _names_of_lists(model)
            selection = {name: _written_out(value, is_list=name in lists) for name, value in selection.items()}
        yield Combination({name: _shown(value) for name, value in picked.items()}, {MODEL: model.id} | selection)


def _names_of_lists(model: Model) -> frozenset[str]:
    """Return the names and aliases of the options of a model that are lists, in any of its periods."""
    versions: tuple[Model, ...] = model.versions
    lists = {name for version in versions for name, option in version.options.items() if option.many is not None}
    return frozenset(lists | {alias.name for version in versions for alias in version.aliases if alias.means in lists})


def _shown(picked: Any) -> Any:
    """Return a value as `over` has it, also where it stands for a long one."""
    return picked.model_dump(exclude_unset=True, mode="json") if isinstance(picked, OfLengthSpec) else picked


def _written_out(picked: Any, *, is_list: bool) -> Any:
    """Return a value, or for its length alone a list of so many texts, or a text of so many characters, words or bytes."""
    if not isinstance(picked, OfLengthSpec):
        return picked
    if is_list:
        return [_LETTER] * picked.length
    return " ".join(_LETTER * picked.length) if picked.unit is Unit.WORDS else _LETTER * picked.length
