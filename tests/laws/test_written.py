"""Law: `as_dict` of any decision is JSON that the published schema accepts, whatever the caller sent."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.quoting import shown
from imgrules.testing import grants, moments, selections, values
from tests.engine.closely import closely
from tests.engine.hostile import NOWHERE, SOMEWHERE
from tests.laws.reflection import reflected
from tests.laws.rule_sets import ANY_TABLE

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "decision.schema.json").read_text("utf-8"))
ACCEPTS = jsonschema.Draft202012Validator(SCHEMA)

PLAIN = st.decimals() | st.floats() | st.sampled_from(["\ud800", "\udfff\ud800"]) | values()
HOSTILE = NOWHERE | SOMEWHERE
IN_TUPLE = st.tuples(PLAIN)
ODD = st.sampled_from(sorted(HOSTILE)) | IN_TUPLE
"""The name of a hostile value, of which Hypothesis would print a repr that may raise, or a plain value in a tuple."""

NAMES = st.sampled_from(["", "model", "prompt", "language", "style", "\ud800"]) | st.text(max_size=3)


def made(odd: Any) -> Any:
    """Return the value that `ODD` has drawn."""
    return HOSTILE[odd]() if isinstance(odd, str) else odd[0]


def written(decision: Decision) -> Any:
    """Return a decision after a round trip through JSON in UTF-8, which the schema accepts."""
    document = json.loads(json.dumps(decision.as_dict(), ensure_ascii=False, allow_nan=False).encode("utf-8"))
    ACCEPTS.validate(document)
    return document


@given(st.data(), ANY_TABLE)
def test_a_decision_can_be_written_whatever_was_sent(data: st.DataObject, table: Any) -> None:
    """One or two values of a selection are replaced by unusual ones: not JSON, not finite, or not text."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    selection = data.draw(selections(table, at))
    names = st.sampled_from(sorted(filter(lambda name: isinstance(name, str), selection)) or ["model"])
    drawn = data.draw(st.dictionaries(names | NAMES, ODD, max_size=2))
    selection |= {name: made(odd) for name, odd in drawn.items()}
    written(decide(table, selection, held, None, at))
    written(closely(table, selection, held, None, at, whole=True))


@given(st.data(), ANY_TABLE)
def test_what_is_written_says_the_same(data: st.DataObject, table: Any) -> None:
    """The exact numbers of a decision are the JSON numbers of its document, and its texts are its texts."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    decision = decide(table, data.draw(selections(table, at)), held, None, at)
    document = written(decision)
    assert document["status"] == decision.status
    assert exact(document["credits"]) == decision.credits
    assert {name: exact(value) for name, value in document["select"].items()} == {
        name: list(value) if isinstance(value, tuple) else exact(value) for name, value in decision.select.items()
    }


def by_fields(decision: Decision) -> Any:
    """Return a decision with the caller's values shown as in messages."""
    return reflected(
        replace(
            decision,
            violations=tuple(
                replace(violation, field=shown(violation.field), value=shown(violation.value))
                for violation in decision.violations
            ),
            repairs=tuple(replace(repair, remove=tuple(map(shown, repair.remove))) for repair in decision.repairs),
            notes=tuple(replace(note, given=shown(note.given)) for note in decision.notes),
        )
    )


@given(st.data(), ANY_TABLE)
def test_no_field_is_forgotten(data: st.DataObject, table: Any) -> None:
    """The hand-written `as_dict` has every field of every record, in their order."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    drawn = data.draw(st.dictionaries(NAMES, IN_TUPLE | st.just("number too long to write"), max_size=1))
    selection = data.draw(selections(table, at)) | {name: made(odd) for name, odd in drawn.items()}
    for decision in (decide(table, selection, held, None, at), closely(table, selection, held, None, at, whole=True)):
        document, expected = decision.as_dict(), by_fields(decision)
        assert document == expected
        assert json.dumps(document) == json.dumps(expected)


def exact(value: Any) -> Any:
    """Return a float as the decimal of its text, and anything else unchanged."""
    return Decimal(repr(value)) if isinstance(value, float) else value
