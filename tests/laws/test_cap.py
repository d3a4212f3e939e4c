"""
Law: a cap refuses exactly what costs more than it, or an unknown price, and changes nothing else.

It is compared with what the caller pays at the moment, also behind a closed gate; an estimate is compared by its number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules, Status
from imgrules.table.records import Model, cap_of
from imgrules.testing import grants, moments, selections
from tests.laws.rule_sets import ANY_TABLE

CAPS = st.sampled_from([0, 1, 2, 2.5, 5, Decimal("7.5"), 20, 100, 10**6])


@given(st.data(), ANY_TABLE)
def test_a_cap_is_the_most_that_is_paid(data: st.DataObject, table: Any) -> None:
    """With a cap, a selection is refused if its price is above it or unknown, and else decided and emitted as without."""
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    selection = data.draw(selections(table, at))
    uncapped = {name: value for name, value in selection.items() if name not in {"most", "limit_to"}}
    free = rules.decide(uncapped, held, at=at)
    model = None if free.model is None else table.models[free.model].at(free.at)
    if model is None or cap_of(table, model) is None or free.status is Status.IMPOSSIBLE:
        return
    most = data.draw(CAPS | st.just(free.credits or 0))
    capped = rules.decide({**uncapped, "most": most}, held, at=at)
    if free.credits is not None and free.credits <= Decimal(str(most)):
        assert (capped.status, capped.select, capped.credits) == (free.status, free.select, free.credits)
        assert [gate.name for gate in capped.gates] == [gate.name for gate in free.gates]
        bodies = [emitted(rules, model, picked, held, at) for picked in ({**uncapped, "most": most}, uncapped)]
        assert bodies[0] == bodies[1]
    else:
        assert capped.status is Status.IMPOSSIBLE
        assert [(violation.code, violation.field) for violation in capped.violations] == [("out_of_range", "most")]
        assert capped.repairs
        assert free.credits is None or capped.repairs[0].set == {"most": free.credits}


def emitted(rules: Rules, model: Model, selection: Any, held: Any, at: str) -> Any:
    """Return the request body, with nothing at the path of the cap; None if it is refused."""
    try:
        body = rules.emit(selection, held, at=at)
    except Refused:
        return None
    [path] = (send.path for send in model.body if send.name == "most")
    assert ("most" in selection) == is_at(body, path)
    return without(body, path)


def is_at(body: Any, path: tuple[Any, ...]) -> bool:
    """Return whether a body has something at a path of keys."""
    for key in path:
        if key not in body:
            return False
        body = body[key]
    return True


def without(body: Any, path: tuple[Any, ...]) -> Any:
    """Return a body without the leaf at a path, and without objects that hold nothing else."""
    if not is_at(body, path):
        return body
    if len(path) == 1:
        return {name: value for name, value in body.items() if name != path[0]}
    inner = without(body[path[0]], path[1:])
    return {name: inner if name == path[0] else value for name, value in body.items() if name != path[0] or inner}
