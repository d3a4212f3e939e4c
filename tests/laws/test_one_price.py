"""Law: with rules that pass `check`, equal requests have equal prices, whichever values of options that are sent are picked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules
from imgrules.table.records import Model, Table, fields_of
from imgrules.testing import moments, selections, tables
from tests.folders import COOKBOOK
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import sound_text


def with_other_values(model: Model, selection: dict[Any, Any]) -> Iterator[dict[Any, Any]]:
    """Yield the same selection with each value of each listed option that a caller picks and that is sent."""
    for option in model.options.values():
        if option.listed and option.follows is None and option.sent:
            yield from ({**selection, option.name: value} for value in option.values)


def request(rules: Rules, *asked: Any) -> tuple[str, str | None] | None:
    """Return the body and the address of a selection, or None if it is refused."""
    try:
        # As text, since in Python 0 is equal to False.
        body = json.dumps(json.loads(rules.emit_json(*asked)), sort_keys=True)
    except Refused:
        return None
    return body, rules.request_line(rules.decide(*asked))


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
        sent = request(rules, selection, held, None, at)
        for other in with_other_values(model, selection) if sent is not None else ():
            if request(rules, other, held, None, at) == sent:
                first, second = (rules.decide(picked, held, at=at) for picked in (selection, other))
                assert (first.credits, first.estimate) == (second.credits, second.estimate)
