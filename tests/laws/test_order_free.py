"""Law: order carries no meaning, except where a person sees it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import dumps
from imgrules.catalog import offers
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.testing import compiled, grants, selections, written
from tests.laws.rule_sets import ANY_DOCUMENTS


def shuffled(data: st.DataObject, value: dict[str, Any]) -> dict[str, Any]:
    """Answer the same mapping in another order."""
    return {name: value[name] for name in data.draw(st.permutations(list(value)))}


@given(st.data(), ANY_DOCUMENTS)
def test_the_order_of_files_and_keys_means_nothing(data: st.DataObject, documents: Any) -> None:
    """Files and the keys of a model file may stand in any order: the table is the same to the byte."""
    other = {name: shuffled(data, each) for name, each in shuffled(data, documents).items()}
    assert dumps(compiled(other)) == dumps(compiled(documents))
    said = [
        Counter((each.code.id, each.spot.file) for each in build_texts(written(one)).report.diagnostics)
        for one in (other, documents)
    ]
    assert said[0] == said[1]


@given(st.data(), ANY_DOCUMENTS)
def test_the_order_of_values_is_shown_and_decides_nothing(data: st.DataObject, documents: Any) -> None:
    """A picker shows values as the author wrote them; what may be picked and what it costs stays the same."""
    stem = data.draw(st.sampled_from(sorted(set(documents) - {"_shared"})))
    options = {
        name: {**each, "values": shuffled(data, each["values"]) if isinstance(each["values"], dict) else each["values"][::-1]}
        for name, each in documents[stem]["options"].items()
    }
    before, after = compiled(documents), compiled({**documents, stem: {**documents[stem], "options": options}})
    selection, held = data.draw(selections(before)), data.draw(grants(before))
    one, other = decide(before, selection, held), decide(after, selection, held)
    assert (one.status, one.credits, set(one.gates)) == (other.status, other.credits, set(other.gates))
    shown = next(each for each in offers(after).models if each.id == stem)
    assert [[value.name for value in option.values] for option in shown.options] == [
        list(each["values"]) for each in options.values()
    ]
