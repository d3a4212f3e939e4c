"""Law: what lies ready is what a closer look answers, whoever asks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules, Status
from imgrules.engine.closer import complete, decided, look
from imgrules.engine.decide import decide
from imgrules.engine.emit import emit, in_json
from imgrules.engine.ready import Stretches, at_once
from imgrules.engine.table import fields_of
from imgrules.testing import grants, moments, selections
from tests.laws.rule_sets import ANY_TABLE


def closely(table: Any, *asked: Any) -> Any:
    """Answer a decision for which nothing lay ready."""
    return decided(look(table, asked))


@given(st.data(), ANY_TABLE)
def test_what_lies_ready_is_what_a_closer_look_answers(data: st.DataObject, table: Any) -> None:
    """Decisions, bodies, bytes and refusals are the same, the first time and the second."""
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    language = data.draw(st.sampled_from([None, "de", "zz"]))
    for _ in range(3):
        asked = (data.draw(selections(table, at)), held, language, at)
        whole, texts = complete(table, asked)
        for _ in range(2):
            decision = decide(table, *asked)
            assert decision.as_dict() == closely(table, *asked).as_dict()
            if whole.status is Status.ALLOWED:
                body = rules.emit(*asked)
                assert body == emit(table, whole, texts) == rules.body(decision, asked[0])
                assert rules.emit_json(*asked) == in_json(body)
            else:
                with pytest.raises(Refused) as refusal:
                    rules.emit(*asked)
                assert refusal.value.decision.as_dict() == whole.as_dict()


def plans(table: Any) -> Iterator[tuple[Any, Any]]:
    """Answer what is kept of each model, and of each stretch of time of one."""
    for name, plan in table.ready.items():
        model = table.models[name]
        if isinstance(plan, Stretches):
            yield from zip([model, *(each.model for each in model.changes)], plan.plans, strict=True)
        else:
            yield model, plan


@given(st.data(), ANY_TABLE)
def test_no_more_is_kept_than_the_rules_have(data: st.DataObject, table: Any) -> None:
    """Whatever callers send, what is kept is made of models, combinations and names of the rules."""
    for _ in range(5):
        at = data.draw(moments(table))
        at_once(table, data.draw(selections(table, at)), at)
    for model, plan in plans(table):
        known = {"model", *model.options, *fields_of(table, model)}
        for way in plan.latest.values() if plan is not None else ():
            assert way._names <= known
            assert len(way.answers) <= way.cells <= len(model.cells)
            assert {value for picked in way.answers for value in picked} <= {
                each for cell in model.cells for each in cell.values
            }
