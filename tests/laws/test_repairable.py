"""
Law: a repair works, changes as few picks as possible, makes nothing up, and does not repeat another one.

A repaired selection with sound texts can be emitted by a caller who holds the grants that it needs, once no text is
missing. A wrong text stays, and its violation is the only one left. The first repair changes the
fewest picks. No text, and no entry of a list of texts, is in it that the caller did not give.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.table.measures import exact, within
from imgrules.table.moments import moment
from imgrules.table.options import Option
from imgrules.table.records import CAP, Model, Table, fields_of
from imgrules.table.terms import Text
from imgrules.testing import grants, moments, values
from tests.laws.repairs import asked, fewest, small_models
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import sound

TABLES = st.integers(0, 3).flatmap(lambda at: small_models() if at else ANY_TABLE)


def everything(table: Table) -> frozenset[str]:
    """Return every grant that opens some gate."""
    return frozenset(grant for gate in table.gates.values() for grant in gate.opens_with)


def exact_from_0(value: Any) -> bool:
    """Return whether a value is a number from 0 on that a cap may be."""
    number = exact(value)
    return number is not None and within(number, CAP)


def model_of(table: Table, decision: Decision, at: str) -> Model | None:
    """Return the model of a decision, in its version at a moment."""
    return None if decision.model is None else table.models[decision.model].at(moment(at))


def is_of_a_text(table: Table, model: Model, violation: Any) -> bool:
    """Whether a violation is about a wrong text, which only the caller can change."""
    option = model.options.get(violation.field)
    field = fields_of(table, model).get(violation.field)
    if field is not None and field.cap:
        # A cap that is no number from 0 on stays as the caller gave it; one that is too low is repaired.
        return not isinstance(violation.value, int | float | Decimal) or not exact_from_0(violation.value)
    return field is not None or (option is not None and option.text is not None)


@given(st.data(), TABLES)
def test_every_repair_can_be_followed(data: st.DataObject, table: Any) -> None:
    """After any repair, only faults of texts are left; without those, and with all texts, it is emitted."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    anything = data.draw(st.sampled_from([True, *[False] * 7]))
    selection = data.draw(values()) if anything else asked(data.draw, table, at)
    decision = decide(table, selection, held, None, at)
    assert decision.status is Status.IMPOSSIBLE or not decision.repairs
    follow = [decide(table, repair.apply(selection), held, None, at) for repair in decision.repairs]
    picks = [repr((after.model, sorted(after.select.items()))) for after in follow if not after.violations]
    assert len(picks) == len(set(picks)), "two repairs come to the same selection"
    for repair in decision.repairs:
        repaired = repair.apply(selection)
        after = decide(table, repaired, held, None, at)
        model = model_of(table, after, at)
        assert model is not None
        assert all(is_of_a_text(table, model, violation) for violation in after.violations)
        if not after.violations:
            # Missing texts are still to be written.
            whole = {name: sound(field.text) for name, field in fields_of(table, model).items() if not field.cap} | repaired
            assert Rules(table).emit(whole, everything(table), at=at)


@given(st.data(), TABLES)
def test_the_first_repair_changes_the_fewest_picks(data: st.DataObject, table: Any) -> None:
    """An exhaustive search finds no smaller change, and whatever it finds has a repair."""
    at = data.draw(moments(table))
    selection = asked(data.draw, table, at)
    decision = decide(table, selection, (), None, at)
    model = model_of(table, decision, at)
    if model is None or decision.status is not Status.IMPOSSIBLE or not model.cells:
        return
    texts = fields_of(table, model)
    # Names that are not options are removed by every repair.
    picked = {name: value for name, value in selection.items() if name == "model" or name in model.options or name in texts}
    named = {note.field for note in decision.notes} | {alias.name for alias in model.aliases}
    if any(is_of_a_text(table, model, violation) for violation in decision.violations) or not named.isdisjoint(
        {*selection, *model.options}
    ):
        return
    computed = {name for name, option in model.options.items() if option.follows is not None}
    least = fewest(table, model, {name: value for name, value in picked.items() if name not in computed}, at)
    if least is None:
        return
    assert decision.repairs or least == 0
    for repair in decision.repairs:
        changed = ({*repair.set} | {*repair.remove}) & ({*model.options} - computed)
        assert len(changed) <= least


@given(st.data(), TABLES)
def test_nothing_is_made_up_and_no_text_is_touched(data: st.DataObject, table: Any) -> None:
    """Each text and list entry of a repair is from the rules or the caller; a text that is too long stays."""
    at = data.draw(moments(table))
    selection = asked(data.draw, table, at)
    decision = decide(table, selection, (), None, at)
    texts_ = {value for value in selection.values() if type(value) is str}
    texts_ |= {
        entry for entries in selection.values() if type(entries) in {list, tuple} for entry in entries if type(entry) is str
    }
    before = model_of(table, decision, at)
    too_long = {
        violation.field for violation in decision.violations if violation.code == "text_length" and type(violation.value) is str
    }
    for repair in decision.repairs:
        if before is None or "model" in repair.set:
            continue
        for name in too_long & {*repair.set, *repair.remove}:
            # A text that a limit excludes beside the rest of the repair has to go at any length.
            whole = {**repair.apply(selection), name: sound(before.options[name].text or Text())}
            assert name in {violation.field for violation in decide(table, whole, (), None, at).violations}
        model = model_of(table, decide(table, repair.apply(selection), (), None, at), at)
        assert model is not None
        for name, value in repair.set.items():
            option = model.options.get(name)
            if option is not None and (option.text is not None or option.many is not None):
                entries = value if type(value) is list else [value]
                assert {entry for entry in entries if entry not in option.values} <= texts_


@given(st.data(), TABLES)
def test_a_number_and_a_ratio_go_to_the_nearest_bound(data: st.DataObject, table: Any) -> None:
    """A value out of range becomes the nearest bound, if the other picks allow it."""
    at = data.draw(moments(table))
    selection = {name: question for name, question in asked(data.draw, table, at).items() if type(name) is str}
    model = model_of(table, decide(table, selection, (), None, at), at)
    bounded = (
        [] if model is None else [option for option in model.options.values() if bounds(option) and option.follows is None]
    )
    if not bounded:
        return
    option = data.draw(st.sampled_from(bounded))
    value = data.draw(st.sampled_from(OUTSIDE[option.number is None]))
    far_out = {**selection, option.name: value}
    decision = decide(table, far_out, (), None, at)
    if [violation.code.value for violation in decision.violations] != ["out_of_range"]:
        return
    for bound in bounds(option):
        if decide(table, {**far_out, option.name: bound}, (), None, at).status is not Status.IMPOSSIBLE:
            assert distance(decision.repairs[0].set[option.name], value) <= distance(bound, value)


OUTSIDE: dict[bool, list[Any]] = {False: [-1000, 0.1, 3, 1000], True: ["99:1", "1:99", "10:3", "3:10"]}


def bounds(option: Option) -> list[Any]:
    """Return the bounds of a number or of a ratio."""
    rule = option.number or option.ratio
    return [] if rule is None or option.many else [bound for bound in (rule.min, rule.max) if bound is not None]


def distance(left: Any, other: Any) -> Fraction:
    """Return the distance of two numbers, or of two ratios; a size, which may be listed beside a ratio, has one too."""
    if type(left) is not str:
        return abs(Fraction(left) - Fraction(other))
    (width, height), (wide, high) = (map(int, re.split("[:x]", shape)) for shape in (left, other))
    quotient = Fraction(width * high, height * wide)
    return max(quotient, 1 / quotient)
