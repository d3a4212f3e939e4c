"""Law: every refusal has its reasons, and every allowed value in them is possible."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.engine.decide import decide
from imgrules.table.records import fields_of
from imgrules.testing import grants, moments, selections
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_a_no_has_reasons_and_a_yes_has_none(data: st.DataObject, table: Any) -> None:
    """Impossible has violations, locked has gates, allowed has neither; each reason names its field."""
    at = data.draw(moments(table))
    selection = data.draw(selections(table, at))
    asked = (selection, data.draw(grants(table)), None, data.draw(st.sampled_from([at, at, None])))
    first, decision = decide(table, *asked).violation, decide(table, *asked)
    assert first == decision.violation == (decision.violations or (None,))[0]
    assert bool(decision.violations) == (decision.status is Status.IMPOSSIBLE)
    assert bool(decision.gates) == (decision.status is Status.LOCKED)
    assert bool(decision.reasons) == (decision.status is not Status.ALLOWED)
    fields = {"model", "at", *selection, *_missing(table, decision)}
    assert all(violation.field in fields and violation.message for violation in decision.violations)


def _missing(table: Any, decision: Any) -> tuple[str, ...]:
    """Return the names that a selection lacks or has as an alias, and the names of keys that are not text."""
    options = tuple(table.models[decision.model].options) if decision.model else ()
    return (*options, *(violation.field for violation in decision.violations if "the field name " in violation.message))


@given(st.data(), ANY_TABLE)
def test_what_is_offered_instead_is_possible(data: st.DataObject, table: Any) -> None:
    """Picking an allowed value ends the violation of its option, unless the other picks are impossible."""
    at = data.draw(moments(table))
    selection = data.draw(selections(table, at))
    before = decide(table, selection, (), None, at)
    if before.model is None:
        return
    model: Any = table.models[before.model].at(before.at)
    for violation in before.violations:
        option = model.options.get(violation.field)
        if option is None or not option.listed or not violation.allowed or violation.code == "not_together":
            continue
        # Under an alias, the old value would stay beside the new one.
        asked = {name: value for name, value in selection.items() if name not in {alias.name for alias in model.aliases}}
        after = {value: decide(table, {**asked, option.name: option.picked(value)}, (), None, at) for value in option.values}
        for value in violation.allowed:
            assert (violation.code, violation.field) not in {(other.code, other.field) for other in after[value].violations}
            # A value that adds a conflict is offered only if there is one with every value: then the other picks are impossible.
            assert conflicts(after[value]) <= conflicts(before) or all(map(conflicts, after.values()))


def conflicts(decision: Any) -> set[str]:
    """Return the fields that conflict."""
    return {violation.field for violation in decision.violations if violation.code == "not_together"}


@given(st.data(), ANY_TABLE)
def test_values_that_complete_a_selection_are_offered(data: st.DataObject, table: Any) -> None:
    """If only one option is missing, its allowed values are exactly those that make the selection possible."""
    at = data.draw(moments(table))
    selection = {name: value for name, value in data.draw(selections(table, at)).items() if type(name) is str}
    before = decide(table, selection, (), None, at)
    if [violation.code for violation in before.violations] != ["missing_field"] or before.model is None:
        return
    violation = before.violations[0]
    option = table.models[before.model].at(before.at).options.get(violation.field)
    if option is None or not option.listed:
        return
    works = [
        value
        for value in option.values
        if decide(table, {**selection, option.name: option.picked(value)}, (), None, at).status is not Status.IMPOSSIBLE
    ]
    # A value that requires another option is offered too: the other option is missing then, not in conflict.
    assert set(works) <= set(violation.allowed)
    for value in set(violation.allowed) - set(works):
        asked = decide(table, {**selection, option.name: option.picked(value)}, (), None, at).violations
        # A value may cost more than the caller's cap, which is said once the rest is picked.
        is_above = {(violation.code, violation.field) for violation in asked} == {("out_of_range", "most")}
        assert works == [] or is_above or {violation.code for violation in asked} == {"missing_field"}


@given(st.data(), ANY_TABLE)
def test_a_suggestion_is_known(data: st.DataObject, table: Any) -> None:
    """A suggestion exists: a model, a name, or a value that is possible or replaces a retired one."""
    at = data.draw(moments(table))
    decision = decide(table, data.draw(selections(table, at)), (), None, at)
    names = {name for model in table.models.values() for name in (*model.options, *fields_of(table, model))}
    gone = {
        use for model in table.models.values() for now in versions(model) for absence in absences(now) for use in absence.use
    }
    for violation in decision.violations:
        if violation.suggestion is not None:
            assert violation.suggestion in {*(violation.allowed if violation.code != "unknown_field" else names), *gone}


def versions(model: Any) -> list[Any]:
    """Return the versions of a model, in order of time."""
    return [model, *(change.model for change in model.changes)]


def absences(model: Any) -> list[Any]:
    """Return the reasons why the model, and values of it, are not available."""
    whole = [model.gone] if model.gone else []
    return [*whole, *(absence for option in model.options.values() for absence in option.gone.values())]
