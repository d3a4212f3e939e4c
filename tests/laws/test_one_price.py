"""Law: with rules that pass `check`, equal requests have equal prices, whichever values of options that are sent are picked."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules
from imgrules.table.records import Model, Table, fields_of
from imgrules.testing import moments, selections, tables
from tests.folders import COOKBOOK
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import sound_text


def with_other_value(data: st.DataObject, model: Model, selection: dict[Any, Any]) -> dict[Any, Any]:
    """Draw the same selection with another value of a listed option."""
    listed = [
        option
        for option in model.options.values()
        if option.listed and option.values and option.follows is None and option.sent
    ]
    if not listed:
        return selection
    option = data.draw(st.sampled_from(listed))
    return {**selection, option.name: data.draw(st.sampled_from(sorted(option.values)))}


@given(st.data(), st.one_of(ANY_TABLE, tables(shape="alike"), tables(shape="alike"), tables(shape="alike"), st.just(COOKBOOK)))
def test_one_body_has_one_price(data: st.DataObject, table: Table) -> None:
    """Two selections that differ in a listed value and send the same body to the same address cost the same."""
    rules, at = Rules(table), data.draw(moments(table))
    held = {grant for gate in table.gates.values() for grant in gate.opens_with}
    for selection in data.draw(st.lists(selections(table, at), min_size=5, max_size=5)):
        decision = rules.decide(selection, held, at=at)
        model = None if decision.model is None else table.models[decision.model].at(decision.at)
        if model is None:
            continue
        for field in fields_of(table, model).values():
            if not field.cap:
                selection.setdefault(field.name, sound_text(field))
        other = with_other_value(data, model, selection)
        try:
            # As text, since in Python 0 is equal to False.
            sent = [json.loads(rules.emit_json(picked, held, at=at)) for picked in (selection, other)]
            bodies = [json.dumps(body, sort_keys=True) for body in sent]
        except Refused:
            continue
        if bodies[0] == bodies[1]:
            first, second = rules.decide(selection, held, at=at), rules.decide(other, held, at=at)
            costs = [(decision.credits, decision.estimate) for decision in (first, second)]
            assert costs[0] == costs[1] or rules.request_line(first) != rules.request_line(second)
