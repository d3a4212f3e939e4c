"""A catalog at the stated facts: which offers are left, what it says of the facts, and when another one has to be made."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from imgrules import Rules
from imgrules.cli.catalog import given_words
from imgrules.compiler.build import build_texts
from imgrules.errors import NoFact
from imgrules.views.catalog.cached_catalogs import catalogs
from imgrules.views.catalog.catalog import offers
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
    assert fact["given"] == {"value": 0, "exact": False, "min": None, "max": 2, "above": None, "below": None}
    assert [offer["select"].keys() for offer in model["offers"]] == [{"quality", "allowance"}]


def test_facts_and_their_values_are_described() -> None:
    """The catalog says what a fact and a value of it are, in the language of the caller."""
    used, group, *others = rules_of(CASES).catalog(language="de", facts=NONE)["models"][0]["facts"]
    assert (used["description"], group.get("description"), {fact.get("description") for fact in others}) == (
        "since midnight",
        None,
        {None},
    )
    assert [value.get("description") for value in group["values"]] == [None, "ein Stammgast"]


@pytest.mark.parametrize(
    ("facts", "offers"),
    [
        ({"used_today": 2}, [("low", "free", 0)]),
        ({"used_today": 3}, [("low", "used_up", 8)]),
        ({"used_today": 2, "group": "vip"}, [("low", "free", 0), ("high", "free", 0)]),
        ({"used_today": {"daily": 9}, "group": "vip"}, [("low", "used_up", 4), ("high", "used_up", 4)]),
    ],
)
def test_offers_are_those_at_the_stated_facts(facts: dict[str, Any], offers: list[tuple[str, str, int]]) -> None:
    """A combination that the facts rule out is not offered, and prices are those with them."""
    found = daily({**NONE, **facts})["offers"]
    assert [(offer["select"]["quality"], offer["select"]["allowance"], offer["credits"]) for offer in found] == offers


QUOTA = """
rules:
  _shared: |
    language: 1
    types: {image: {fields: {prompt: {send: prompt, text: {min: 1}}}}}
    facts: {used_today: {number: {min: 0}}, plan: {values: [free, paid], default: free}}
    gates: {member: {opens_with: [member], label: Members only}}
  quota: |
    name: Quota
    type: image
    options:
      quality: {send: quality, values: {low: {credits: 1}, high: {credits: 2}}}
      steps: {send: steps, values: [auto], number: {min: 1, max: 8}, default: 4}
RULES
"""


def quota(path: Path, rules: str, **facts: Any) -> Any:
    """Return the catalog of a model with these lines of rules, at these facts."""
    path.write_text(QUOTA.replace("RULES", f"    {rules}"))
    return rules_of(path).catalog(facts=facts)["models"][0]


@pytest.mark.parametrize(
    ("rules", "used", "statuses", "left"),
    [
        ("gates: [{when: {used_today: {min: 10}}, gate: member}]", 9, ["allowed", "allowed"], []),
        ("gates: [{when: {used_today: {min: 10}}, gate: member}]", 10, ["locked", "locked"], []),
        ("gates: [{when: {plan: free, used_today: {min: 10}, quality: high}, gate: member}]", 10, ["allowed", "locked"], []),
        ("gates: [{when: {used_today: {min: 10}, steps: {min: 5}}, gate: member}]", 10, ["allowed", "allowed"], ["steps"]),
        ("gates: [{when: {used_today: {min: 10}, steps: {min: 5}}, gate: member}]", 9, ["allowed", "allowed"], []),
    ],
)
def test_a_gate_that_facts_decide_is_at_the_offers(
    tmp_path: Path, rules: str, used: int, statuses: list[str], left: list[str]
) -> None:
    """A gate that cannot close at these facts is not listed; one that always does locks the offers, the values and the model."""
    model = quota(tmp_path / "quota.yaml", rules, used_today=used)
    assert [offer["status"] for offer in model["offers"]] == statuses
    assert [value["status"] for value in model["options"][0]["values"]] == statuses
    assert model["status"] == min(statuses)
    assert [test["name"] for gate in model["gates"] for test in gate["when"]] == left


@pytest.mark.parametrize(
    ("rules", "used", "offered", "left"),
    [
        ("limits: [{when: {plan: free}, only: {used_today: {max: 9}}, because: used up}]", 9, ["low", "high"], 0),
        ("limits: [{when: {plan: free}, only: {used_today: {max: 9}}, because: used up}]", 10, [], 1),
        ("limits: [{when: {used_today: {min: 10}}, never: {quality: high}, because: used up}]", 9, ["low", "high"], 0),
        ("limits: [{when: {used_today: {min: 10}}, never: {quality: high}, because: used up}]", 10, ["low"], 1),
        ("limits: [{when: {steps: {min: 5}}, only: {used_today: {max: 9}}, because: used up}]", 10, ["low", "high"], 1),
    ],
)
def test_a_limit_that_facts_decide_is_at_the_offers(
    tmp_path: Path, rules: str, used: int, offered: list[str], left: int
) -> None:
    """A limit that these facts keep is not listed; one that they break says why, and what it forbids is not offered."""
    model = quota(tmp_path / "quota.yaml", rules, used_today=used)
    assert [offer["select"]["quality"] for offer in model["offers"]] == offered
    assert [value["name"] for value in model["options"][0]["values"]] == offered
    assert {value["status"] for value in model["options"][1]["values"]} == {model["status"]}
    assert (model["status"], len(model["limits"])) == ("allowed" if offered else "impossible", left)


def test_a_price_is_that_at_the_stated_facts(tmp_path: Path) -> None:
    """A surcharge is listed where the facts let it count, and a price about nothing else to pick is that of the offers."""
    rules = "credits: {plus: [{credits: 3, when: {used_today: {min: 10}}}]}"
    for used, credits_ in ((9, [1, 2]), (10, [4, 5])):
        model = quota(tmp_path / "quota.yaml", rules, used_today=used)
        assert model["price"] is None
        assert [value["credits"] for value in model["options"][0]["values"]] == credits_
    rules = "credits: {plus: [{credits: 3, per: steps, when: {used_today: {min: 10}}}]}"
    assert quota(tmp_path / "steps.yaml", rules, used_today=9)["price"] is None
    line = quota(tmp_path / "steps.yaml", rules, used_today=10)["price"]["plus"][0]
    assert (line["when"], line["per"]) == ([], "steps")


def test_the_digest_changes_exactly_where_the_rules_tell_numbers_apart() -> None:
    """Numbers of one region share a catalog, which is cached once; the edges of the regions are those of the rules."""
    rules = rules_of(CASES)
    digests = [rules.catalog(facts={"used_today": number, "waiting": 0})["digest"] for number in range(8)]
    assert digests[:3] == digests[:1] * 3
    assert digests[3:] == digests[3:4] * 5
    assert digests[0] != digests[3]
    fresh = Rules(rules.table.__reduce__()[0](*rules.table.__reduce__()[1]))
    for number in (*range(200), 8_675_309):
        fresh.catalog_json(facts={"used_today": number, "waiting": number})
    assert len(catalogs(fresh.table).cached) == 3  # 0 to 2, 3 to 5, and more
    assert "8675309" not in repr([model.memory for model in fresh.table.models.values()])


def test_a_model_that_no_fact_changes_is_the_same_for_everyone() -> None:
    """A model without facts lists none, and needs none."""
    plain = rules_of(CASES).catalog(facts=NONE)["models"][1]
    assert (plain["id"], "facts" in plain) == ("plain", False)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (None, "daily depends on the fact `used_today`"),
        ({"used_today": 3}, "queue depends on the fact `waiting`"),
        ({"used_today": {"queue": 3}, "waiting": 0}, "daily depends on the fact `used_today`"),
        ({**NONE, "used_today": -1}, "takes any whole number, at least 0"),
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


@pytest.mark.parametrize("home", ["shared", "own"])
def test_the_text_true_is_no_fact_of_a_switch(home: str) -> None:
    """A switch that is a fact takes true and false only, whether the model reads it or another one does."""
    fact = "facts: {member: {values: [true, false], default: false}}\n"
    shared = "language: 1\ntypes: {image: {model: {send: model}}}\n" + (fact if home == "shared" else "")
    reads = "credits: {base: 1, plus: [{credits: 2, when: {member: true}}]}\n" + (fact if home == "own" else "")
    files = {"_shared": shared, "reads": f"model: a\n{reads}", "other": "model: b\ncredits: 1\n"}
    table = build_texts(files).table
    assert table is not None
    rules = Rules(table)
    for model in ("reads", "other")[: 2 if home == "shared" else 1]:
        for member, status in (("true", "impossible"), (True, "allowed")):
            decision = rules.decide({"model": model}, facts={"member": member})
            assert (decision.status, bool(decision.violations)) == (status, status == "impossible")
    with pytest.raises(NoFact, match="takes true or false, but the text `true` was given"):
        rules.catalog(facts={"member": "true"})
    assert rules.catalog(facts={"member": True})["models"]


BY_REGION = """\
model: a
facts: {region: {values: [eu, us]}}
gate: members
request: {by: region, table: {eu: POST /eu, us: POST /us}}
"""


def test_a_fact_chooses_the_address() -> None:
    """An address by a fact is that of the stated one, also of a locked or a copied decision; without it, it is asked for."""
    shared = "language: 1\ntypes: {image: {model: {send: model}}}\ngates: {members: {opens_with: [member], label: Members}}\n"
    table = build_texts({"_shared": shared, "m": BY_REGION}).table
    assert table is not None
    rules, facts = Rules(table), {"region": "eu"}
    allowed, locked = rules.decide({"model": "m"}, {"member"}, facts=facts), rules.decide({"model": "m"}, facts=facts)
    assert rules.request_line(allowed) == rules.request_line(allowed, facts) == "POST /eu"
    assert (locked.status, rules.request_line(locked, facts)) == ("locked", "POST /eu")
    assert rules.request_line(copy(allowed), facts) == "POST /eu"
    missing = rules.decide({"model": "m"}, {"member"})
    assert (missing.status, [violation.field for violation in missing.violations]) == ("impossible", ["region"])
    assert rules.request_line(missing) is None
    with pytest.raises(NoFact, match="depends on the fact `region`"):
        rules.catalog()
    model = rules.catalog(facts=facts)["models"][0]
    assert (model["request"], "requests" in model) == ("POST /eu", False)


FOLDED = """\
model: m
facts: {used: {number: {min: 0}}, plan: {values: [free, paid]}}
options:
  size: {send: size, size: {edge: {min: 16, max: 64, step: 16}}, values: [best]}
  copies: {send: copies, number: {min: 1, max: 4}, default: {by: plan, table: {free: 1, paid: 2}}}
  allowance: {of: used, values: {left: {max: 2}, gone: {min: 3}}}
  tone: {of: {by: [allowance, plan], table: {left: warm, gone: {free: cold, paid: dry}}}}
  work: {of: [used, copies], measure: total}
  extra: {send: extra, values: [a, b], optional: true, when: {plan: paid}, because: for the paid plan}
limits: [{only: {work: {max: 9}}, because: too much}]
credits:
  base: {by: [size, plan], table: {64x64: {free: 1, paid: 2}, best: 9, (other): {free: about 3, paid: 4}}}
  times: [{factor: {by: [tone], table: {dry: 3}}}]
  plus: [{credits: 0.5, per: used, beyond: 2}]
  each: [copies, used]
"""


def test_a_catalog_names_options_alone() -> None:
    """Computed options, tables and counted numbers are those at the facts; a sum with a pick, and why an option is missing, stay."""
    table = build_texts({"_shared": "language: 1\ntypes: {image: {model: {send: model}}}\n", "m": FOLDED}).table
    assert table is not None
    model = Rules(table).catalog(facts={"used": 4, "plan": "free"})["models"][0]
    options = {option["name"]: option for option in model["options"]}
    assert (options["copies"]["default"], options["copies"]["defaults"]) == (1, None)
    for name, value in (("allowance", "gone"), ("tone", "cold")):
        assert (options[name]["follows"]["of"], options[name]["default"]) == ([], value)
        assert [word["name"] for word in options[name]["values"]] in ([value], [])
    assert options["work"]["follows"]["of"] == ["used", "copies"]
    assert [test["name"] for test in options["extra"]["when"]] == ["plan"]
    price = model["price"]
    assert price["base"] == {"by": ["size"], "table": {"64x64": 1, "best": 9, "(other)": "about 3"}}
    lines = [[(line["amount"], line["per"], line["lookup"]) for line in price[key]] for key in ("times", "plus")]
    assert lines == [[(4, None, None)], [(4, None, None)]]  # each of four; half a credit for two of them, four times
    assert price["each"] == ["copies"]
    assert "dry" in str(Rules(table).catalog(facts={"used": 4, "plan": "paid"})["models"][0]["options"])


MADE = """\
model: m
facts: {{used: {{number: {{min: 1, max: 99}}}}}}
options:
  copies: {{send: copies, number: {{min: 1, max: 9}}}}
  work: {{of: [used, copies], measure: {measure}}}
limits: [{{only: {{work: {{max: 24}}}}, because: too much}}]
"""


@pytest.mark.parametrize(("measure", "made"), [("total", int.__add__), ("pixels", int.__mul__), ("longest", max)])
def test_a_front_end_computes_what_is_made_of_a_fact_and_a_pick(measure: str, made: Callable[[int, int], int]) -> None:
    """The fact is given exactly, so that the limit of a catalog says of each pick what is decided of it."""
    table = build_texts(
        {"_shared": "language: 1\ntypes: {image: {model: {send: model}}}\n", "m": MADE.format(measure=measure)}
    ).table
    assert table is not None
    rules = Rules(table)
    for used in (1, 5, 20, 23):
        model = rules.catalog(facts={"used": used})["models"][0]
        (fact,), (limit,), work = model["facts"], model["limits"], model["options"][-1]
        assert (fact["given"]["exact"], work["follows"]["of"]) == (True, ["used", "copies"])
        for copies in range(1, 10):
            shown = made(fact["given"]["value"], copies) <= limit["only"][0]["max"]
            status = rules.decide({"model": "m", "copies": copies}, facts={"used": used}).status
            assert shown is (status == "allowed"), (used, copies)


SHOWN = """\
model: m
facts: {used: {number: {min: 0}}, notes: {list: {max: 9}}, shot: {size: {edge: {min: 1, max: 99}}}, left: {number: {min: 0}}}
options:
  quality: {send: quality, values: [low, high]}
  level: {of: used}
  twice: {of: level, send: twice}
  count: {of: notes}
  area: {of: shot, measure: pixels}
  rest: {of: left, values: {some: {min: 1}, none: {max: 0}}}
limits: [{when: {level: {min: 9}}, never: {quality: low}, because: x}]
"""


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("used", 4, False), ("notes", ["a", "b"], False), ("shot", "30x20", False), ("left", 4, True)],
)
def test_a_catalog_with_a_computed_number_is_that_of_the_number(name: str, value: Any, *, kept: bool) -> None:
    """An option without named values shows the number that is computed; named values stay the same within their range."""
    tables = [build_texts({"_shared": "language: 1\ntypes: {image: {model: {send: model}}}\n", "m": SHOWN}).table for _ in "ab"]
    rules, fresh = [Rules(table) for table in tables if table is not None]
    facts = {"used": 3, "notes": ["a"], "shot": "20x20", "left": 3}
    before = rules.catalog(facts=facts)
    after = rules.catalog(facts={**facts, name: value})
    assert after == fresh.catalog(facts={**facts, name: value})
    assert (after["digest"] == before["digest"]) is kept


@pytest.mark.parametrize("facts", [None, {}])
def test_a_catalog_with_the_number_of_a_default_is_cached(facts: dict[str, Any] | None) -> None:
    """A counted number that the rules state themselves is one number, so the catalog is made once; a stated one is not cached."""
    model = "model: m\nfacts: {used: {number: {min: 0}, default: 3}}\noptions: {quality: {values: [a, b]}, level: {of: used}}\n"
    shared = "language: 1\ntypes: {image: {model: {send: model}, options: {quality: {send: quality}}}}\n"
    table = build_texts({"_shared": shared, "m": model}).table
    assert table is not None
    rules = Rules(table)
    assert rules.catalog_json(facts=facts) is rules.catalog_json(facts=facts)
    assert rules.catalog_json(facts={"used": 3}) is rules.catalog_json(facts=facts)
    assert rules.catalog_json(facts={"used": 4}) is not rules.catalog_json(facts={"used": 4})


BETWEEN = """\
model: m
facts:
  load: {number: {min: 0, max: 2, step: any}}
  hours: {number: {step: 0.5}}
  odd: {number: {min: 1, step: 2}}
  notes: {list: {max: 5}}
  free: {number: {min: 0}}
options: {quality: {send: quality, values: [low, high]}}
limits:
  - {when: {load: {max: 0.1}}, never: {quality: low}, because: x}
  - {when: {load: {min: 0.5, max: 1}}, never: {quality: high}, because: x}
  - {when: {hours: {min: 0.7, max: 1.2}}, never: {quality: high}, because: x}
  - {when: {odd: {min: 4, max: 8}}, never: {quality: high}, because: x}
  - {when: {notes: {min: 2, max: 2}}, never: {quality: high}, because: x}
body: {free: {of: free}}
"""


@pytest.mark.parametrize(
    ("facts", "bounds", "words"),
    [
        ({"load": 0.1}, {"max": 0.1}, "0 to 0.1"),
        ({"load": 0.4}, {"above": 0.1, "below": 0.5}, "above 0.1 and below 0.5"),
        ({"load": 1}, {"min": 0.5, "max": 1}, "0.5 to 1"),
        ({"load": 2}, {"above": 1}, "above 1 and at most 2"),
        ({"hours": 0.5}, {"max": 0.5}, "at most 0.5"),
        ({"hours": 1.0}, {"min": 1, "max": 1}, "1"),
        ({"hours": 9.5}, {"min": 1.5}, "at least 1.5"),
        ({"odd": 5}, {"min": 5, "max": 7}, "5 to 7"),
        ({"notes": ["a"]}, {"max": 1}, "length 0 to 1"),
        ({"notes": ["a", "b"]}, {"min": 2, "max": 2}, "length 2"),
        ({"notes": ["a", "b", "c"]}, {"min": 3}, "length 3 to 5"),
        ({"free": 7}, {}, "at least 0"),
    ],
)
def test_a_region_has_bounds(facts: dict[str, Any], bounds: dict[str, Any], words: str) -> None:
    """Whatever the steps of a fact are, the catalog says between which numbers all catalogs are the same, and so does the command."""
    table = build_texts({"_shared": "language: 1\ntypes: {image: {model: {send: model}}}\n", "m": BETWEEN}).table
    assert table is not None
    every = {"load": 0, "hours": 0, "odd": 1, "notes": [], "free": 0}
    (found,) = (fact for fact in offers(table, facts=every | facts).models[0].facts if fact.name in facts)
    assert found.given is not None
    shown = {end: getattr(found.given, end) for end in ("min", "max", "above", "below")}
    assert {end: float(number) for end, number in shown.items() if number is not None} == bounds
    assert found.given.exact is (bounds.get("min", "") == bounds.get("max"))
    assert given_words(found) == words


DATED = """\
model: m
facts: {plan: {values: [free, paid]}, used: {number: {min: 0}}}
options: {quality: {send: q, values: [low, high]}}
credits:
  - {credits: {by: [plan, quality], table: {free: 1, paid: {low: 2, high: 3}}}, until: "2027-01-01"}
  - {credits: {by: [plan, quality], table: {free: 1, paid: {low: 4, high: 6}}}, from: "2027-01-01"}
gates: [{when: {used: {min: 3}}, gate: member, from: "2027-02-01"}]
"""


def test_a_calendar_at_facts() -> None:
    """With facts, a calendar has what changes at them; without, what changes at any."""
    shared = "language: 1\ntypes: {image: {model: {send: model}}}\ngates: {member: {opens_with: [member], label: Members}}\n"
    table = build_texts({"_shared": shared, "m": DATED}).table
    assert table is not None
    rules = Rules(table)

    def events(facts: Any) -> list[tuple[str, dict[str, Any], list[Any]]]:
        return [(event["what"], event["when"], event["condition"]) for event in rules.calendar(facts=facts)["events"]]

    assert events({"plan": "free", "used": 2}) == []
    prices: list[Any] = [("price", {"quality": [quality]}, []) for quality in ("low", "high")]
    assert events({"plan": "paid", "used": {"m": 2}}) == prices
    assert events({"plan": "paid", "used": 3}) == [*prices, ("gate_closes", {}, [])]
    assert [when for _, when, _ in events(None)][:2] == [{**when, "plan": ["paid"]} for _, when, _ in prices]
    for wrong in ({"plan": "paid"}, {"plan": "x", "used": 2}, {"hour": 2}):
        with pytest.raises(NoFact):
            rules.calendar(facts=wrong)


@pytest.mark.parametrize(("region", "told", "words"), [("eu", "eu", "eu"), ("us", None, "none that the rules name")])
def test_a_text_is_told_where_a_rule_names_it(region: str, told: str | None, words: str) -> None:
    """A stated text that no rule names is not in the catalog, so that all of them share one."""
    rules = "facts: {region: {text: {}}}\nlimits: [{when: {region: eu}, never: {quality: low}, because: x}]\n"
    model = f"model: m\n{rules}options: {{quality: {{send: quality, values: [low, high]}}}}\n"
    table = build_texts({"_shared": "language: 1\ntypes: {image: {model: {send: model}}}\n", "m": model}).table
    assert table is not None
    (fact,) = offers(table, facts={"region": region}).models[0].facts
    assert fact.given is not None
    assert (fact.given.value, fact.given.exact, given_words(fact)) == (told, told is not None, words)
