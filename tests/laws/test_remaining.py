"""Law: a choice that is shown as open can be picked, with the price and the gates of its decision."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.table.measures import within
from imgrules.table.moments import moment
from imgrules.table.records import CAP
from imgrules.testing import grants, moments, selections
from imgrules.views.choices import choices
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_what_remains_can_be_picked(data: st.DataObject, table: Any) -> None:
    """A value that makes a selection possible is shown with the facts of its decision, and a shown value works."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    whole = {name: value for name, value in data.draw(selections(table, at)).items() if type(name) is str}
    left = data.draw(st.sampled_from(["", *(name for name in whole if name != "model")]))
    selection = {name: value for name, value in whole.items() if name != left}
    rows = choices(table, selection, held, None, at)
    # No pick of another option ends an existing conflict; a value is shown if it adds none.
    conflict = "not_together" in {violation.code for violation in decide(table, selection, held, None, at).violations}
    for row in rows:
        option = table.models[decide(table, selection, held, None, at).model].at(moment(at)).options[row.name]
        shown = {value.name: value for value in row.values}
        for value in option.values if option.listed else ():
            decision = decide(table, {**selection, row.name: option.picked(value)}, held, None, at)
            if decision.status is not Status.IMPOSSIBLE:
                assert shown[value].status is decision.status
                price = shown[value].credits, shown[value].estimate
                assert shown[value].credits_vary or price == (decision.credits, decision.estimate)
                assert set(shown[value].gates) <= set(decision.gates)
            elif is_too_dear(decision) and value in shown:
                assert shown[value].credits_vary or shown[value].status is Status.IMPOSSIBLE
            elif value in shown:
                assert conflict or {violation.code for violation in decision.violations} != {"not_together"}


def is_too_dear(decision: Decision) -> bool:
    """Whether a cap below the price, or beside an unknown one, is all that is wrong with a selection; a cap can be wrong alone."""
    first, *more = decision.violations or (None,)
    return first is not None and not more and (first.code, first.field) == ("out_of_range", "most") and within(first.value, CAP)
