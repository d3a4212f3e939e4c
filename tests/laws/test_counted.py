"""Law: the numbers that a proof says are those that an independent count of the files gives."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.build import build_texts
from imgrules.proofs.proof import prove
from imgrules.testing import written
from tests.laws.reference import answer
from tests.laws.reference_plain import dates, together

DAYS = ("2026-01-01", "2026-06-01", "2027-01-01")
GRANTS = ("silver", "gold")
NAMES = ("first", "second", "third")


@st.composite
def plain_documents(draw: Any) -> dict[str, Any]:
    """Draw rule files whose options are lists of values: with dates, gates and a limit."""
    gates = draw(
        st.dictionaries(st.sampled_from(["a", "b"]), st.lists(st.sampled_from(GRANTS), min_size=1, unique=True), max_size=2)
    )
    options = {name: draw(_option(sorted(gates))) for name in NAMES[: draw(st.integers(1, 3))]}
    model: dict[str, Any] = {"name": "Plain", "provider": "p", "model": "m", "type": "image", "options": options, "credits": 1}
    if gates and draw(st.booleans()):
        model["gate"] = draw(st.sampled_from(sorted(gates)))
    if len(options) > 1 and draw(st.booleans()):
        model["limits"] = [
            {"never": {name: draw(st.sampled_from(["v0", ["v0", "v1"]])) for name in NAMES[:2]}, "because": "so"}
        ]
    shared = {
        "language": 1,
        "gates": {name: {"opens_with": grants, "label": name} for name, grants in gates.items()},
        "types": {"image": {"provider": {"send": "by"}, "model": {"send": "model"}}},
    }
    return {"_shared": shared, "plain": model}


@st.composite
def _option(draw: Any, gates: list[str]) -> dict[str, Any]:
    count = draw(st.integers(2, 4))
    values: dict[str, dict[str, Any]] = {f"v{at}": {} for at in range(count)}
    for details in values.values():
        if draw(st.integers(0, 3)) == 0:
            details[draw(st.sampled_from(["from", "until"]))] = draw(st.sampled_from(DAYS))
        if gates and draw(st.integers(0, 2)) == 0:
            details["gate"] = draw(st.sampled_from(gates))
    return {"send": draw(st.uuids().map(lambda one: f"x{one.hex}")), "values": values}


def selections_of(model: dict[str, Any]) -> list[dict[str, str]]:
    """Return every selection of a model: each option has one of its values."""
    columns = [list(option["values"]) for option in model["options"].values()]
    return [{"model": "plain", **dict(zip(model["options"], values, strict=True))} for values in product(*columns)]


def sets_of_gates(documents: dict[str, Any], moment: str) -> int:
    """Return how many sets of the gates of a model can be open together at a moment."""
    model, opening = documents["plain"], documents["_shared"]["gates"]
    values = [details for option in model["options"].values() for details in option["values"].values()]
    alive = [one for one in values if one.get("from", moment) <= moment < one.get("until", "9999")]
    named = {one["gate"] for one in [model, *alive] if "gate" in one}
    held = chain.from_iterable(combinations(GRANTS, size) for size in range(len(GRANTS) + 1))
    return len({frozenset(gate for gate in named if {*grants} & {*opening[gate]["opens_with"]}) for grants in held})


@given(plain_documents())
def test_the_numbers_of_a_proof_are_true(documents: Any) -> None:
    """Selections that somebody can have at some moment, sets of gates that can be open, and moments are counted once each."""
    built = build_texts(written(documents))
    if built.table is None or built.report.errors:
        return
    proof = prove(built.table)
    moments = ["0001-01-01", *sorted({*dates(documents["_shared"], together(documents["_shared"], documents["plain"]))})]
    possible = {
        moment: [
            one for one in selections_of(documents["plain"]) if answer(documents, one, {*GRANTS}, moment).status != "impossible"
        ]
        for moment in moments
    }
    assert proof.complete
    assert proof.selections == len({repr(one) for ones in possible.values() for one in ones})
    assert proof.gates == max(sets_of_gates(documents, moment) for moment in moments)
    assert proof.moments == len(moments)
