"""Law: following a repair reaches an allowed or locked selection, and the first repair is a nearest one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.testing import grants, selections, values
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_every_repair_works(data: st.DataObject, table: Any) -> None:
    """An impossible selection has a repair, every repair ends it, and none of the others is nearer than the first."""
    selection, held = data.draw(selections(table) | values()), data.draw(grants(table))
    decision = decide(table, selection, held)
    assert bool(decision.repairs) == (decision.status is Status.IMPOSSIBLE)
    for each in decision.repairs:
        assert decide(table, each.apply(selection), held).status is not Status.IMPOSSIBLE
    if decision.model is not None:
        assert all(len(each.set) >= len(decision.repairs[0].set) for each in decision.repairs)


@given(st.data(), ANY_TABLE)
def test_no_repair_is_longer_than_it_has_to_be(data: st.DataObject, table: Any) -> None:
    """The first repair sets no more fields than the nearest combination that is sold."""
    selection = data.draw(selections(table))
    decision = decide(table, selection)
    if decision.model is None or not decision.repairs:
        return
    model = table.models[decision.model]
    asked = {name: selection.get(name, each.default) for name, each in model.options.items()}
    nearest = min(sum(asked[name] != value for name, value in zip(asked, cell.values, strict=True)) for cell in model.cells)
    assert len(decision.repairs[0].set) == nearest
