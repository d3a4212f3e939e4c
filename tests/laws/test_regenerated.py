"""Law: a request body that is made again without changes is the same body, and its selection is the one that was sold."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.testing import compiled, grants, selections
from tests.laws.rule_sets import ANY_DOCUMENTS


@given(st.data(), ANY_DOCUMENTS)
def test_a_body_is_read_back(data: st.DataObject, documents: Any) -> None:
    """What was emitted is recognised, whatever wire values its options have, and emits the same again."""
    rules = Rules(compiled(documents))
    held, selection = data.draw(grants(rules.table)), data.draw(selections(rules.table))
    decision = rules.decide(selection, held)
    if decision.status is not Status.ALLOWED:
        return
    kind = rules.table.types[rules.table.models[str(decision.model)].type]
    for field in kind.fields.values():
        selection.setdefault(field.name, "x" * max(1, field.shortest))
    body = rules.emit(selection, held)
    again = rules.regenerate(body, {}, held)
    assert again.selection["model"] == decision.model
    assert rules.emit(again.selection, held | {"gold", "staff", "beta", "member"}) == body
