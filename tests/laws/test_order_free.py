"""Law: the order of files and keys has no meaning; only people see the order of values."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import dumps
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.testing import compiled, grants, moments, selections, written
from imgrules.views.catalog.catalog import offers
from tests.laws.rule_sets import ANY_DOCUMENTS


def shuffled(data: st.DataObject, value: dict[str, Any]) -> dict[str, Any]:
    """Return the same mapping in another order."""
    return {name: value[name] for name in data.draw(st.permutations(list(value)))}


@given(st.data(), ANY_DOCUMENTS)
def test_the_order_of_files_and_keys_means_nothing(data: st.DataObject, documents: Any) -> None:
    """With files and keys in any order, the table is the same to the byte."""
    other = {name: shuffled(data, value) for name, value in shuffled(data, documents).items()}
    assert dumps(compiled(other)) == dumps(compiled(documents))
    counts = [
        Counter((diagnostic.code.id, diagnostic.spot.file) for diagnostic in build_texts(written(files)).report.diagnostics)
        for files in (other, documents)
    ]
    assert counts[0] == counts[1]


@given(st.data(), ANY_DOCUMENTS)
def test_the_order_of_values_is_shown_and_decides_nothing(data: st.DataObject, documents: Any) -> None:
    """Values are shown in the author's order; decisions and prices do not depend on it."""
    stem = data.draw(st.sampled_from(sorted(set(documents) - {"_shared", "_messages"})))
    options = {
        name: {
            **option,
            "values": shuffled(data, option["values"]) if isinstance(option["values"], dict) else option["values"][::-1],
        }
        if "values" in option
        else option
        for name, option in documents[stem]["options"].items()
    }
    before, after = compiled(documents), compiled({**documents, stem: {**documents[stem], "options": options}})
    kinds = documents["_shared"]["types"]
    shared = kinds[documents[stem].get("type", next(iter(kinds)))].get("options", {})
    at, held = data.draw(moments(before)), data.draw(grants(before))
    selection = data.draw(selections(before, at))
    left, other = decide(before, selection, held, None, at), decide(after, selection, held, None, at)
    assert (left.status, left.credits, set(left.gates)) == (other.status, other.credits, set(other.gates))
    for shown in (model for model in offers(after, (), None, at).models if model.id == documents[stem].get("id", stem)):
        for option in shown.options:
            names = [value.name for value in option.values]
            listed = [
                str(value).lower() if type(value) is bool else value
                for value in options[option.name].get("values", shared.get(option.name, {}).get("values", ()))
            ]
            # The words of a table are listed only where they have details.
            assert names == [value for value in listed if value in names] or not listed
