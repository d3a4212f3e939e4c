"""Law: no decimal context of the caller changes an answer, and no decimal trap is triggered."""

from __future__ import annotations

import json
from decimal import (
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_UP,
    Clamped,
    Context,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    localcontext,
)
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules, digest
from imgrules.compiler.build import build_texts
from imgrules.compiler.read.scalars import plain_value
from imgrules.table.codec import dumps, loads
from imgrules.testing import compiled, grants, moments, rule_documents, selections, written
from tests.laws.rule_sets import ANY_DOCUMENTS

SIGNALS = [
    Clamped,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
]
ROUNDINGS = [ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_UP]
CONTEXTS = st.builds(
    Context,
    st.integers(1, 4),
    st.sampled_from(ROUNDINGS),
    st.integers(-4, 0),
    st.integers(0, 4),
    st.just(0),
    st.sampled_from([0, 1]),
    st.just([]),
    st.sampled_from([[], SIGNALS]) | st.lists(st.sampled_from(SIGNALS), unique=True),
)


def answers(documents: Any, selection: Any, held: frozenset[str], at: str) -> list[Any]:
    """Return all answers about a rule set and a selection, as texts and plain values."""
    plain_value.cache_clear()  # caches of one context must not answer in another
    built = build_texts(written(documents))
    assert built.table is not None
    rules = Rules(loads(dumps(built.table)))
    decision = rules.decide(selection, held, at=at)
    try:
        body: object = rules.emit_json(selection, held, at=at)
    except Refused as error:
        body = str(error)
    partial = {"model": selection.get("model")}
    whole = [built.report, digest(built.table), decision.credits, decision.regular, repr(dict(decision.select)), body]
    views = [rules.catalog(held, at=at), rules.calendar(held, at=at), rules.choices(partial, held, at=at), decision.as_dict()]
    mended = [rules.decide(repair.apply(selection), held, at=at).credits for repair in decision.repairs]
    return [repr(answer) for answer in whole] + [json.dumps(view) for view in views] + [repr(mended)]


@given(st.data(), st.one_of(ANY_DOCUMENTS, rule_documents(shape="formula"), rule_documents(shape="number")), CONTEXTS)
def test_no_context_matters(data: st.DataObject, documents: Any, context: Context) -> None:
    """Build, load, decide, emit, catalog, calendar, choices and repairs are the same in any context."""
    rules = Rules(compiled(documents))
    at = data.draw(moments(rules.table))
    selection = {name: value for name, value in data.draw(selections(rules.table, at)).items() if type(name) is str}
    held = data.draw(grants(rules.table))
    expected = answers(documents, selection, held, at)
    with localcontext(context):
        answer = answers(documents, selection, held, at)
    assert answer == expected


@pytest.mark.parametrize("signal", SIGNALS)
def test_no_trap_is_met(signal: Any) -> None:
    """No signal is raised by a build or an answer when it is trapped."""
    text = """
name: M
type: image
provider: p
model: m
options:
  n: {send: n, number: {min: 1.25, max: 40, step: 0.3}, default: 2.45, snap: nearest}
  mode: {of: n, values: {few: {max: 4}, many: {min: 4.01}}}
credits:
  base: 1234.567
  times: [{factor: 1.333, when: {mode: few}}]
  plus: [{credits: 0.0123, per: n}]
  each: n
  round: {nearest: 0.07}
"""
    shared = "language: 1\ntypes:\n  image:\n    provider: {send: p}\n    model: {send: m}\n"
    plain_value.cache_clear()
    with localcontext(Context(2, traps=[signal])):
        built = build_texts({"_shared": shared, "m": text})
        assert not built.report.errors, built.report.errors
        assert built.table is not None
        decisions = [
            Rules(loads(dumps(built.table))).decide({"model": "m", "n": number}) for number in (1.25, 3, 7, 39.9, "x", 1e300)
        ]
        documents = [json.dumps(decision.as_dict()) for decision in decisions]
    assert [str(decision.credits) for decision in decisions[:3]] == ["2057.09", "5019.42", "8580.81"]
    assert all("repairs" in document for document in documents)
