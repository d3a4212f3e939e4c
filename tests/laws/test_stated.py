"""Law: a fact is read where the rules name it, asked for only where it counts, and never taken from a selection."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Refused, Rules, Status, Table, load
from imgrules.engine.facts import completions
from imgrules.errors import NoFact
from imgrules.table.options import Option
from imgrules.testing import compiled, facts, grants, moments, rule_documents, selections, tables
from imgrules.views.catalog import offers
from tests.engine.closely import closely
from tests.laws.client import exact, shown
from tests.laws.reference import answer
from tests.laws.reflection import reflected
from tests.laws.test_dated import comparable
from tests.laws.test_reference import exact as exact_body

# A rule set that people wrote; it is drawn by name, because of the length of its repr.
WRITTEN = {"dollars": load(Path(__file__).parents[2] / "docs" / "cookbook" / "usd").table}
_RANDOM = tables(shape="fact", holes=False)
STATED = st.one_of(st.sampled_from(sorted(WRITTEN)).map(WRITTEN.__getitem__), _RANDOM, _RANDOM)


def body(rules: Rules, *asked: Any) -> Any:
    """Return the body of a selection, or None if it is refused."""
    try:
        return rules.emit(*asked)
    except Refused:
        return None


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
    answers = [
        (comparable(rules.decide(selection, held, None, at, stated)), body(rules, selection, held, None, at, stated))
        for stated in whole
    ]
    asked = {violation.field for violation in decision.violations if violation.fact}
    if decision.violations and all(bodies is None and found[0]["status"] == "allowed" for found, bodies in answers):
        return  # a text is missing, so that the body, which may differ, is not to be seen here
    if all(each == answers[0] for each in answers):
        assert (comparable(decision), body(rules, selection, held, None, at)) == answers[0]
    else:
        assert decision.status is Status.IMPOSSIBLE
        assert asked & set(version.facts if version else ())
    for repair in decision.repairs:
        assert rules.decide(repair.apply(selection), held, None, at).status is not Status.IMPOSSIBLE


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
    """The JSON of a catalog at stated facts gives the status, the price and the gates of any selection."""
    rules, at, held, stated = Rules(table), data.draw(moments(table)), data.draw(grants(table)), data.draw(facts(table))
    selection = {name: value for name, value in data.draw(selections(table, at)).items() if type(name) is str}
    decision = rules.decide(selection, held, None, at, stated)
    try:
        catalog = {model["id"]: model for model in json.loads(json.dumps(rules.catalog(held, None, at, stated)))["models"]}
    except NoFact:
        assert (
            any(violation.fact for violation in rules.decide({"model": min(table.models)}, facts=stated).violations) or stated
        )
        return
    if selection.get("model") not in catalog or decision.notes:
        return
    model = catalog[selection["model"]]
    named = {name: value for name, value in selection.items() if name != "model"}
    known = {option["name"] for option in model["options"]} | {field["name"] for field in model["fields"]}
    if not set(named) <= known | {fact["name"] for fact in model["facts"]}:
        return
    seen = shown(model, named)
    if any(violation.code.value in {"text_length", "wrong_type"} for violation in decision.violations):
        return
    assert seen.status == decision.status
    # A gate that only the facts, or they and listed options, decide about is at the offers, before those of other rules.
    assert (seen.credits, seen.regular, sorted(seen.gates)) == (
        exact(decision.credits),
        exact(decision.regular),
        sorted(gate.name for gate in decision.gates),
    )


@given(st.data(), STATED)
def test_an_offer_is_open_exactly_where_decide_allows_it(data: st.DataObject, table: Table) -> None:
    """What is allowed is offered, at its status and price; what is offered is allowed, unless a rule about open options is left."""
    rules, at, held, stated = Rules(table), data.draw(moments(table)), data.draw(grants(table)), data.draw(facts(table))
    try:
        models = {model["id"]: model for model in rules.catalog(held, None, at, stated)["models"]}
    except NoFact:
        return
    for name, model in models.items():
        version = table.models[name].at(at)
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
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    made = []
    for _ in range(3):
        stated = data.draw(facts(table))
        try:
            fresh = offers(table, held, None, at, stated)
        except NoFact:
            continue
        document = rules.catalog(held, None, at, stated)
        assert (document["digest"], document["models"]) == (fresh.digest, reflected(fresh)["models"])
        made.append(document)
    for first in made:
        for other in made:
            assert (first["digest"] == other["digest"]) == (first["models"] == other["models"])


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
