"""Law: the compiled table decides and emits like a naive interpreter of the files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Decision, Refused, Rules
from imgrules.table.records import Model
from imgrules.testing import compiled, grants, moments, selections
from tests.laws.reference import Answer, answer
from tests.laws.rule_sets import ANY_DOCUMENTS


@given(st.data(), ANY_DOCUMENTS)
def test_the_table_means_what_the_files_say(data: st.DataObject, documents: Any) -> None:
    """Status, prices, gates, faults, notes, body and request equal those of the reference, at every moment and without one."""
    rules = Rules(compiled(documents))
    at = data.draw(moments(rules.table))
    selection = {name: value for name, value in data.draw(selections(rules.table, at)).items() if type(name) is str}
    held = data.draw(grants(rules.table))
    moment = data.draw(st.sampled_from([at, at, at, None]))
    decision = rules.decide(selection, held, at=moment)
    expected = answer(documents, selection, set(held), moment)
    if asks_for_a_moment(decision) and expected.faults != {("missing_field", "at")}:
        # The reference lists no allowed values, which may change with time although the faults do not.
        assert len({str(rules.decide(selection, held, at=moment).violations) for moment in moments_of(rules, decision)}) > 1
        return
    assert (decision.status, decision.credits, decision.regular) == (expected.status, expected.credits, expected.regular)
    assert (decision.estimate, decision.regular_estimate) == expected.estimates
    assert decision.currency == documents["_shared"].get("currency", "credits")
    assert [gate.name for gate in decision.gates] == expected.gates
    assert {(note.code.value, note.field) for note in decision.notes} == expected.notes
    model = rules.table.models.get(decision.model or "")
    loose = model is not None and any(option.loose for now in versions(model) for option in now.options.values())
    now = None if model is None else model.at(moment) or model
    _same_faults(decision, expected, exactly=not loose, sold=now is None or bool(now.cells))
    try:
        body = rules.emit(selection, held, at=moment)
    except Refused:
        body = None
    assert exact(body) == expected.body
    assert rules.request_line(decision) == expected.request


def asks_for_a_moment(decision: Decision) -> bool:
    """Whether a decision is refused only because the moment is missing."""
    return [(violation.code, violation.field) for violation in decision.violations] == [("missing_field", "at")]


def moments_of(rules: Rules, decision: Decision) -> list[str]:
    """Return a moment in each version of the model that was understood."""
    return ["0001-01-01", *(change.at for change in rules.table.models[decision.model or ""].changes)]


def versions(model: Model) -> list[Model]:
    """Return the versions of a model, in order of time."""
    return [model, *(change.model for change in model.changes)]


def _same_faults(decision: Decision, expected: Answer, *, exactly: bool, sold: bool) -> None:
    """
    Compare faults; if an option is in no combination, the engine may report fewer than the reference.

    If nothing is sold at all, it reports other options than that one.
    """
    faults = {(violation.code.value, violation.field) for violation in decision.violations}
    conflicts = {fault for fault in faults if fault[0] == "not_together"}
    wanted = {fault for fault in expected.faults if fault[0] == "not_together"}
    assert faults - conflicts == expected.faults - wanted
    fewer = conflicts < wanted if sold else bool(conflicts) is bool(wanted)
    assert conflicts == wanted or (not exactly and fewer and (conflicts or faults))


def exact(value: Any) -> Any:
    """Return a body with its floats as the decimals of their texts."""
    if isinstance(value, dict):
        return {name: exact(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [exact(entry) for entry in value]
    return Decimal(repr(value)) if isinstance(value, float) else value
