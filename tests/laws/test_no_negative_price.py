"""Law: no price is negative."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules
from imgrules.table.records import Table
from imgrules.testing import moments, selections, tables
from tests.folders import COOKBOOK
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), st.one_of(ANY_TABLE, tables(shape="each"), tables(shape="each"), tables(shape="each"), st.just(COOKBOOK)))
def test_no_price_is_negative(data: st.DataObject, table: Table) -> None:
    """Neither the price nor the regular one is below 0, even if a counted number is negative."""
    rules, at = Rules(table), data.draw(moments(table))
    for selection in data.draw(st.lists(selections(table, at), min_size=5, max_size=5)):
        decision = rules.decide(selection, at=at)
        for price in (decision.credits, decision.regular):
            assert price is None or price >= 0
