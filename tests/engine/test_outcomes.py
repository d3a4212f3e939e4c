"""Cached outcomes are bounded in number, hold no values of a caller, and are used only for their own key."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from imgrules import Refused, Rules, Status
from imgrules.engine.decide import decide, impossible
from imgrules.engine.find import find
from imgrules.engine.plan.outcome import REFUSED, Outcome
from imgrules.engine.plan.plan import Plan
from imgrules.engine.request_caps import KEYS
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Send, Table, Type
from imgrules.table.terms import Absence, Alias, Follows, Length, Limit, Lookup, Numbers, Test, Text
from tests.engine.closely import closely
from tests.engine.rich import values

WIDE = Option("count", "Count", number=Numbers(0), optional=True)
"""A number without bounds."""


def rules_of(*options: Option, **overrides: Any) -> Rules:
    """Return rules of one model with these options, one required text and one optional text."""
    fields = {
        "text": Field("text", required=True, text=Text(1)),
        "note": Field("note", text=Text(0, 20, also=(Length(0, 2, "words"), Length(0, 12, "bytes")))),
    }
    named = {option.name: option for option in options}
    body = tuple(Send((name,), name) for name in (*fields, *named))
    parts = {"body": body, "cells": (Cell((), 5),), **overrides}
    model = Model("m", "M", "t", named, **parts)
    return Rules(Table(1, {"key": Gate("key", ("key", "staff"), "Key")}, {"t": Type("t", fields, {})}, {"m": model}))


def cached_outcomes(rules: Rules) -> list[Outcome]:
    """Return the cached outcomes of the model's plan."""
    plan = rules.table.ready["m"]
    assert isinstance(plan, Plan)
    assert all(outcome is REFUSED or outcome.key == key for key, outcome in plan.outcomes.items())
    return [*plan.outcomes.values()]


def test_numbers_in_keys_are_kept_up_to_a_bound() -> None:
    """If an option is computed from a number that a rule may ignore, every number is a key: only so many are cached."""
    extra = Option("extra", "Extra", number=Numbers(0), default=0, ignored=(Limit((Test("count", any=(None,)),)),))
    rules = rules_of(
        WIDE, extra, Option("sum", "Sum", follows=Follows(("count", "extra"), "total")), price=Formula(each=("sum",))
    )
    for count in range(2100):
        assert rules.decide({"model": "m", "count": count, "extra": 1}).credits == 5 * (count + 1)
    assert 0 < len(cached_outcomes(rules)) <= 1024


DOUBLE = Option("double", "Double", follows=Follows(("count", "count"), "total"))


@pytest.mark.parametrize(
    ("number", "price", "credits_for"),
    [
        (Numbers(0), Formula(each=("count",)), lambda count: 5 * count),
        (Numbers(0), Formula(each=("double",)), lambda count: 10 * count),
        (Numbers(0, 10**9, None), Formula(plus=(Line(2, per="count", beyond=3),)), lambda count: 5 + 2 * max(0, count - 3)),
        (Numbers(0), Formula(each=("count",), rounding="up", step=7), lambda count: -(-5 * count // 7) * 7),
        (
            Numbers(0),
            Formula((Line(2, when=(Test("count", min=100),)),), each=("count",)),
            lambda count: (5 + 5 * (count >= 100)) * count,
        ),
    ],
    ids=["each", "each of a total", "per, decimals", "rounded", "with a factor for many"],
)
def test_numbers_that_only_a_price_counts_are_not_kept(number: Numbers, price: Formula, credits_for: Any) -> None:
    """A price is computed for each number, while all other parts of the outcome are cached once, in each range of a rule."""
    rules = rules_of(replace(WIDE, number=number), DOUBLE, price=price)
    for count in range(300):
        decision = rules.decide({"model": "m", "count": count})
        assert decision.credits == credits_for(count)
        assert (decision.select["count"], decision.select["double"]) == (count, 2 * count)
    assert rules.decide({"model": "m", "count": 8_675_309}).credits == credits_for(8_675_309)
    outcomes = cached_outcomes(rules)
    assert len(outcomes) <= 2
    assert "8675309" not in repr(outcomes)


def test_a_counted_price_has_its_other_parts() -> None:
    """Factors, surcharges, a regular price and an estimate count beside the number, also for a selection with notes."""
    tone = Option("tone", "Tone", values("dark", "light"), optional=True, aliases=(Alias("black", "dark"),))
    dark = (Test("tone", any=("dark",)),)
    price = Formula(
        (Line(lookup=Lookup(("tone",), {"dark": 3})),), (Line(2, when=dark, per="count", estimate=True),), ("count",)
    )
    cells = tuple(Cell((word,), 4, regular=5, promoted=True) for word in (None, "dark", "light"))
    rules = rules_of(WIDE, tone, price=price, cells=cells)
    for count in (100, 2, 3):
        for word in (None, "light", "dark", "black"):
            now, usual = (12 + 2 * count, 15 + 2 * count) if word in {"dark", "black"} else (4, 5)
            decision = rules.decide({"model": "m", "count": count, "tone": word} if word else {"model": "m", "count": count})
            assert (decision.credits, decision.regular) == (now * count, usual * count)
            assert decision.estimate is decision.regular_estimate is (word in {"dark", "black"})
            assert len(decision.notes) == (word == "black")


def test_a_cap_and_a_gate_meet_the_price_of_each_number() -> None:
    """A cap is compared with the price of the picked number, also for a body, and a locked decision has that price."""
    fields = {"text": Field("text", required=True, text=Text(1)), "most": Field("most", cap=True)}
    lock = GateRule((Test("count", min=3),), ("key",))
    rules = rules_of(WIDE, price=Formula(each=("count",)), fields=fields, gates=(lock,))
    picked = [{"model": "m", "count": count, "most": 19} for count in (4, 3, 2, 4)]
    impossible_, locked, allowed, _ = decisions = [rules.decide(one) for one in picked]
    assert [one.status.value for one in decisions] == ["impossible", "locked", "allowed", "impossible"]
    assert impossible_.repairs[0].set == {"most": 20}
    assert [(one.credits, one.select["count"]) for one in (locked, allowed)] == [(15, 3), (10, 2)]
    assert rules.body(allowed, {"text": "a", "most": 10}) == {"text": "a", "count": 2}
    with pytest.raises(Refused):
        rules.body(allowed, {"text": "a", "most": 9})


@pytest.mark.parametrize(
    "asks",
    [
        {"limits": (Limit(only=(Test("count", max=10_000),)),)},
        {"limits": (Limit((Test("count", min=100),), never=(Test("count", any=(None,)),)),)},
        {},
    ],
    ids=["most", "when", "nothing"],
)
def test_numbers_that_a_rule_only_compares_are_not_kept(asks: dict[str, Any]) -> None:
    """A rule that only compares a number with a bound needs one outcome for each side of the bound."""
    rules = rules_of(WIDE, **asks)
    for count in range(300):
        assert rules.emit({"model": "m", "count": count, "text": f"number {count}"})["count"] == count
    assert len(cached_outcomes(rules)) <= 2


def test_nothing_of_whoever_asked_first_is_kept() -> None:
    """Seeds, texts and lists of a caller are sent, but not stored in the cached outcome."""
    names = Option("names", "Names", many=Numbers(0, 4), text=Text(1), optional=True)
    label = Option("label", "Label", values("none"), text=Text(1), optional=True)
    rules = rules_of(WIDE, names, label)
    selection = {"model": "m", "count": 8_675_309, "names": ["Jenny"], "label": "Tutone", "text": "mine", "note": "own"}
    assert rules.emit(selection) == {name: value for name, value in selection.items() if name != "model"}
    [outcome] = cached_outcomes(rules)
    assert set(outcome.select.items()) == {("model", "m"), ("count", None), ("names", None), ("label", None)}
    assert outcome.key == (True, True, True, True) or not {*selection.values()} & {*outcome.key}
    assert outcome.sold is None


def test_a_value_that_was_not_accepted_is_not_kept() -> None:
    """Near misses, aliases and unknown values cause no cached outcomes of their own."""
    tone = Option("tone", "Tone", values("16:9", "1:1"), snap="nearest", aliases=(Alias("square", "1:1"),))
    rules = rules_of(tone, cells=(Cell(("16:9",)), Cell(("1:1",))))
    for number in range(200):
        decide(rules.table, {"model": "m", "tone": f"{number}:7"})
        decide(rules.table, {"model": "m", "tone": f"none {number}"})
        decide(rules.table, {"model": "m", "tone": "square"})
    assert {outcome.select["tone"] for outcome in cached_outcomes(rules)} <= {"16:9", "1:1"}
    assert len(cached_outcomes(rules)) <= 2


@pytest.mark.parametrize("first", [{}, {"text": "a"}, {"text": "a", "note": "b"}, {"note": "b"}], ids=str)
@pytest.mark.parametrize("texts", [{"text": "c"}, {"text": "c", "note": "d"}], ids=str)
def test_a_body_of_other_texts_answers_no_other_question(first: dict[str, str], texts: dict[str, str]) -> None:
    """Given texts are part of the key: an outcome is not used for a selection with other fields."""
    # The sum of what a price counts follows from the key, and is computed for the other sum alone.
    sums = [Option(name, name, follows=Follows(of, "total")) for name, of in (("two", ("count",)), ("all", ("two", "extra")))]
    body = tuple(Send((name,), name) for name in ("text", "note", "count"))
    options = replace(WIDE, optional=False, default=1), replace(WIDE, name="extra"), *sums
    rules = rules_of(*options, body=body, price=Formula(each=("count",)))
    decision = rules.decide({"model": "m", **first})
    assert rules.body(decision, texts) == {**texts, "count": 1}
    for lacking in ({}, {"note": "b"}):
        with pytest.raises(Refused):
            rules.emit({"model": "m", **lacking})
    assert rules.emit({"model": "m", "text": "e"}) == {"text": "e", "count": 1}
    assert rules.decide({"model": "m", **texts}).filled == ("count", "two", "all")


@pytest.mark.parametrize(("note", "is_sound"), [("a b", True), ("a b c", False), ("abcdefghijkl", True), ("äöüäöüä", False)])
def test_every_rule_of_a_text_holds(note: str, is_sound: bool) -> None:  # noqa: FBT001  it is the expectation
    """All rules of a text hold, in characters, words and bytes, also for a body of an earlier decision."""
    rules = rules_of()
    assert rules.emit({"model": "m", "text": "a", "note": "b"}) == {"text": "a", "note": "b"}
    assert (rules.decide({"model": "m", "note": note}).status is Status.ALLOWED) is is_sound
    decision = rules.decide({"model": "m"})
    if is_sound:
        assert rules.body(decision, {"text": "a", "note": note})["note"] == note
    else:
        with pytest.raises(Refused):
            rules.body(decision, {"text": "a", "note": note})


def test_a_body_finds_its_texts_by_other_names() -> None:
    """An optional text that is given by an alias is sent."""
    rules = rules_of(aliases=(Alias("remark", "note"),))
    assert rules.body(rules.decide({"model": "m"}), {"text": "a", "remark": "b"}) == {"text": "a", "note": "b"}


@pytest.mark.parametrize("at", [None, "2026-11-27"])
def test_a_model_that_is_gone_is_refused(at: str | None) -> None:
    """A retired model is refused with or without a moment, although it still has combinations."""
    table = rules_of(gone=Absence("2026-01-01T00:00:00Z", retired=True)).table
    decision = decide(table, {"model": "m", "text": "a"}, (), None, at)
    assert decision.status is Status.IMPOSSIBLE
    assert decision.as_dict() == closely(table, {"model": "m", "text": "a"}, at=at).as_dict()
    with pytest.raises(Refused):
        Rules(table).emit({"model": "m", "text": "a"}, (), None, at)


def test_what_is_known_to_be_impossible_fails_every_quick_way() -> None:
    """The shared refused outcome has attributes that make every fast path refuse it too."""
    rules = rules_of()
    selection = {"model": "m", "text": "a", "other": 1}
    assert find(rules.table, selection, None)[0] is REFUSED
    assert (REFUSED.lacking, REFUSED.noted, REFUSED.free, REFUSED.sold) == (True, True, False, None)
    for complete in (False, True):
        assert rules.decide(selection, complete=complete).status is Status.IMPOSSIBLE
    assert rules.request(selection).body is None
    for emit in (rules.emit, rules.emit_json):
        with pytest.raises(Refused):
            emit(selection)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (0.1, "allowed"),
        (0.3, "allowed"),
        (0.1 + 0.2, "impossible"),
        (0.09999999999999999, "impossible"),
        (1e-320, "impossible"),
    ],
)
def test_floats_are_held_against_bounds_as_they_are_written(value: float, status: str) -> None:
    """A float is compared as the decimal that it is written as, not by its binary value."""
    rules = rules_of(Option("x", "X", number=Numbers(Decimal("0.1"), Decimal("0.3"), None)))
    selection = {"model": "m", "x": value}
    assert rules.decide(selection).status == status == closely(rules.table, selection).status


def test_a_selection_that_changed_meanwhile_is_refused_with_a_reason() -> None:
    """If a full evaluation finds no fault any more, the violation says that the selection changed while it was read."""
    decision = impossible(rules_of().table, ({"model": "m"}, (), None, None, None))
    assert [(violation.code, violation.field, violation.message) for violation in decision.violations] == [
        ("wrong_type", "selection", "the selection changed while it was read")
    ]
    assert decision.repairs == ()


def test_what_is_shared_by_all_has_no_notes_of_others() -> None:
    """Only a request with an alias gets its note, although the outcome is shared with other requests."""
    tone = Option("tone", "Tone", values("dark", "light"), aliases=(Alias("black", "dark"),))
    rules = rules_of(tone, cells=(Cell(("dark",)), Cell(("light",))))
    dark, black = {"model": "m", "tone": "dark"}, {"model": "m", "tone": "black"}
    assert rules.decide(dark) is rules.decide(dark)
    for ask in (rules.decide, partial(decide, rules.table)):
        for selection in (dark, black, dark, black):
            decision = ask(selection)
            assert [note.code for note in decision.notes] == ["alias"] * (selection is black)
            assert decision.select == {"model": "m", "tone": "dark"}
    decision = rules.decide(black)
    black.clear()
    assert [note.code for note in decision.notes] == ["alias"]


def test_a_body_is_written_out_when_it_is_asked_for_again() -> None:
    """The first body of an outcome is built leaf by leaf, the later ones by a generated function."""
    rules, selection = rules_of(WIDE), {"model": "m", "text": "a", "count": 5}
    rules.emit(selection)
    [outcome] = cached_outcomes(rules)
    assert outcome.made is None
    rules.emit(selection)
    assert outcome.made is not None
    assert rules.emit(selection | {"count": 6}) == outcome.made.fill((outcome, 6, "a", None)) == {"text": "a", "count": 6}


@pytest.mark.parametrize("form", [None, "list"])
def test_every_body_has_lists_of_its_own(form: str | None) -> None:
    """Every body has new lists, also with the form `list` or from generated code, and the decision keeps its own."""
    kind = Option("kind", "Kind", values("a", "b"), optional=True, loose=True)
    names = Option("names", "Names", many=Numbers(0, 4), text=Text(1), optional=True)
    rules = rules_of(kind, names, body=(Send(("kind",), "kind", form=form), Send(("names",), "names")))
    selection = {"model": "m", "text": "x", "kind": "a", "names": ["a"]}
    for _ in range(4):
        decision = rules.decide(selection)
        for emitted in (rules.emit(selection), rules.body(decision, selection)):
            assert emitted == {"kind": "a" if form is None else ["a"], "names": ["a"]}
            emitted["kind"] = form is None or emitted["kind"].clear()
            emitted["names"].append("z")
        assert (decision.select["names"], selection["names"]) == (["a"], ["a"])


def test_bytes_keep_their_characters() -> None:
    """Constants and texts in any script are sent unchanged as UTF-8, the first time and later."""
    rules = rules_of(body=(Send(("text",), "text"), Send(("fox",), constant="Füchse 🦊")))
    for _ in range(3):
        assert rules.emit_json({"model": "m", "text": "雪"}) == '{"text":"雪","fox":"Füchse 🦊"}'.encode()


def test_another_name_of_a_model_is_noted() -> None:
    """A request with an alias of a model has a note, also for rules without dates."""
    rules = Rules(replace(rules_of().table, aliases=(Alias("n", "m"),)))
    for name in ("m", "n", "m"):
        assert [note.code for note in rules.decide({"model": name}).notes] == ["alias"] * (name == "n")


def test_a_refusal_keeps_the_lists_that_it_refused() -> None:
    """Changing a refused list later does not change the violations."""
    rules = rules_of(Option("names", "Names", many=Numbers(0, 2), text=Text(1), optional=True))
    names = ["a", "b", "c"]
    decision = rules.decide({"model": "m", "names": names})
    names.clear()
    assert [(violation.code, violation.value) for violation in decision.violations] == [("out_of_range", ["a", "b", "c"])]


@pytest.mark.parametrize("part", ["a", 0], ids=["names", "arrays"])
def test_bodies_of_any_depth_are_made(part: str | int) -> None:
    """A body may be nested deeper than Python's parser allows for generated code."""
    rules = rules_of(body=(Send(("text",), "text"), Send(("deep", *[part] * 250), "text")))
    for _ in range(3):
        leaf: Any = rules.emit({"model": "m", "text": "x"})["deep"]
        for _ in range(250):
            leaf = leaf[part]
        assert leaf == "x"


FIRST, LATER = "2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z"
DATED: dict[str, dict[str, Any]] = {
    "price": {"cells": (Cell((), 6),)},
    "promotion": {"cells": (Cell((), 5, (), 9, promoted=True),)},
    "gate": {"cells": (Cell((), 5, ("key",)),)},
    "body": {"body": (Send(("text",), "text"), Send(("v",), constant=2))},
    "nothing is sold": {"cells": ()},
    "effect": {"options": {"count": replace(WIDE, ignored=(Limit((Test("count", min=0),)),))}},
    "default": {"options": {"count": replace(WIDE, optional=False, default=1)}},
}
"""The parts of a model that may change with time."""


@pytest.mark.parametrize("change", DATED)
@pytest.mark.parametrize("grants", [(), ("key",), {"key": 1}.keys()], ids=["nobody", "holder", "keys"])
@pytest.mark.parametrize("picked", [{}, {"count": 1}, {"note": "a"}], ids=str)
@pytest.mark.parametrize("price", [None, Formula(each=("count",))], ids=["one price", "counted"])
def test_without_a_moment_only_what_no_date_could_change_is_answered(
    change: str, grants: Any, picked: dict[str, Any], price: Formula | None
) -> None:
    """A moment is required if the versions differ for this caller; a gate that the caller can open makes no difference."""
    table = rules_of(WIDE, body=(Send(("text",), "text"), Send(("note",), "note")), price=price).table
    model = table.models["m"]
    for versions in ((model, replace(model, **DATED[change])), (replace(model, **DATED[change]), model)):
        dated = replace(versions[0], changes=(Change(FIRST, versions[1]), Change(LATER, versions[0])))
        rules = Rules(replace(table, models={"m": dated}, aliases=(Alias("n", "m"),)))
        for name in ("m", "n"):
            selection = {"model": name, "text": "a", **picked}
            for _ in range(2):
                decision, answer = rules.decide(selection, grants), closely(rules.table, selection, grants)
                assert decision.as_dict() == answer.as_dict()
                assert [note.code for note in decision.notes] == [note.code for note in answer.notes]
            for at in (None, FIRST, LATER):
                dated_decision = rules.decide(selection, grants, None, at)
                assert dated_decision.as_dict() == closely(rules.table, selection, grants, at=at).as_dict()
                assert ("alias" in [note.code for note in dated_decision.notes]) is (name == "n")
        if change == "gate":
            assert rules.decide({"model": "m"}, grants).status is (Status.IMPOSSIBLE if grants == () else Status.ALLOWED)


def test_a_gate_is_told_once() -> None:
    """A gate that a combination and a rule share is listed once."""
    rule = GateRule((Test("count", min=1),), ("key",))
    rules = rules_of(WIDE, cells=(Cell((), 5, ("key",)),), gates=(rule,))
    selection = {"model": "m", "count": 1, "text": "a"}
    decision, request = rules.decide(selection), rules.request(selection)
    assert decision.status is request.decision.status is Status.LOCKED
    assert [gate.name for gate in decision.gates] == ["key"]
    assert (request.body, rules.request(selection, ("key",)).body) == (None, {"text": "a", "count": 1})


class Liar(dict[str, Any]):
    """A dict whose `get` returns something that it does not hold."""

    def get(self, *_: Any) -> Any:
        """Return a value that the dict does not hold."""
        return "b"


def test_a_body_of_a_mapping_of_another_class_is_read_as_others_are() -> None:
    """The items of a dict subclass count, whatever its `get` returns."""
    rules = rules_of()
    assert rules.body(rules.decide({"model": "m"}), Liar(text="a")) == rules.emit(Liar(model="m", text="a")) == {"text": "a"}


def test_a_body_without_a_moment_keeps_the_rules_of_every_stretch() -> None:
    """A decision without a moment still checks the texts of a body by the rules of every version."""
    table = rules_of().table
    model = table.models["m"]
    longer = replace(model, fields={**table.types["t"].fields, "note": Field("note", text=Text(5))})
    for before, after in ((model, longer), (longer, model)):
        dated = replace(before, changes=(Change(FIRST, after),))
        rules = Rules(replace(table, models={"m": dated}))
        decision = rules.decide({"model": "m"})
        assert (decision.status, decision.at) == (Status.ALLOWED, None)
        assert rules.body(decision, {"text": "a"}) == {"text": "a"}
        assert rules.body(decision, {"text": "a", "note": "abcdef"}) == {"text": "a", "note": "abcdef"}
        with pytest.raises(Refused):
            rules.body(decision, {"text": "a", "note": "b"})


def test_a_refusal_of_what_is_sold_tells_its_gates_and_no_repair() -> None:
    """If only a text is missing, the refusal lists the gates that the caller cannot open, and no repairs."""
    rules = rules_of(cells=(Cell((), 5, ("key",)),))
    for grants, gates in ((("staff",), []), ((), ["key"])):
        with pytest.raises(Refused) as refusal:
            rules.emit({"model": "m"}, grants)
        decision = refusal.value.decision
        assert [violation.field for violation in decision.violations] == ["text"]
        assert ([gate.name for gate in decision.gates], decision.repairs) == (gates, ())
    for selection, at in (({"model": "m", "text": "a"}, 5), ({"model": "m", "text": "a", 5: 5}, None)):
        for decision in (rules.decide(selection, (), None, at), closely(rules.table, selection, at=at)):
            assert (decision.status, decision.gates) == (Status.IMPOSSIBLE, ())


def test_a_refusal_says_what_was_understood_and_the_same_violation_first() -> None:
    """`select` of a refusal leaves out wrong values, and everything if a moment is missing; too many fields are not read."""
    rules = rules_of(WIDE)
    assert rules.decide({"model": "m", "count": -1, "text": 5}).select == {"model": "m"}
    many = rules.decide({"model": "m", "count": -1, **{f"f{at}": at for at in range(KEYS)}})
    assert many.violations == (many.violation,)
    model = rules.table.models["m"]
    dated = replace(model, changes=(Change(FIRST, replace(model, **DATED["price"])),))
    assert Rules(replace(rules.table, models={"m": dated})).decide({"model": "m", "count": 1}).select == {"model": "m"}
