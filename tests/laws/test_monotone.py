"""Law: more grants never lose access and never change a price."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.testing import grants, selections
from tests.laws.rule_sets import ANY_TABLE

RANK = {Status.IMPOSSIBLE: 0, Status.LOCKED: 1, Status.ALLOWED: 2}


@given(st.data(), ANY_TABLE)
def test_a_grant_only_opens(data: st.DataObject, table: Any) -> None:
    """With further grants the answer is the same or better, at the same price, behind no other gate."""
    selection, few = data.draw(selections(table)), data.draw(grants(table))
    before = decide(table, selection, few)
    after = decide(table, selection, few | data.draw(grants(table)))
    assert RANK[after.status] >= RANK[before.status]
    assert after.credits == before.credits
    assert set(after.gates) <= set(before.gates)
    assert (before.status is Status.IMPOSSIBLE) == (after.status is Status.IMPOSSIBLE)
    assert after.violations == before.violations


@given(st.data(), ANY_TABLE)
def test_a_lock_is_opened_by_what_opens_its_gates(data: st.DataObject, table: Any) -> None:
    """One grant of each closed gate turns a lock into an allowance."""
    selection = data.draw(selections(table))
    locked = decide(table, selection)
    keys = {table.gates[each.name].opens_with[0] for each in locked.gates}
    assert (decide(table, selection, keys).status is Status.ALLOWED) == (locked.status is not Status.IMPOSSIBLE)
