"""Law: a plan gives the same answer as a full evaluation, whoever asks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from imgrules import Refused, Rules, Status
from imgrules.engine.body import built, words
from imgrules.engine.caller_input import texts_of
from imgrules.engine.decide import decide
from imgrules.engine.plan.asks import asks_of
from imgrules.engine.plan.outcome import REFUSED
from imgrules.engine.plan.plan import Periods, Plan
from imgrules.engine.plan.template import in_json
from imgrules.testing import grants, moments, picks, selections
from tests.engine.closely import closely
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import usual_facts


@st.composite
def neighbours(draw: DrawFn, table: Any, at: str | None) -> list[dict[Any, Any]]:
    """Draw a selection, and some that differ in one option: a key that lacks the option gives them one answer."""
    selection = draw(selections(table, at))
    name = selection.get("model")
    model = table.models.get(name) if type(name) is str else None
    options = [] if model is None else [option for option in (model.at(at) or model).options.values() if not option.follows]
    changed = draw(st.lists(st.sampled_from(options), min_size=1, max_size=3)) if options else []
    return [selection, *({**selection, option.name: draw(picks(option))} for option in changed), draw(selections(table, at))]


def body(table: Any, decision: Any, selection: Any) -> dict[str, Any]:
    """Return the body of an allowed decision, built leaf by leaf."""
    model = table.models[decision.model]
    model = model.at(decision.at) or model.versions[0]
    texts = texts_of(table, model, selection)
    made: dict[str, Any] = built(model, {**usual_facts(table, model), **texts, **words(model, decision.select)})
    return made


@given(st.data(), ANY_TABLE)
def test_what_a_plan_answers_is_what_a_full_evaluation_answers(data: st.DataObject, table: Any) -> None:
    """Decisions, bodies, bytes and refusals are the same, the first time and the second."""
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    language = data.draw(st.sampled_from([None, "de", "zz"]))
    for selection in data.draw(neighbours(table, at)):
        asked = (selection, held, language, at)
        whole = closely(table, *asked, whole=True)
        for _ in range(2):
            decision, expected = decide(table, *asked), closely(table, *asked)
            assert decision.as_dict() == expected.as_dict()
            assert [(name, type(value)) for name, value in decision.select.items()] == [
                (name, type(value)) for name, value in expected.select.items()
            ]
            if whole.status is Status.ALLOWED:
                made = rules.emit(*asked)
                assert made == body(table, whole, asked[0]) == rules.body(decision, asked[0])
                assert rules.emit_json(*asked) == in_json(body(table, whole, asked[0]))
            else:
                with pytest.raises(Refused) as refusal:
                    rules.emit(*asked)
                assert refusal.value.decision.as_dict() == whole.as_dict()


def plans(table: Any) -> Iterator[Plan]:
    """Yield the plans of each model, and of each of its versions."""
    for plan in table.ready.values():
        if isinstance(plan, Periods):
            yield from (part for part in plan.all() if part is not None)
        else:
            yield plan


@given(st.data(), ANY_TABLE)
def test_an_allowed_selection_is_answered_by_a_plan(data: st.DataObject, table: Any) -> None:
    """A plan finds the outcome of every allowed selection, so that a fault in it cannot hide as a slow answer."""
    at = data.draw(moments(table))
    selection = data.draw(selections(table, at))
    expected = closely(table, selection, at=at)
    decide(table, selection, at=at)
    for plan in plans(table):
        if expected.model != plan.model.id or expected.status is Status.IMPOSSIBLE or (plan.dated and at is None):
            continue
        own = {
            **texts_of(table, plan.model, selection),
            **{k: v for k, v in expected.select.items() if k not in expected.filled},
        }
        if plan.model is table.models[plan.model.id] or plan.model == table.models[plan.model.id].at(expected.at):
            key = plan.read(own, expected.at)
            assert key is not None
            assert key[0] is not REFUSED


@given(st.data(), ANY_TABLE)
def test_no_more_is_kept_than_the_rules_ask(data: st.DataObject, table: Any) -> None:
    """Cached keys consist of values in the rules, and of numbers and sizes that rules depend on, whatever callers send."""
    for _ in range(5):
        at = data.draw(moments(table))
        decide(table, data.draw(selections(table, at)), (), None, at)
    for plan in plans(table):
        expected = {value for cell in plan.model.cells for value in cell.values}
        expected |= {value for option in plan.model.options.values() for value in option.values}
        expected |= {row for rows in asks_of(plan.model).rows.values() for row in rows}
        for key in plan.outcomes:
            texts = {value for value in key if type(value) is str}
            sizes = {text for text in texts if text.replace("x", "").isdecimal()}
            assert texts - sizes <= expected
