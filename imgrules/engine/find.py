"""What comes of a selection, found in one look where it is in the model's own names."""

from __future__ import annotations

from typing import Any, TypeAlias

from imgrules.engine.plan.plan import NO, Found, planned
from imgrules.table.moments import is_moment
from imgrules.table.records import MODEL, Table

Asked: TypeAlias = tuple[Any, Any, str | None, object]
"""A selection, grants, a language and a moment, as a caller gave them."""


def find(table: Table, selection: Any, at: object, grants: Any = ()) -> Found:
    """
    Return what comes of a selection, and its open values; never raises.

    Grants are asked of the outcome, and here only where gates come and go and no moment is given. A key counts as the name
    that it equals.
    """
    if type(selection) is dict and (at is None or is_moment(at)):
        try:
            name = selection[MODEL]
            if type(name) is not str:
                return NO
            plan = table.ready.get(name) or planned(table, name)
            # A name that no model has may be another name of one.
            found = plan.read(selection, at) if plan is not None else None if table.aliases else NO
        except Exception:  # noqa: BLE001  a hostile object may raise anything when it is compared; it is read as such below
            found = None
        if found is not None:
            return found
    from imgrules.engine.caller_input import find_otherwise  # noqa: PLC0415  a service whose callers use our names never loads it

    return find_otherwise(table, selection, at, grants)
