"""Law: every no has its reasons, and every value they offer is possible."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status, ViolationCode
from imgrules.engine.decide import decide
from imgrules.testing import grants, selections
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_a_no_has_reasons_and_a_yes_has_none(data: st.DataObject, table: Any) -> None:
    """Impossible has violations, locked has gates, allowed has neither; each reason names what it is about."""
    selection = data.draw(selections(table))
    decision = decide(table, selection, data.draw(grants(table)))
    assert bool(decision.violations) == (decision.status is Status.IMPOSSIBLE)
    assert bool(decision.gates) == (decision.status is Status.LOCKED)
    assert bool(decision.reasons) == (decision.status is not Status.ALLOWED)
    assert all(each.field in {"model", *selection, *_missing(table, decision)} and each.message for each in decision.violations)


def _missing(table: Any, decision: Any) -> tuple[str, ...]:
    """Answer the names that a selection lacks, and the names of keys that are no text."""
    options = tuple(table.models[decision.model].options) if decision.model else ()
    return (*options, *(each.field for each in decision.violations if "is named by text" in each.message))


@given(st.data(), ANY_TABLE)
def test_what_is_offered_instead_is_possible(data: st.DataObject, table: Any) -> None:
    """Taking an allowed value ends the violation of its field; a quarrel of values ends too where one change can end it."""
    selection = data.draw(selections(table))
    before = decide(table, selection)
    model = table.models.get(before.model)
    quarrel = any(each.code is ViolationCode.NOT_TOGETHER for each in before.violations)
    others = [(each.code, each.field) for each in before.violations]
    for violation in before.violations if model else ():
        if violation.field not in model.options:
            continue
        assert violation.allowed
        asked = {name: selection.get(name, option.default) for name, option in model.options.items() if name != violation.field}
        rest = {name: value for name, value in asked.items() if type(value) is str and value in model.options[name].values}
        for value in violation.allowed:
            after = {(each.code, each.field) for each in decide(table, {**selection, violation.field: value}).violations}
            assert not quarrel or possible(model, rest) == possible(model, {**rest, violation.field: value})
            assert quarrel or after == {each for each in others if each[1] != violation.field}


def possible(model: Any, picked: dict[str, str]) -> bool:
    """Answer whether some combination that is sold has these values."""
    cells = [dict(zip(model.options, cell.values, strict=True)) for cell in model.cells]
    return any(picked.items() <= cell.items() for cell in cells)


@given(st.data(), ANY_TABLE)
def test_a_suggestion_is_known(data: st.DataObject, table: Any) -> None:
    """What was probably meant exists: a model, a name, or a value that is possible."""
    decision = decide(table, data.draw(selections(table)))
    names = {name for each in table.models.values() for name in (*each.options, *table.types[each.type].fields)}
    for each in decision.violations:
        if each.suggestion is not None:
            assert each.suggestion in (each.allowed if each.code is not ViolationCode.UNKNOWN_FIELD else names)
