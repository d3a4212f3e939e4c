"""Law: an allowed selection with `complete` can be emitted, and `request` returns both."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules, Status
from imgrules.table.records import fields_of
from imgrules.testing import grants, moments, selections
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import sound_text


@given(st.data(), ANY_TABLE)
def test_what_is_allowed_can_be_emitted(data: st.DataObject, table: Any) -> None:
    """A complete selection is allowed exactly if it is emitted; `request` gives the same decision and the same body."""
    rules, held, at = Rules(table), data.draw(grants(table)), data.draw(moments(table))
    selection = data.draw(selections(table, at))
    model = rules.decide(selection, held, at=at).model
    if model is not None and data.draw(st.booleans()):
        for field in fields_of(table, table.models[model].at(at) or table.models[model]).values():
            if not field.cap:
                selection.setdefault(field.name, sound_text(field))
    decision = rules.decide(selection, held, at=at, complete=True)
    request = rules.request(selection, held, at=at)
    assert request.decision.as_dict() == decision.as_dict()
    if decision.status is Status.ALLOWED:
        assert request.body == rules.emit(selection, held, at=at) == rules.body(decision, selection)
        return
    assert request.body is None
    with pytest.raises(Refused) as refusal:
        rules.emit(selection, held, at=at)
    assert refusal.value.decision.as_dict() == decision.as_dict()
