"""Which options, and which of their values, put something into the request: what the catalog says of each as `sent`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imgrules.engine.body import NOTHING, leaf
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import Send
from imgrules.table.terms import OTHER, Lookup, row_for


def with_reach(options: Mapping[str, Option], body: Sequence[Send]) -> Mapping[str, Option]:
    """Return options with `sent` false for those, and for those of their values, for which the request contains nothing."""
    carriers: dict[str, list[Send]] = {}
    for send in body:
        for name in dict.fromkeys((send.name,) if send.name is not None else send.lookup.by if send.lookup else ()):
            if name in options:
                carriers.setdefault(name, []).append(send)
    return {name: _option(option, carriers.get(name, [])) for name, option in options.items()}


def _option(option: Option, carriers: list[Send]) -> Option:
    if any(send.lookup is None and send.form is None for send in carriers):
        return option  # what is sent as it is always reaches the request
    reaching = frozenset(value for send in carriers for value in _reaching(send, option))
    values = {
        name: value if name in reaching or not value.sent else replace(value, sent=False)
        for name, value in option.values.items()
    }
    return option if carriers and len(reaching) == len(values) else replace(option, values=values, sent=bool(carriers))


def _reaching(send: Send, option: Option) -> frozenset[str]:
    """Return the values of an option for which a leaf may send something."""
    if send.name is None and send.lookup is not None:
        return _filled(send.lookup, option)
    return frozenset(value for value in option.values if leaf(send, {option.name: value}) is not NOTHING)


def _filled(table: Lookup, option: Option) -> frozenset[str]:
    """Return the values of an option for which a table has an entry that is sent."""
    if option.name == table.by[0]:
        rows = [table.table]
    else:
        rows = [row if isinstance(row, Mapping) else {OTHER: row} for row in table.table.values()]
    return frozenset(value for value in option.values if any(_is_filled(row.get(row_for(row, value))) for row in rows))


def _is_filled(entry: Any) -> bool:
    return any(cell is not None for cell in entry.values()) if isinstance(entry, Mapping) else entry is not None
