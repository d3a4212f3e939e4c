"""Find the outcome of a selection: by one look-up in the plan of its model, if it uses the model's own names."""

from __future__ import annotations

from typing import Any, TypeAlias

from imgrules.engine.plan.plan import NO, Answer, planned
from imgrules.table.moments import is_moment
from imgrules.table.records import MODEL, Table

Asked: TypeAlias = tuple[Any, Any, str | None, object]
"""A selection, grants, a language and a moment, as a caller passed them."""


def find(table: Table, selection: Any, at: object, grants: Any = ()) -> Answer:
    """
    Return the outcome of a selection, with its open values; never raises.

    Grants are compared with the gates of the outcome later. They are used here only for a model whose gates change with time
    when no moment is given. A key that equals a name, such as a member of an enumeration, counts as that name.
    """
    if type(selection) is dict and (at is None or is_moment(at)):
        try:
            name = selection[MODEL]
            if type(name) is not str:
                return NO
            plan = table.ready.get(name) or planned(table, name)
            # A name without a model may be an alias.
            answer = plan.read(selection, at) if plan is not None else None if table.aliases else NO
        except Exception:  # noqa: BLE001  comparing a hostile object may raise anything; `find_by_other_names` reads it safely
            answer = None
        if answer is not None:
            return answer
    from imgrules.engine.caller_input import find_by_other_names  # noqa: PLC0415  not needed for selections in the model's own names

    return find_by_other_names(table, selection, at, grants)
