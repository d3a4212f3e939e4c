"""
The computed options whose value follows from the other listed options of a combination.

Their values multiply no combinations: each combination of the others has exactly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from imgrules.compiler.lower.grid import Row
from imgrules.compiler.lower.known_options import KnownOption
from imgrules.engine.resolve import computed
from imgrules.table.records import Model


def determined(options: Mapping[str, KnownOption]) -> tuple[str, ...]:
    """
    Return the options that are computed from listed options alone, directly or not, each after its sources.

    `options` are all of a model, each after those that it depends on.
    """
    known = {name for name, about in options.items() if about.option.bound and about.option.follows is None}
    names: list[str] = []
    for name, about in options.items():
        option = about.option
        # A number is no part of a combination, so whether it is there must not depend on anything else.
        if option.follows is not None and known.issuperset(option.follows.names) and (option.bound or not option.conditional):
            known.add(name)
            names.append(name)
    return tuple(names)


def completed(model: Model, names: Sequence[str], free: Sequence[str], row: Row) -> Iterator[Row]:
    """Yield the rows of a combination of the `free` options, completed by the `determined` options of a model."""
    partial: list[dict[str, Any]] = [dict(zip(free, row, strict=True))]
    for name in names:
        option, longer = model.options[name], []
        for values in partial:
            value = computed(model, option, values)
            longer.append({**values, name: value})
            if value is not None and option.conditional:
                longer.append({**values, name: None})
        partial = longer
    return (tuple(values[name] for name in model.axes) for values in partial)
