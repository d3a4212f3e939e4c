"""Law: following a repair reaches an allowed or locked selection, and the first repair is a nearest one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.engine.moments import moment
from imgrules.testing import grants, moments, selections, values
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_every_repair_works(data: st.DataObject, table: Any) -> None:
    """An impossible selection has a repair if anything is sold, every repair ends it, and none is nearer than the first."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    selection = data.draw(selections(table, at) | values())
    decision = decide(table, selection, held, None, at)
    sold = any(each.at(moment(at)).cells for each in table.models.values())
    assert bool(decision.repairs) == (decision.status is Status.IMPOSSIBLE and sold)
    for each in decision.repairs:
        assert decide(table, each.apply(selection), held, None, at).status is not Status.IMPOSSIBLE
    if decision.model is not None and decision.repairs:
        changes = [len(each.set) + len(each.remove) for each in decision.repairs]
        assert changes[0] == min(changes)


@given(st.data(), ANY_TABLE)
def test_no_repair_is_longer_than_it_has_to_be(data: st.DataObject, table: Any) -> None:
    """Of a plain model, the first repair sets no more fields than the nearest combination that is sold."""
    at = data.draw(moments(table))
    selection = data.draw(selections(table, at))
    decision = decide(table, selection, (), None, at)
    model = table.models[decision.model] if decision.model else None
    if model is None or not decision.repairs or not model.plain:
        return
    asked = {name: selection.get(name, each.default) for name, each in model.options.items()}
    nearest = min(sum(asked[name] != value for name, value in zip(asked, cell.values, strict=True)) for cell in model.cells)
    assert len(decision.repairs[0].set) == nearest
