"""Law: a moment is required only if the answer depends on it, and is never guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Decision, Refused, Rules, Status
from imgrules.table.moments import NoMoment
from imgrules.testing import grants, moments, selections
from imgrules.views.catalog.catalog import offers
from tests.laws.reflection import reflected
from tests.laws.rule_sets import ANY_TABLE

BEFORE = "0001-01-01"


@given(st.data(), ANY_TABLE)
def test_a_moment_is_asked_for_where_it_counts(data: st.DataObject, table: Any) -> None:
    """Without a moment, a decision and a body are those of every moment, or a moment is required."""
    rules, held = Rules(table), data.draw(grants(table))
    selection = data.draw(selections(table, data.draw(moments(table))))
    undated = rules.decide(selection, held)
    changes = table.models[undated.model].changes if undated.model else ()
    # Without a moment, an alias that expires is still known.
    if not changes or any(note.code == "alias" for note in undated.notes):
        return
    dated = [rules.decide(selection, held, at=at) for at in (BEFORE, *(change.at for change in changes))]
    bodies = [body(rules, selection, held, at) for at in (BEFORE, *(change.at for change in changes))]
    if all(comparable(decision) == comparable(dated[0]) for decision in dated) and all(
        dated_body == bodies[0] for dated_body in bodies
    ):
        assert comparable(undated) == comparable(dated[0])
        assert body(rules, selection, held, None) == bodies[0]
        assert undated.at is None
    else:
        # Keys that are not text are reported before the model is evaluated.
        asked = {(violation.code, violation.field) for violation in undated.violations}
        assert ("missing_field", "at") in asked
        assert asked <= {("missing_field", "at"), *(("wrong_type", str(violation.field)) for violation in dated[0].violations)}
    for repair in undated.repairs:
        assert rules.decide(repair.apply(selection), held).status is not Status.IMPOSSIBLE


def comparable(decision: Decision) -> Any:
    """Return a decision without its moment, and without repairs, of which there may be fewer without a moment."""
    document = {**decision.as_dict(), "at": None, "repairs": []}
    return [document, [violation.allowed for violation in decision.violations]]


def body(rules: Rules, selection: Any, held: Any, at: str | None) -> Any:
    """Return the body of a selection, or None if it is refused."""
    try:
        return rules.emit(selection, held, at=at)
    except Refused:
        return None


@given(st.data(), ANY_TABLE)
def test_a_catalog_asks_for_a_moment_where_it_counts(data: st.DataObject, table: Any) -> None:
    """Without a moment, the catalog is that of every moment, or a moment is required."""
    rules, held = Rules(table), data.draw(grants(table))
    change_moments = {change.at for model in table.models.values() for change in model.changes}
    change_moments |= {
        end for model in table.models.values() for badge in badges(model) for end in (badge.since, badge.until) if end
    }
    # Each is made without a cache, which would hide a moment that its periods lack.
    dated = [reflected(offers(replace(table), held, None, moment))["models"] for moment in (BEFORE, *sorted(change_moments))]
    assert dated == [rules.catalog(held, at=moment)["models"] for moment in (BEFORE, *sorted(change_moments))]
    try:
        undated = rules.catalog(held)
    except NoMoment:
        assert any(decision != dated[0] for decision in dated)
    else:
        assert all(decision == undated["models"] for decision in dated)
        assert undated["until"] is None


def badges(model: Any) -> list[Any]:
    """Return every badge of a model and of its values, at any time."""
    values = [value for version in model.versions for option in version.options.values() for value in option.values.values()]
    return [badge for holder in [*model.versions, *values] for badge in holder.badges]
