"""Law: a fact is read where the rules name it, asked for only where it counts, and never taken from a selection."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Decision, Refused, Rules, Status, Table
from imgrules.engine.facts.facts import completions
from imgrules.errors import NoFact
from imgrules.table.options import Option
from imgrules.testing import compiled, facts, grants, moments, picks, rule_documents, selections, tables
from imgrules.views.catalog.catalog import offers
from tests.engine.closely import closely
from tests.folders import DOLLARS
from tests.laws.client import ABSENT, Shown, exact, given_value, holds, shown
from tests.laws.reference import answer
from tests.laws.reflection import reflected
from tests.laws.stated_rules import TABLE, one_by_one
from tests.laws.test_dated import comparable
from tests.laws.test_reference import exact as exact_body
from tests.laws.test_repairable import is_of_a_text

# A rule set that people wrote; it is drawn by name, because of the length of its repr.
WRITTEN = {"dollars": DOLLARS, "everywhere": TABLE}
STATED = st.one_of(
    st.sampled_from(["everywhere", "everywhere", "dollars"]).map(WRITTEN.__getitem__), tables(shape="fact", holes=False)
)


def body(rules: Rules, *asked: Any) -> Any:
    """Return the body of a selection, or None if it is refused."""
    try:
        return rules.emit(*asked)
    except Refused:
        return None


def everything(rules: Rules, *asked: Any) -> Any:
    """Return all that a caller sees of a selection: the decision, and the body with the address to which it is sent."""
    decision = rules.decide(*asked)
    sent = body(rules, *asked)
    return comparable(decision), sent, None if sent is None else rules.request_line(decision)


@given(st.data(), rule_documents("fact"))
def test_facts_mean_what_the_files_say(data: st.DataObject, documents: Any) -> None:
    """With any facts, status, price, gates, faults, body, address and a full evaluation are those of the reference interpreter."""
    table = compiled(documents)
    rules, at, held, stated = Rules(table), data.draw(moments(table)), data.draw(grants(table)), data.draw(facts(table))
    selection = {name: value for name, value in data.draw(selections(table, at)).items() if type(name) is str}
    decision = rules.decide(selection, held, None, at, stated)
    assert decision == closely(table, selection, held, None, at, facts=stated)
    expected = answer(documents, selection, set(held), at, stated)
    assert (decision.status, decision.credits, decision.regular) == (expected.status, expected.credits, expected.regular)
    assert [gate.name for gate in decision.gates] == expected.gates
    faults = {(violation.code.value, violation.field) for violation in decision.violations}
    joint = {fault for fault in expected.faults if fault[0] == "not_together"}
    assert {fault for fault in faults if fault[0] != "not_together"} == expected.faults - joint
    assert exact_body(body(rules, selection, held, None, at, stated)) == expected.body
    assert rules.request_line(decision, stated) == expected.request
    assert not any(name in decision.select for model in table.models.values() for name in model.facts)


@given(st.data(), STATED)
def test_a_fact_is_asked_for_where_it_counts(data: st.DataObject, table: Table) -> None:
    """Without its facts, an answer is that with every value, or the facts are asked for, and two values have two answers."""
    table = without_defaults(table)
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    selection = data.draw(selections(table, at))
    decision = rules.decide(selection, held, None, at)
    model = table.models.get(decision.model or "")
    version = None if model is None else model.at(at)
    whole = None if version is None or version.gone is not None else completions(version, {})
    if whole is None:
        return
    answers = [everything(rules, selection, held, None, at, stated) for stated in whole]
    asked = {violation.field for violation in decision.violations if violation.fact}
    if decision.violations and all(sent is None and found[0]["status"] == "allowed" for found, sent, _ in answers):
        return  # a text is missing, so that the body, which may differ, is not to be seen here
    if all(each == answers[0] for each in answers):
        assert everything(rules, selection, held, None, at) == answers[0]
    else:
        assert decision.status is Status.IMPOSSIBLE
        assert asked & set(version.facts if version else ())
    for repair in decision.repairs:
        # A wrong text stays; only its caller can mend it.
        left = rules.decide(repair.apply(selection), held, None, at).violations
        assert version is None or all(is_of_a_text(table, version, violation) for violation in left)


def without_defaults(table: Table) -> Table:
    """Return a table whose facts have neither a default nor leave to be missing."""

    def required(option: Option) -> Option:
        return replace(option, default=None, optional=False) if option.fact else option

    def changed(model: Any) -> Any:
        options = {name: required(option) for name, option in model.options.items()}
        later = tuple(replace(change, model=changed(change.model)) for change in model.changes)
        return replace(model, options=options, changes=later)

    return replace(table, models={name: changed(model) for name, model in table.models.items()})


@given(st.data(), STATED)
def test_a_front_end_shows_what_decide_answers_with_facts(data: st.DataObject, table: Table) -> None:
    """The JSON of a catalog at stated facts gives the status, the price and the gates of any selection, and names no fact."""
    at, held = data.draw(moments(table)), data.draw(grants(table))
    for one in one_by_one(table):
        stated = data.draw(stated_of(one))
        asked = [data.draw(selections(one, at)) for _ in range(3)]
        refused: NoFact | None = None
        try:
            models = json.loads(json.dumps(Rules(one).catalog(held, None, at, stated)))["models"]
        except NoFact as error:
            refused = error
        if refused is not None:
            unstated = {name for model in one.models.values() for name in model.facts} - {*stated}
            assert stated or (refused.missing and {*refused.missing} <= unstated)
            continue
        for model in models:
            assert not facts_named(model)
            for drawn in asked:
                selection = {name: value for name, value in drawn.items() if type(name) is str}
                decision = Rules(one).decide(selection, held, None, at, stated)
                if model["id"] == selection.get("model") and can_be_shown(model, selection, decision):
                    compare(shown(model, {name: value for name, value in selection.items() if name != "model"}), decision)


def can_be_shown(model: Any, selection: dict[str, Any], decision: Decision) -> bool:
    """Return whether a front end without the rules of texts and near misses can know the answer to a selection."""
    known = {entry["name"] for key in ("options", "fields", "facts") for entry in model.get(key, [])} | {"model"}
    texts = any(violation.code.value in {"text_length", "wrong_type"} for violation in decision.violations)
    return set(selection) <= known and not decision.notes and not texts


def compare(seen: Shown, decision: Decision) -> None:
    """Compare what a front end shows with a decision."""
    assert seen.status == decision.status
    assert (seen.credits, seen.regular) == (exact(decision.credits), exact(decision.regular))
    assert seen.estimates == (decision.estimate, decision.regular_estimate)
    # A gate that only the facts, or they and listed options, decide about is at the offers, before those of other rules.
    assert sorted(seen.gates) == sorted(gate.name for gate in decision.gates)


def facts_named(model: Any) -> set[str]:
    """
    Return the facts that the rules of a catalog name, where nothing but a given value can be read for them.

    Two things may name facts: the condition of an option that does not exist at them, and a number that is made of a fact
    and of what is picked, for which no rule of the catalog has a word.
    """
    facts = {fact["name"] for fact in model.get("facts", [])}
    tables = [option["defaults"] for option in model["options"]] + [model.get("requests")]
    tables += [option["follows"] and option["follows"].get("table") for option in model["options"]]
    conditions = [holder[key] for holder in model["limits"] for key in ("when", "only", "never")]
    conditions += [rule["when"] for rule in model["gates"]]
    names = {name for limit in model["limits"] for name in limit["needs"]}
    if model["price"] is not None:
        lines = [*model["price"]["times"], *model["price"]["plus"]]
        tables += [model["price"].get("base"), model["price"].get("promotion"), *(line["lookup"] for line in lines)]
        conditions += [line["when"] for line in lines]
        names |= {line["per"] for line in lines} | set(model["price"]["each"])
    for option in model["options"]:
        of = set((option["follows"] or {"of": []})["of"])
        names |= of if of <= facts else set()
        conditions += [limit["when"] for limit in option["ignored"]]
        conditions += [[test] for test in option["when"] if holds_as_given(test, model)]
    names |= {test["name"] for condition in conditions for test in condition} | {
        name for table in tables if table for name in table["by"]
    }
    return names & facts


def holds_as_given(test: Any, model: Any) -> bool:
    """Return whether a test about a fact holds at the given value; one about an option may hold."""
    given = {fact["name"]: {**ABSENT, **fact} for fact in model.get("facts", [])}
    values = {name: given_value(fact) for name, fact in given.items() if fact["given"]}
    return test["name"] not in given or holds([test], values, given)


@given(st.data(), STATED)
def test_an_offer_is_open_exactly_where_decide_allows_it(data: st.DataObject, table: Table) -> None:
    """What is allowed is offered, at its status and price; what is offered is allowed, unless a rule about open options is left."""
    for one in some_models(data, table):
        offers_agree(data, one)


def stated_of(one: Table) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what is stated to a single model: mostly all of its facts, so that there is a catalog."""
    (model,) = one.models.values()
    values = {name: picks(model.options[name]) for name in model.facts}
    each = {name: value | st.fixed_dictionaries({"another": value, model.id: value}) for name, value in values.items()}
    return st.one_of(st.fixed_dictionaries(each), st.fixed_dictionaries(each), facts(one))


def some_models(data: st.DataObject, table: Table) -> list[Table]:
    """Draw some single models of a table, so that one whose facts are missing hides no other."""
    tables_of_one = one_by_one(table)
    return [tables_of_one[at] for at in data.draw(st.sets(st.integers(0, len(tables_of_one) - 1), min_size=1, max_size=6))]


def offers_agree(data: st.DataObject, one: Table) -> None:
    """Compare the offers of a model with the decisions about them."""
    rules, at, held, stated = Rules(one), data.draw(moments(one)), data.draw(grants(one)), data.draw(stated_of(one))
    try:
        models = {model["id"]: model for model in rules.catalog(held, None, at, stated)["models"]}
    except NoFact:
        return
    for name, model in models.items():
        version = one.models[name].at(at)
        assert version is not None
        seen = {tuple(sorted(offer["select"].items())): offer for offer in model["offers"]}
        pickable = {axis: version.options[axis] for axis in version.axes if not version.options[axis].fact}
        for cell in version.cells[:24]:
            chosen = {axis: value for axis, value in cell.picks(version).items() if axis in pickable}
            picked = {axis: pickable[axis].picked(value) for axis, value in chosen.items() if not pickable[axis].follows}
            decision = rules.decide({"model": name, **picked}, held, None, at, stated)
            known = {axis: pickable[axis].word(value) for axis, value in decision.select.items() if axis in pickable}
            missing = {violation.code.value for violation in decision.violations} == {"missing_field"}
            if missing or known != chosen:
                continue  # another option is to be picked first, or a default or a computed option makes it another offer
            offer = seen.get(tuple(sorted(chosen.items())))
            if decision.status is Status.IMPOSSIBLE:
                assert offer is None or model["limits"]
                continue
            assert offer is not None
            assert offer["status"] == decision.status or model["gates"]
            if model["price"] is None:
                assert (exact(offer["credits"]), exact(offer["regular"])) == (exact(decision.credits), exact(decision.regular))


@given(st.data(), STATED)
def test_a_cached_catalog_is_that_of_its_facts(data: st.DataObject, table: Table) -> None:
    """A catalog from the cache is the one that is made for these facts, and two of them share a digest exactly if they are equal."""
    for one in some_models(data, table):
        cached_as_made(data, one)


def cached_as_made(data: st.DataObject, one: Table) -> None:
    """Compare the cached catalogs of a model at several facts with those made for them, and with each other."""
    rules, at, held = Rules(one), data.draw(moments(one)), data.draw(grants(one))
    options = {name: model.options[name] for model in one.models.values() for name in model.facts}
    stated, made = data.draw(st.fixed_dictionaries({name: picks(option) for name, option in options.items()})), []
    for turn in range(5 if options else 1):
        if turn:  # where one fact alone differs, two regions may be one by mistake
            name = data.draw(st.sampled_from(sorted(options)))
            stated = {**stated, name: data.draw(picks(options[name]))}
        try:
            fresh = offers(one, held, None, at, stated)
        except NoFact:
            continue
        document = rules.catalog(held, None, at, stated)
        assert (document["digest"], document["models"]) == (fresh.digest, reflected(fresh)["models"])
        for model in document["models"]:
            for fact in model.get("facts", []):
                lies_where_it_says(fact, stated.get(fact["name"]), model["id"])
        made.append(document)
    for first in made:
        for other in made:
            assert (first["digest"] == other["digest"]) == (first["models"] == other["models"])


def lies_where_it_says(fact: Any, stated: Any, model: str) -> None:
    """The stated number or length, and the value that stands for it, are within the bounds of a fact of a catalog."""
    value, region = stated.get(model) if isinstance(stated, dict) else stated, fact["given"]
    if value is None or not (fact["number"] or fact["many"]):
        return
    for found in (region["value"], len(value) if isinstance(value, list) else value):
        number = exact(found)
        assert number is not None
        assert not region["exact"] or number == exact(region["value"])
        ends = {end: exact(region[end]) for end in ("min", "max", "above", "below")}
        assert ends["min"] is None or number >= ends["min"]
        assert ends["max"] is None or number <= ends["max"]
        assert ends["above"] is None or number > ends["above"]
        assert ends["below"] is None or number < ends["below"]


@given(st.data(), STATED)
def test_a_selection_never_holds_a_fact(data: st.DataObject, table: Table) -> None:
    """Whatever its value, a fact among the picks is refused, and answers nothing."""
    rules, at, held, stated = Rules(table), data.draw(moments(table)), data.draw(grants(table)), data.draw(facts(table))
    name = data.draw(st.sampled_from(sorted(table.models)))
    version = table.models[name].at(at)
    if version is None or version.gone is not None or not version.facts:
        return
    fact = data.draw(st.sampled_from(version.facts))
    value: Any = data.draw(st.sampled_from([None, "", 0, False, [], *version.options[fact].values]))
    decision = rules.decide({"model": name, fact: value}, held, None, at, stated)
    assert ("refused_field", fact, False) in [(found.code.value, found.field, found.fact) for found in decision.violations]
    assert all(fact in repair.remove and fact not in repair.set for repair in decision.repairs)
