"""Find the outcome of a selection: by one look-up in the plan of its model, if it uses the model's own names."""

from __future__ import annotations

from typing import Any, TypeAlias

from imgrules.engine.plan.plan import NO, Answer, planned
from imgrules.table.moments import is_moment
from imgrules.table.records import MODEL, Table

Asked: TypeAlias = tuple[Any, Any, str | None, object, Any]
"""A selection, grants, a language, a moment and facts, as a caller passed them."""


def find(table: Table, selection: Any, at: object, grants: Any = (), facts: Any = None) -> Answer:
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
            if plan is None:
                # A name without a model may be an alias.
                answer = None if table.aliases else NO
            else:
                answer = plan.read(selection, at) if facts is None else plan.given(selection, at, facts)
        except Exception:  # noqa: BLE001  no model is named; or a hostile object, which `find_by_other_names` reads safely
            answer = _without_model(table, selection, at, facts)
        if answer is not None:
            return answer
    from imgrules.engine.caller_input import find_by_other_names  # noqa: PLC0415  not needed for selections in the model's own names

    return find_by_other_names(table, selection, at, grants, facts)


def _without_model(table: Table, selection: dict[Any, Any], at: Any, facts: Any) -> Answer | None:
    """Return the outcome of a selection that names no model, with the default one; None where it names one or is not usual."""
    name = table.default
    try:
        if MODEL in selection:
            return None
        plan = None if name is None else planned(table, name)
        if plan is None:
            return NO
        whole = {MODEL: name, **selection}
        return plan.read(whole, at) if facts is None else plan.given(whole, at, facts)
    except Exception:  # noqa: BLE001  as in `find`
        return None
