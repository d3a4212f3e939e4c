"""Law: no selection has two leaves at one path of the request, or at a path and its beginning."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.engine.body import NOTHING, leaf, words
from imgrules.table.records import Table
from imgrules.testing import facts, moments, selections, tables
from tests.laws.rule_sets import ANY_TABLE

SHARED = tables(shape="shared_path")


@given(st.data(), st.one_of(ANY_TABLE, SHARED, SHARED, SHARED))
def test_every_leaf_has_a_place_of_its_own(data: st.DataObject, table: Table) -> None:
    """Of what a possible selection sends, nothing stands at the path of something else, or inside it, at any moment and fact."""
    rules, at = Rules(table), data.draw(moments(table))
    for selection in data.draw(st.lists(selections(table, at), min_size=5, max_size=5)):
        decision = rules.decide(selection, at=at, facts=data.draw(facts(table)))
        if decision.status is Status.IMPOSSIBLE:
            continue
        model = table.models[decision.model or ""].at(at) or table.models[decision.model or ""]
        texts = {name: value for name, value in selection.items() if name not in model.options}
        values = texts | words(model, decision.select)
        paths = [send.path for send in model.body if leaf(send, values) is not NOTHING]
        for one, other in combinations(sorted(paths, key=len), 2):
            assert other[: len(one)] != one
