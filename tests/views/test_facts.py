"""A catalog at the stated facts: which offers are left, what it says of the facts, and when another one has to be made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imgrules import Rules
from imgrules.views.cached_catalogs import catalogs
from tests.engine.test_cases import rules_of

CASES = Path(__file__).parents[1] / "cases" / "facts.yaml"
NONE: dict[str, Any] = {"used_today": 0, "waiting": 0}


def daily(facts: dict[str, Any]) -> Any:
    """Return the catalog of the model with an allowance."""
    return rules_of(CASES).catalog(facts=facts)["models"][0]


def test_facts_are_no_options() -> None:
    """A fact is listed apart from the options, with its space and its label, and no offer names one."""
    model = daily(NONE)
    assert [option["name"] for option in model["options"]] == ["quality", "allowance"]
    assert [fact["name"] for fact in model["facts"]] == ["used_today", "group", "running", "region", "prompt_tokens"]
    fact = model["facts"][0]
    assert (fact["label"], fact["number"], fact["default"]) == (
        "Images made today",
        {"min": 0, "max": None, "step": 1},
        None,
    )
    assert fact["given"] == {"value": 0, "exact": False, "min": None, "max": 2}
    assert [offer["select"].keys() for offer in model["offers"]] == [{"quality", "allowance"}]


@pytest.mark.parametrize(
    ("facts", "offers"),
    [
        ({"used_today": 2}, [("low", "free", 0)]),
        ({"used_today": 3}, [("low", "used_up", 8)]),
        ({"used_today": 2, "group": "vip"}, [("low", "free", 0), ("high", "free", 0)]),
        ({"used_today": {"daily": 9}, "group": "vip"}, [("low", "used_up", 8), ("high", "used_up", 8)]),
    ],
)
def test_offers_are_those_at_the_stated_facts(facts: dict[str, Any], offers: list[tuple[str, str, int]]) -> None:
    """A combination that the facts rule out is not offered, and prices are those with them."""
    found = daily({**NONE, **facts})["offers"]
    assert [(offer["select"]["quality"], offer["select"]["allowance"], offer["credits"]) for offer in found] == offers


def test_the_digest_changes_exactly_where_the_rules_tell_numbers_apart() -> None:
    """Numbers of one region share a catalog, which is cached once; the edges of the regions are those of the rules."""
    rules = rules_of(CASES)
    digests = [rules.catalog(facts={"used_today": number, "waiting": 0})["digest"] for number in range(8)]
    assert digests[:3] == digests[:1] * 3
    assert digests[3:] == digests[3:4] * 5
    assert digests[0] != digests[3]
    fresh = Rules(rules.table.__reduce__()[0](*rules.table.__reduce__()[1]))
    for number in range(200):
        fresh.catalog_json(facts={"used_today": number, "waiting": number})
    assert len(catalogs(fresh.table).cached) == 3  # 0 to 2, 3 to 5, and more


def test_a_model_that_no_fact_changes_is_the_same_for_everyone() -> None:
    """A model without facts lists none, and needs none."""
    plain = rules_of(CASES).catalog(facts=NONE)["models"][1]
    assert (plain["id"], plain["facts"]) == ("plain", [])


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (None, "daily hangs on the fact used_today"),
        ({"used_today": 3}, "queue hangs on the fact waiting"),
        ({"used_today": {"queue": 3}, "waiting": 0}, "daily hangs on the fact used_today"),
        ({**NONE, "used_today": -1}, "takes a whole number from 0"),
        ({**NONE, "idle": 10}, "takes a whole number from 0 to 9"),
        ({**NONE, "hour": 3}, "there is no fact `hour`"),
        (3, "facts are a mapping of names to values"),
    ],
)
def test_a_catalog_needs_the_facts_that_matter(facts: Any, message: str) -> None:
    """Without a fact that a rule reads, or with one that cannot be used, a catalog raises and says which."""
    rules = rules_of(CASES)
    for ask in (rules.catalog, rules.catalog_json):
        with pytest.raises(ValueError, match=message):
            ask(facts=facts)


def test_choices_are_those_at_the_stated_facts() -> None:
    """The rest of a selection is listed at the stated facts, and a fact is never to be picked."""
    rules = rules_of(CASES)
    (row,) = rules.choices({"model": "daily"}, facts={"used_today": 3})
    assert (row["name"], [(value["name"], value["credits"]) for value in row["values"]]) == ("quality", [("low", 8)])
    (row,) = rules.choices({"model": "daily"}, facts={"used_today": 3, "group": "vip"})
    assert [(value["name"], value["credits"]) for value in row["values"]] == [("low", 4), ("high", 4)]
    with pytest.raises(ValueError, match="used_today"):
        rules.choices({"model": "daily"})
    with pytest.raises(ValueError, match="there is no fact"):
        rules.choices({"model": "daily"}, facts={"used_today": 3, "hour": 3})
    assert rules.choices({"model": "queue", "speed": "slow"}) == []


def test_an_earlier_creation_carries_no_fact() -> None:
    """A selection that is read back from a body has no fact, though one was sent."""
    rules = rules_of(CASES)
    selection = {"model": "daily", "quality": "high", "prompt": "A fox"}
    facts = {"used_today": 3, "group": "vip", "region": "eu"}
    sent = json.loads(rules.emit_json(selection, facts=facts))
    again = rules.regenerate(sent, {}, facts={"used_today": 0})
    assert again.selection == selection
    assert [violation.code.value for violation in again.decision.violations] == ["not_together"]
    assert rules.regenerate(rules.decide(selection, facts=facts), {}).selection == {"model": "daily", "quality": "high"}
