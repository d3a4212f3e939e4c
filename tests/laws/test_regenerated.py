"""Law: a request body that is regenerated without changes stays the same, and its selection is recognised."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.table.records import fields_of
from imgrules.testing import compiled, grants, moments, selections
from tests.laws.rule_sets import ANY_DOCUMENTS
from tests.laws.sound import sound_text


@given(st.data(), ANY_DOCUMENTS)
def test_a_body_is_read_back(data: st.DataObject, documents: Any) -> None:
    """An emitted body is recognised, whatever wire values its options have, and emits the same again."""
    rules = Rules(compiled(documents))
    held, at = data.draw(grants(rules.table)), data.draw(moments(rules.table))
    selection = data.draw(selections(rules.table, at))
    decision = rules.decide(selection, held, at=at)
    model = rules.table.models[str(decision.model)].at(decision.at) if decision.model else None
    if decision.status is not Status.ALLOWED or model is None:
        return
    for field in fields_of(rules.table, model).values():
        if not field.cap:
            selection.setdefault(field.name, sound_text(field))
    body = rules.emit(selection, held, at=at)
    again = rules.regenerate(body, {}, held, at=at)
    assert again.selection["model"] == decision.model
    assert rules.emit(again.selection, held | {"gold", "staff", "beta", "member"}, at=at) == body
