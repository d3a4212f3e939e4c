"""Law: the catalog and `decide` say the same, for every set of grants."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Status
from imgrules.catalog import offers
from imgrules.engine.decide import decide
from imgrules.testing import grants, selections
from tests.laws.rule_sets import ANY_TABLE


@given(st.data(), ANY_TABLE)
def test_an_offer_is_open_exactly_when_decide_allows_it(data: st.DataObject, table: Any) -> None:
    """Every offer has the status, the price and the gates of its decision."""
    held = data.draw(grants(table))
    for model in offers(table, held).models:
        for offer in model.offers:
            decision = decide(table, {"model": model.id, **offer.select}, held)
            assert (offer.status, offer.credits, offer.gates) == (decision.status, decision.credits, decision.gates)


@given(st.data(), ANY_TABLE)
def test_every_possible_selection_is_in_the_catalog(data: st.DataObject, table: Any) -> None:
    """What `decide` allows or locks stands among the offers; what it calls impossible for its options does not."""
    held, selection = data.draw(grants(table)), data.draw(selections(table))
    decision = decide(table, selection, held)
    if decision.status is not Status.IMPOSSIBLE:
        model = next(each for each in offers(table, held).models if each.id == decision.model)
        picked = {each.name: decision.select[each.name] for each in model.options}
        assert [(each.status, each.credits) for each in model.offers if each.select == picked] == [
            (decision.status, decision.credits)
        ]


@given(st.data(), ANY_TABLE)
def test_a_value_shows_the_best_of_its_offers(data: st.DataObject, table: Any) -> None:
    """A value is open if one of its offers is, shows a price that all of them share, and a gate that closes all of them."""
    for model in offers(table, data.draw(grants(table))).models:
        for option in model.options:
            for value in option.values:
                own = [each for each in model.offers if each.select[option.name] == value.name]
                assert (value.status == "allowed") == any(each.status == "allowed" for each in own)
                assert value.credits == (own[0].credits if len({each.credits for each in own}) == 1 else None)
                assert all(gate in each.gates for each in own for gate in value.gates)
            sold = {each.select[option.name] for each in model.offers}
            assert {each.name for each in option.values} == sold


@given(st.data(), ANY_TABLE)
def test_the_digest_is_of_what_is_seen(data: st.DataObject, table: Any) -> None:
    """Two callers share an ETag exactly when they see the same catalog."""
    one, other = (offers(table, data.draw(grants(table))) for _ in range(2))
    assert (one.digest == other.digest) == (one.models == other.models)
