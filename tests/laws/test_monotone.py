"""Law: more grants never remove access and never change a price."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.testing import grants, moments, selections
from tests.laws.rule_sets import ANY_TABLE

RANK = {Status.IMPOSSIBLE: 0, Status.LOCKED: 1, Status.ALLOWED: 2}


@given(st.data(), ANY_TABLE)
def test_a_grant_only_opens(data: st.DataObject, table: Any) -> None:
    """With further grants the status is the same or better, the price is the same, and no gate is added."""
    at, few = data.draw(moments(table)), data.draw(grants(table))
    selection = data.draw(selections(table, at))
    before = decide(table, selection, few, None, at)
    after = decide(table, selection, few | data.draw(grants(table)), None, at)
    assert RANK[after.status] >= RANK[before.status]
    assert (after.credits, after.regular, after.notes) == (before.credits, before.regular, before.notes)
    assert set(after.gates) <= set(before.gates)
    assert (before.status is Status.IMPOSSIBLE) == (after.status is Status.IMPOSSIBLE)
    assert after.violations == before.violations


@given(st.data(), ANY_TABLE)
def test_a_lock_is_opened_by_what_opens_its_gates(data: st.DataObject, table: Any) -> None:
    """One grant for each closed gate makes a locked selection allowed."""
    at = data.draw(moments(table))
    selection = data.draw(selections(table, at))
    locked = decide(table, selection, (), None, at)
    keys = {table.gates[gate.name].opens_with[0] for gate in locked.gates}
    assert (decide(table, selection, keys, None, at).status is Status.ALLOWED) == (locked.status is not Status.IMPOSSIBLE)
