"""Propose `select:` for picks that authors write at an example itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.field_types import is_block, keys

SELECT = "select"
_LONGEST = 300
"""The most characters of a selection that a hint shows."""


def select_meant(shape: Any, block: Mapping[str, Any], options: Collection[str]) -> tuple[list[str], Help] | None:
    """Return the keys of an example that belong into its selection, and a hint to write them there, or None if it has one."""
    if not is_block(shape) or not issubclass(shape, ExampleSpec) or SELECT in block:
        return None
    names = [name for name in block if name not in keys(shape)]
    if not any(name in options for name in names):
        return None
    text = f"{SELECT}: {typed({name: block[name] for name in names})}"
    return names, write(text) if len(text) <= _LONGEST else explain(f"put them inside `{SELECT}:`")
