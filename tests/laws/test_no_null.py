"""Law: rules that pass `check` never send `null`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules
from imgrules.table.records import Table, fields_of
from imgrules.testing import moments, selections, tables
from tests.folders import COOKBOOK
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import sound_text


def values(body: Any) -> Iterator[Any]:
    """Yield every value of a body, at any depth."""
    inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    for child in inner:
        yield child
        yield from values(child)


@given(st.data(), st.one_of(ANY_TABLE, tables(shape="row"), tables(shape="row"), tables(shape="row"), st.just(COOKBOOK)))
def test_no_body_has_a_null(data: st.DataObject, table: Table) -> None:
    """No array has a hole, and an absent value is not sent."""
    rules, at = Rules(table), data.draw(moments(table))
    held = {grant for gate in table.gates.values() for grant in gate.opens_with}
    for selection in data.draw(st.lists(selections(table, at), min_size=5, max_size=5)):
        model = table.models.get(rules.decide(selection, at=at).model or "")
        for field in fields_of(table, model).values() if model is not None else ():
            if not field.cap:
                selection.setdefault(field.name, sound_text(field))
        try:
            body = rules.emit(selection, held, at=at)
        except Refused:
            continue
        assert not any(value is None for value in values(body))
