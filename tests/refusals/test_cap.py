"""What costs more than a caller is willing to pay is refused, with the price, and with repairs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from imgrules import Decision, Refused, Rules, Status
from imgrules.compiler.build import build_texts
from imgrules.table.record_base import replace

SHARED = """
language: 1
types:
  image:
    provider: {send: provider}
    model: {send: model}
    fields:
      prompt: {send: prompt}
      max_credits: {send: limits.credits, cap: true, optional: true, aliases: budget}
gates:
  member: {opens_with: [member], label: Members only}
"""
MODEL = """
name: Demo
type: image
provider: demo
model: demo
options:
  quality: {send: quality, values: {low: {credits: 1}, high: {credits: about 8.5}, best: {credits: unknown}, top: {credits: 20, gate: member}}}
  outputs: {send: outputs, number: {min: 1, max: 4}, default: 1}
  tiles: {send: tiles, values: [true, false], default: false}
credits: {plus: [{credits: 4, when: {tiles: true}}], each: outputs}
"""
DATED = """
name: Dated
type: image
provider: demo
model: dated
options: {quality: {send: quality, values: {low: {credits: 8, promotion: {credits: 5, from: "2026-11-01", until: "2027-01-01"}}}}}
"""


def rules_of(shared: str = SHARED) -> Rules:
    """Return the rules of this module."""
    built = build_texts({"_shared": shared, "demo": MODEL, "dated": DATED})
    assert built.table is not None
    assert built.report.errors == ()
    return Rules(built.table)


RULES = rules_of()


def asked(most: Any, **picked: Any) -> Decision:
    """Return the decision on a selection with a cap."""
    return RULES.decide({"model": "demo", **picked, "max_credits": most})


@pytest.mark.parametrize(
    ("most", "picked", "message", "allowed"),
    [
        (0, {"quality": "low"}, "max_credits is `0`, but this selection costs 1 credit", ("at least 1",)),
        (1.5, {"quality": "low", "outputs": 2}, "max_credits is `1.5`, but this selection costs 2 credits", ("at least 2",)),
        (8, {"quality": "high"}, "max_credits is `8`, but this selection costs about 8.5 credits", ("at least 8.5",)),
        (999, {"quality": "best"}, "max_credits is `999`, but the price of this selection is unknown", ()),
        (-1, {"quality": "low"}, "max_credits takes any number, at least 0, but `-1` was given", ()),
        ("5", {"quality": "low"}, "max_credits takes any number, at least 0, but the text `5` was given", ()),
        (None, {"quality": "low"}, "max_credits takes any number, at least 0, but nothing was given", ()),
        (True, {"quality": "low"}, "max_credits takes any number, at least 0, but `True` was given", ()),
    ],
)
def test_a_cap_is_explained(most: Any, picked: dict[str, Any], message: str, allowed: tuple[str, ...]) -> None:
    """The sentence has the cap and the price, and the allowed value is the least cap that is enough."""
    decision = asked(most, **picked)
    assert decision.status is Status.IMPOSSIBLE
    assert [(violation.field, violation.message, violation.allowed) for violation in decision.violations] == [
        ("max_credits", message, allowed)
    ]
    assert decision.violation == decision.violations[0]


def test_a_price_in_money_is_said_with_its_currency() -> None:
    """Where prices are in a currency, the sentence names it; a rule set may translate it."""
    dollars = rules_of(SHARED.replace("language: 1\n", "language: 1\ncurrency: USD\n"))
    question = {"model": "demo", "quality": "high", "max_credits": 8}
    assert dollars.decide(question).reasons == ("max_credits is `8`, but this selection costs about 8.5 USD",)
    assert dollars.decide({"model": "dated", "quality": "low"}, at="2026-12-01").currency == "USD"
    assert dollars.decide(question).currency == dollars.decide({}).currency == "USD"
    german = {
        "de": {"above_cap": "{field} ist {value}, der Preis {price}", "credits": "{price} Punkte", "about": "etwa {price}"}
    }
    translated = Rules(replace(RULES.table, messages=german))
    assert translated.decide(question, language="de").reasons == ("max_credits ist `8`, der Preis etwa 8.5 Punkte",)


def test_a_locked_choice_above_the_cap_is_impossible() -> None:
    """A gate is looked at only for what the caller would pay."""
    assert asked(20, quality="top").status is Status.LOCKED
    assert asked(19.99, quality="top").status is Status.IMPOSSIBLE
    assert RULES.decide({"model": "demo", "quality": "top", "max_credits": 19}, {"member"}).status is Status.IMPOSSIBLE


@pytest.mark.parametrize("most", [8.5, Decimal("8.5"), Decimal("8.500"), 9, 10**14])
def test_an_estimate_is_compared_by_its_number(most: Any) -> None:
    """A cap is compared exactly, whatever class of number it is."""
    assert asked(most, quality="high").status is Status.ALLOWED


def test_a_promotion_counts() -> None:
    """The cap is compared with what is paid at the moment; without one, only what every moment allows is known."""
    question = {"model": "dated", "quality": "low", "max_credits": 5}
    assert RULES.decide(question, at="2026-12-01").credits == 5
    assert (
        RULES.decide(question, at="2027-01-01").violations[0].message
        == "max_credits is `5`, but this selection costs 8 credits"
    )
    assert [violation.field for violation in RULES.decide(question).violations] == ["at"]


@pytest.mark.parametrize(
    ("most", "picked", "repairs"),
    [
        (5, {"quality": "high"}, [({"max_credits": Decimal("8.5")}, ()), ({"quality": "low"}, ())]),
        (0.5, {"quality": "low"}, [({"max_credits": 1}, ())]),
        (5, {"quality": "best"}, [({"quality": "low"}, ())]),
        (0, {"quality": "best"}, [({}, ("max_credits",))]),
        (3, {"quality": "low", "outputs": 4}, [({"max_credits": 4}, ()), ({"outputs": 3}, ()), ({}, ("outputs",))]),
        (3, {"quality": "low", "tiles": True}, [({"max_credits": 5}, ()), ({"tiles": False}, ())]),
        (9, {"quality": "hihg"}, [({"quality": "high"}, ()), ({"quality": "low"}, ())]),
        (5, {"quality": "hihg"}, [({"quality": "high", "max_credits": Decimal("8.5")}, ()), ({"quality": "low"}, ())]),
    ],
)
def test_repairs(most: Any, picked: dict[str, Any], repairs: list[Any]) -> None:
    """The price as cap comes first, then something that costs less; without either, no cap. All can be followed."""
    decision = asked(most, **picked)
    found = [(dict(repair.set), repair.remove) for repair in decision.repairs]
    assert sorted(map(str, found[1:])) == sorted(map(str, repairs[1:]))
    assert found[0] == repairs[0]
    for repair in decision.repairs:
        repaired = repair.apply({"model": "demo", **picked, "max_credits": most})
        assert RULES.decide(repaired, {"member"}).status is Status.ALLOWED


def test_a_cap_is_sent_as_a_number() -> None:
    """It is sent at its path as it is given, and not at all where it is not given."""
    question = {"model": "demo", "quality": "low", "prompt": "p"}
    for most in (1, 1.5, Decimal("2.25")):
        body = RULES.emit({**question, "max_credits": most})
        assert (body["limits"], type(body["limits"]["credits"])) == ({"credits": float(most)}, int if most == 1 else float)
        assert RULES.emit_json({**question, "max_credits": most}) == RULES.emit_json({**question, "budget": most})
        again = RULES.regenerate(body, {"prompt": "q"})
        assert again.selection["max_credits"] == float(most)  # an edit keeps what the caller is willing to pay
    assert "limits" not in RULES.emit(question)
    with pytest.raises(Refused, match="costs 1 credit"):
        RULES.emit({**question, "max_credits": 0})


def test_the_texts_of_an_earlier_decision() -> None:
    """The body of a decision is refused for a cap below its price, also where its outcome is cached."""
    question = {"model": "demo", "quality": "low", "prompt": "p"}
    for rules in (RULES, rules_of(SHARED.replace(", aliases: budget", ""))):
        decision = rules.decide({**question, "max_credits": 1})
        assert rules.body(decision, {**question, "max_credits": 1})["limits"] == {"credits": 1}
        with pytest.raises(Refused, match="costs 1 credit"):
            rules.body(decision, {**question, "max_credits": 0.5})


def test_the_catalog_marks_it() -> None:
    """A front end sees which field is the cap."""
    fields = RULES.catalog(at="2026-12-01")["models"][0]["fields"]
    assert [(field["name"], field.get("cap", False)) for field in fields] == [("prompt", False), ("max_credits", True)]
