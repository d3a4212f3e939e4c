"""Law: the selection that a decision says it understood gets the same decision."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.testing import grants, moments, selections
from imgrules.views.regenerate import regenerate
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_what_was_understood_can_be_asked_again(data: st.DataObject, table: Any) -> None:
    """Without filled-in values, `select` has the same status, price, gates and options, and nothing is replaced again."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    decision = decide(table, data.draw(selections(table, at)), held, None, at)
    if decision.status is Status.IMPOSSIBLE:
        return
    picked = {name: value for name, value in decision.select.items() if name not in decision.filled}
    again = decide(table, picked, held, None, at)
    understood = (decision.status, decision.select, decision.credits, decision.regular, decision.gates, decision.filled)
    assert (again.status, again.select, again.credits, again.regular, again.gates, again.filled) == understood
    assert again.notes == ()
    assert regenerate(table, decision, {}, held, None, at).selection == picked
