"""Law: nobody is paid for an image."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.engine.table import Table
from imgrules.testing import moments, selections
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_no_price_is_negative(data: st.DataObject, table: Table) -> None:
    """Neither what is paid nor the regular price is below 0, also where what is counted is negative."""
    rules = Rules(table)
    at = data.draw(moments(table))
    selection = data.draw(selections(table, at))
    decision = rules.decide(selection, at=at)
    assume(decision.status is not Status.IMPOSSIBLE)
    for each in (decision.credits, decision.regular):
        assert each is None or each >= 0
    rows = (value for option in rules.choices({"model": decision.model}, at=at) for value in option["values"])
    assert all(each["credits"] is None or float(each["credits"]) >= 0 for each in rows)
