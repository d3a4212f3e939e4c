"""Bind a tree to a spec; why one is not valid is explained by `explained`, which is loaded for the first such file."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import MOST_MISTAKES, Finding
from imgrules.compiler.spec.types import Closed

_Spec = TypeVar("_Spec", bound=Closed)


def bind(tree: Tree, kind: type[_Spec]) -> tuple[_Spec | None, tuple[Finding, ...]]:
    """Return the spec of a tree and no findings; or None and findings, if the tree is not valid for the class `kind`."""
    try:
        return kind.model_validate(tree.value), ()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)[: 2 * MOST_MISTAKES]
    from imgrules.compiler.bind.explained import explained  # noqa: PLC0415  files without mistakes do not load it

    return None, tuple(explained(tree, kind, errors))


def spec_of(value: Any, kind: type[_Spec]) -> _Spec | None:
    """Return the spec of the value of a tree, or None if it is not valid for the class `kind`."""
    try:
        return kind.model_validate(value)
    except ValidationError:
        return None
