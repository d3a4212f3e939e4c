"""Law: the compiled table decides and emits as a naive interpreter of the files."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules
from imgrules.testing import compiled, grants, selections
from tests.laws.reference import answer
from tests.laws.rule_sets import ANY_DOCUMENTS


@given(st.data(), ANY_DOCUMENTS)
def test_the_table_means_what_the_files_say(data: st.DataObject, documents: Any) -> None:
    """Status, price, gates, faults and body are those of the reference."""
    rules = Rules(compiled(documents))
    selection = {name: each for name, each in data.draw(selections(rules.table)).items() if type(name) is str}
    held = data.draw(grants(rules.table))
    expected = answer(documents, selection, set(held))
    decision = rules.decide(selection, held)
    assert decision.status == expected.status
    assert decision.credits == expected.credits
    assert [each.name for each in decision.gates] == expected.gates
    assert {(each.code.value, each.field) for each in decision.violations} == expected.faults
    try:
        body = rules.emit(selection, held)
    except Refused:
        body = None
    assert body == expected.body
