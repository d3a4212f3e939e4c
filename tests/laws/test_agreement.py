"""Law: the catalog and `decide` agree, for every set of grants and at every moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules
from imgrules.engine.decision import Decision
from imgrules.testing import grants, moments, selections
from imgrules.views.catalog.catalog import offers
from tests.laws.client import exact, request_line, shown
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_a_front_end_shows_what_decide_answers(data: st.DataObject, table: Any) -> None:
    """The JSON of the catalog alone gives the status, the price and the gates of any selection."""
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    catalog = {model["id"]: model for model in json.loads(json.dumps(rules.catalog(held, at=at)))["models"]}
    for _ in range(3):
        selection = data.draw(selections(table, at))
        decision = rules.decide(selection, held, at=at)
        if decision.model not in catalog or has_other_faults(decision, catalog[decision.model]):
            continue
        canonical = {**json_only(selection), **decision.as_dict()["select"]}
        computed = {option["name"] for option in catalog[decision.model]["options"] if option["follows"]}
        asked = {name: value for name, value in canonical.items() if name not in computed or name in selection}
        seen = shown(catalog[decision.model], asked)
        assert seen.status == decision.status
        assert (seen.credits, seen.regular) == (exact(decision.credits), exact(decision.regular))
        assert seen.estimates == (decision.estimate, decision.regular_estimate)
        assert seen.gates == [gate.name for gate in decision.gates]
        if decision.status != "impossible":
            assert request_line(catalog[decision.model], canonical) == rules.request_line(decision)


def has_other_faults(decision: Decision, model: Any) -> bool:
    """Return whether a decision has notes, or a violation of something that is not an option."""
    options = {option["name"] for option in model["options"]} | {field["name"] for field in model["fields"] if field.get("cap")}
    return bool(decision.notes) or any(violation.field not in options for violation in decision.violations)


def json_only(selection: dict[Any, Any]) -> dict[str, Any]:
    """Return a selection as JSON represents it."""
    return {name: json_value(value) for name, value in selection.items() if isinstance(name, str)}


def json_value(value: Any) -> Any:
    """Return a value as JSON represents it; a value that JSON cannot represent becomes one that no option accepts."""
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, float | Decimal):
        return float(value) if float("-inf") < value < float("inf") else None
    return list(value) if isinstance(value, list | tuple) else {}


def condition_names(model: Any) -> Iterator[str]:
    """Yield the options that other options or gates depend on."""
    for holder in (*model.options, *model.gates, *(limit for option in model.options for limit in option.ignored)):
        yield from (test.name for test in holder.when)
    yield from (name for option in model.options if option.defaults for name in option.defaults.by)


@given(st.data(), ANY_TABLE)
def test_an_offer_is_open_exactly_when_decide_allows_it(data: st.DataObject, table: Any) -> None:
    """A complete offer has the status, the price and the gates of its decision."""
    rules, at, held = Rules(table), data.draw(moments(table)), data.draw(grants(table))
    for model in offers(table, held, None, at).models:
        named = {name for offer in model.offers for name in offer.select}
        # An offer does not show an option or a gate that depends on something outside of offers, such as a list.
        answered = named.issuperset(condition_names(model))
        for offer in model.offers if answered and model.price is None and not model.limits else ():
            decision = rules.decide({"model": model.id, **offer.select}, held, at=at)
            # An option with a rule, or a conditional one, may be in no offer and has to be picked as well.
            left = any(violation.code == "missing_field" and violation.field not in named for violation in decision.violations)
            if not left and {**offer.select, "model": model.id} == dict(decision.select):
                assert (offer.status, offer.credits, offer.gates) == (decision.status, decision.credits, decision.gates)
                assert offer.estimate is decision.estimate


@given(st.data(), ANY_TABLE)
def test_a_value_shows_the_best_of_its_offers(data: st.DataObject, table: Any) -> None:
    """A value is open if an offer of it is, and has the price that all of its offers share, and the gates of all."""
    for model in offers(table, data.draw(grants(table)), None, data.draw(moments(table))).models:
        held = {name for offer in model.offers for name in offer.select}
        for option in (choice for choice in model.options if choice.name in held):
            for value in option.values:
                own = [offer for offer in model.offers if offer.select.get(option.name) == value.name]
                assert (value.status == "allowed") == any(offer.status == "allowed" for offer in own)
                same = len({(offer.credits, offer.estimate) for offer in own}) == 1 and model.price is None
                assert (value.credits, value.estimate) == ((own[0].credits, own[0].estimate) if same else (None, False))
                assert all(gate in offer.gates for offer in own for gate in value.gates)
            sold = {offer.select.get(option.name) for offer in model.offers}
            assert {choice.name for choice in option.values} == sold - {None}


@given(st.data(), ANY_TABLE)
def test_the_digest_is_of_what_is_seen(data: st.DataObject, table: Any) -> None:
    """Two callers share an ETag exactly if they see the same catalog, valid until the same moment."""
    first, other = (offers(table, data.draw(grants(table)), None, data.draw(moments(table))) for _ in range(2))
    assert (first.digest == other.digest) == ((first.models, first.until) == (other.models, other.until))
