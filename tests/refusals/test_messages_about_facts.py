"""What is wrong with a fact is said to the service that states it, in each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imgrules import Rules
from tests.engine.test_cases import rules_of

CASES = Path(__file__).parents[1] / "cases" / "facts.yaml"
LOW: dict[str, Any] = {"model": "daily", "quality": "low"}
SPACE = "any whole number, at least 0"
MESSAGES: dict[str, tuple[dict[str, Any], Any, str]] = {
    "missing_fact": (
        LOW,
        None,
        f"daily needs the fact used_today, which the service states and callers do not pick: {SPACE}",
    ),
    "fact_field": (
        {**LOW, "group": None},
        {"used_today": 0},
        "group is refused: it is a fact, which the service states and callers do not pick",
    ),
    "unknown_fact": (LOW, {"used_today": 0, "grup": "vip"}, "there is no fact `grup`; did you mean `group`?"),
    "facts_mapping": (LOW, [("used_today", 0)], "facts are a mapping of names to values, but a list of length 1 was given"),
    "wrong_fact": (
        LOW,
        {"used_today": 0, "group": "VIP"},
        "the fact group, which the service states, takes `standard` or `vip`, but the text `VIP` was given",
    ),
    "fact_conflict": (
        LOW,
        {"used_today": 0, "prompt_tokens": 481},
        "the fact prompt_tokens `481`, which the service states, rules this out: the prompt is too long",
    ),
}


@pytest.mark.parametrize(("name", "case"), MESSAGES.items(), ids=MESSAGES)
def test_every_sentence_about_a_fact_is_said(name: str, case: tuple[dict[str, Any], Any, str]) -> None:
    """Each sentence is complete, and only that about a picked fact is one that the caller can mend."""
    selection, facts, message = case
    decision = rules_of(CASES).decide(selection, facts=facts)
    assert message in [violation.message for violation in decision.violations]
    assert all(violation.fact is (name != "fact_field") for violation in decision.violations)
    assert all(not violation.allowed for violation in decision.violations)
    assert bool(decision.repairs) is (name == "fact_field")


@pytest.mark.parametrize("held", ["standard", "vip", None])
def test_a_pick_in_the_name_of_a_fact_changes_no_other_advice(held: object) -> None:
    """What would be possible instead of another pick follows the stated fact, and not the pick in its name."""
    facts = {"used_today": 0, "group": "standard"}
    decision = rules_of(CASES).decide({"model": "daily", "quality": "x", "group": held}, facts=facts)
    allowed = {violation.field: violation.allowed for violation in decision.violations}
    assert allowed == {"group": (), "quality": ("low",)}


def test_rules_without_facts_say_so() -> None:
    """A fact that is stated where no model has any is refused with a sentence that says this."""
    rules = rules_of(CASES.with_name("combinations.yaml"))
    (violation,) = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}, facts={"hour": 3}).violations
    assert (violation.message, violation.fact) == ("there is no fact `hour`; the rules have no facts", True)


@pytest.mark.parametrize(
    ("fact", "value", "takes"),
    [
        ("used_today", 2.5, SPACE),
        ("used_today", True, SPACE),
        ("used_today", None, SPACE),
        ("used_today", "3", SPACE),
        ("region", "x" * 21, "0 to 20 characters"),
        ("region", 3, "0 to 20 characters"),
        ("idle", 10, "a whole number from 0 to 9"),
        ("idle", None, "a whole number from 0 to 9"),
    ],
)
def test_a_value_off_its_space_names_the_space(fact: str, value: Any, takes: str) -> None:
    """A value that a fact does not take is refused with what it takes, whatever its class."""
    facts = {"used_today": 0, fact: value}
    rules: Rules = rules_of(CASES)
    found = [violation for violation in rules.decide(LOW, facts=facts).violations if violation.field == fact]
    assert [violation.fact for violation in found] == [True]
    assert takes in found[0].message
