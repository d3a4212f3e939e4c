"""Explain dates that authors write inside a price."""

from __future__ import annotations

from imgrules.compiler.bind.key_groups import Group, UnknownKeys, one_for_several
from imgrules.compiler.report.helps import explain, typed
from imgrules.compiler.spec.field_types import keys
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.types import DatedSpec

_LONGEST = 100
"""The most characters of a price that a hint shows."""


def dated_price(unknown: UnknownKeys) -> Group | None:
    """Return the group of `from` and `until` in the price of a model, which belong to the entries of a list; or None."""
    names = [name for name in keys(DatedSpec) if name in unknown.names]
    parent = unknown.parent
    if not names or unknown.kind is not ModelSpec or parent[:1] != ("credits",) or isinstance((*parent, "")[1], int):
        return None
    price = typed({name: part for name, part in unknown.block.items() if name not in names})
    shown = price if len(parent) == 1 and len(price) <= _LONGEST and None not in unknown.block.values() else "..."
    dates = ", ".join(f"{name}: {typed(unknown.block[name])}" for name in names)
    return one_for_several(parent, names, explain(f"dated prices are a list: `credits: [{{credits: {shown}, {dates}}}]`"))
