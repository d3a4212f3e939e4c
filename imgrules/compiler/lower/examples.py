"""The selections of examples: what a caller would send."""

from __future__ import annotations

from typing import Any

from imgrules.compiler.spec.bounds import Unit
from imgrules.compiler.spec.examples import ExampleSpec, OfLengthSpec
from imgrules.table.records import MODEL, Model

_LETTER = "x"


def selection_of(example: ExampleSpec, model: Model) -> dict[str, Any]:
    """Return the selection of an example: of its model, unless it names an alias, with long texts and lists written out."""
    lists = _names_of_lists(model)
    written = {
        name: _written_out(picked, is_list=name in lists) if isinstance(picked, OfLengthSpec) else picked
        for name, picked in example.select.items()
    }
    return {MODEL: model.id} | written


def _names_of_lists(model: Model) -> frozenset[str]:
    """Return the names and aliases of the options of a model that are lists, in any of its periods."""
    versions: tuple[Model, ...] = model.versions
    lists = {name for version in versions for name, option in version.options.items() if option.many is not None}
    return frozenset(lists | {alias.name for version in versions for alias in version.aliases if alias.means in lists})


def _written_out(picked: OfLengthSpec, *, is_list: bool) -> str | list[str]:
    """Return a list of so many texts, or a text of so many characters, words or bytes."""
    if is_list:
        return [_LETTER] * picked.length
    return " ".join(_LETTER * picked.length) if picked.unit is Unit.WORDS else _LETTER * picked.length
