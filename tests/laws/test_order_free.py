"""Law: order carries no meaning, except where a person sees it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import dumps
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.testing import compiled, grants, moments, selections, written
from imgrules.views.catalog import offers
from tests.laws.rule_sets import ANY_DOCUMENTS


def shuffled(data: st.DataObject, value: dict[str, Any]) -> dict[str, Any]:
    """Return the same mapping in another order."""
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
    stem = data.draw(st.sampled_from(sorted(set(documents) - {"_shared", "_messages"})))
    options = {
        name: {**each, "values": shuffled(data, each["values"]) if isinstance(each["values"], dict) else each["values"][::-1]}
        if "values" in each
        else each
        for name, each in documents[stem]["options"].items()
    }
    before, after = compiled(documents), compiled({**documents, stem: {**documents[stem], "options": options}})
    at, held = data.draw(moments(before)), data.draw(grants(before))
    selection = data.draw(selections(before, at))
    one, other = decide(before, selection, held, None, at), decide(after, selection, held, None, at)
    assert (one.status, one.credits, set(one.gates)) == (other.status, other.credits, set(other.gates))
    for shown in (each for each in offers(after, (), None, at).models if each.id == stem):
        for option in shown.options:
            names = [value.name for value in option.values]
            said = [str(each).lower() if type(each) is bool else each for each in options[option.name].get("values", ())]
            assert names == [each for each in said if each in names]
