"""The proof of a table counts what it tried, and finds each way in which a table could contradict itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imgrules.compiler.build import build, build_texts
from imgrules.compiler.report.proof_record import Proof
from imgrules.proofs import model_space, version
from imgrules.proofs.proof import Proofs, prove
from imgrules.table.record_base import replace
from imgrules.table.records import Table
from imgrules.table.terms import Lookup
from imgrules.views.catalog.catalog import cell_offers

ROOT = Path(__file__).parents[2]
SHARED = (
    "language: 1\n"
    "types: {image: {body: {}, fields: {prompt: {send: prompt, text: {min: 3}}}}}\n"
    "gates: {club: {opens_with: [gold, vip], label: Club}, crew: {opens_with: [staff], label: Crew}}\n"
)
RICH = """
facts: {used: {number: {min: 0}}}
options:
  quality: {send: q, values: {low: {credits: 2}, high: {credits: 8, gate: club, from: "2027-01-01"}}}
  outputs: {send: n, number: {min: 1, max: 8}, default: 1}
  references: {send: images, list: {max: 2}, optional: true}
  mode: {of: references, send: mode, values: {generate: {max: 0}, edit: {min: 1}}}
  strength: {send: strength, number: {min: 0, max: 1, step: any}, when: {mode: edit}}
credits: {plus: [{credits: 3, when: {used: {min: 5}}}]}
gates: [{when: {outputs: {min: 3}}, gate: crew}]
limits: [{never: {quality: low, outputs: {min: 8}}}]
"""


def _table(model: str, shared: str = SHARED) -> Table:
    built = build_texts({"_shared": shared, "demo": model})
    assert built.table is not None
    assert built.report.errors == (), built.report.errors
    return built.table


def _changed(table: Table, **changes: Any) -> Table:
    model = next(iter(table.models.values()))
    return replace(table, models={model.id: replace(model, **changes)})


def test_the_packaged_rules_are_proved() -> None:
    """Nine selections of each packaged model are tried with and without the gate for members."""
    table = build(ROOT / "rules").table
    assert table is not None
    assert prove(table) == Proof(2, 18, gates=2)


def test_a_selection_is_counted_once() -> None:
    """Values that come and go make two moments, and each selection counts once; what no rule reads is tried value by value."""
    table = _table(
        "options:\n"
        '  quality: {send: q, values: {low: {}, high: {}, best: {until: "2027-01-01"}}}\n'
        "  tone: {send: tone, values: [warm, cold, dark], optional: true}\n"
    )
    assert prove(table) == Proof(1, 3 + 3, moments=2)


@pytest.mark.parametrize(
    "limit",
    ["{when: {references: {min: 1}}, needs: note}", "{when: {quality: high}, ignores: references}"],
    ids=["needed", "ignored"],
)
def test_what_a_limit_needs_or_ignores_is_no_contradiction(limit: str) -> None:
    """A text that a list needs is tried with the list; a value that is computed of an ignored list is offered to nobody."""
    table = _table(
        "options:\n"
        "  quality: {send: q, values: {low: {credits: 1}, high: {credits: 2}}}\n"
        "  note: {send: note, text: {max: 4}, optional: true}\n"
        "  references: {send: images, list: {max: 2}, optional: true}\n"
        "  mode: {of: references, send: mode, values: {generate: {max: 0}, edit: {min: 1}}}\n"
        f"limits: [{limit}]\n"
    )
    assert prove(table).failures == ()


def test_facts_dates_and_numbers_are_tried_at_their_edges() -> None:
    """Each side of every number that a rule names is tried, for each side of a fact, at both moments, and behind four sets of gates."""
    table = _table(RICH)
    proof = prove(table)
    assert (proof.complete, proof.gates, proof.moments, proof.failures) == (True, 4, 2, ())
    model = next(iter(table.models.values())).versions[1]
    tried = model_space.space_of(model).points
    assert {point.picked.get("outputs", 1) for point in tried} >= {1, 2, 3, 7, 8}
    assert {point.facts["used"] for point in tried} >= {0, 4, 5}
    assert {len(point.picked.get("references", ())) for point in tried} >= {0, 1, 2}
    assert all(("strength" in point.picked) == bool(point.picked.get("references")) for point in tried)


def test_a_large_space_is_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the cap the proof says of which models only some selections were tried; so it does where numbers are added."""
    monkeypatch.setattr(model_space, "MOST_SELECTIONS", 10)
    proof = prove(_table(RICH))
    assert proof.sampled == ("demo",)
    assert 0 < proof.selections <= 20
    monkeypatch.undo()
    added = "options:\n  a: {send: a, number: {min: 1, max: 9}}\n  b: {send: b, number: {min: 1, max: 9}}\n"
    summed = "  sum: {of: [a, b], measure: total}\nlimits: [{only: {sum: {max: 9}}, because: nine in all}]\ncredits: 1\n"
    assert prove(_table(added + summed)).sampled == ("demo",)


PLAIN = "options:\n  quality: {send: q, values: {low: {label: {en: Low, de: Tief}, credits: 2}, high: {credits: 8}}}\n"


def test_each_contradiction_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body at two prices, a value that nobody can have, a missing translation, null and another catalog are counter-examples."""
    table = _table(PLAIN)
    model = table.models["demo"]
    assert prove(table).failures == ()
    assert "two prices" in prove(_changed(table, body=())).failures[0]
    addresses = Lookup(("quality",), {"low": "POST /low", "high": "POST /high"})
    assert prove(_changed(table, body=(), requests=addresses)).failures == ()
    assert prove(_changed(table, cells=model.cells[:1])).failures == ("demo: nobody can have `high` as `quality`",)
    labels = replace(model.options["quality"].values["low"], label={"de": "Tief"})
    other = replace(model.options["quality"], values={**model.options["quality"].values, "low": labels})
    untranslated = replace(_changed(table, options={"quality": other}), languages=("en",))
    assert prove(untranslated).failures == ("`Tief` is not translated into `en`",)
    sparse = tuple(replace(send, path=("list", 1)) for send in model.body if send.name == "quality")
    assert "sends null" in prove(_changed(table, body=sparse)).failures[0]

    monkeypatch.setattr(version, "cell_offers", lambda view, shown: list(cell_offers(view, shown))[1:])
    assert prove(table).failures == ("demo: the catalog and `decide` differ about quality low with []",)


def test_of_the_next_table_only_what_changed_is_proved() -> None:
    """The proof of a model is taken over while the model and what it shares with others stay equal; the sum is that of all anew."""
    texts = {"_shared": SHARED, "demo": PLAIN, "other": PLAIN}
    proofs = Proofs()

    def told(**changes: str) -> list[Proof]:
        table = build_texts({**texts, **changes}).table
        assert table is not None
        assert prove(table, proofs) == prove(table)
        return list(proofs.of(table))

    demo, other = told()
    kept, edited = told(other=PLAIN.replace("low", "min"))
    assert kept is demo
    assert edited is not other
    shared, _ = told(_shared=SHARED.replace("vip", "pro"))
    assert shared is not demo


STEPS = (
    "options:\n"
    "  quality: {send: q, values: {mid: {credits: 2}, low: {credits: 1, send: false}, high: {credits: 8}}}\n"
    "  tone: {send: tone, values: [warm, high], optional: true}\n"
)


def _moved(table: Table, name: str, path: tuple[str | int, ...]) -> Table:
    """Return a table that no build would write: an option sends at another path."""
    model = next(iter(table.models.values()))
    named = (send.name == name or (send.lookup is not None and name in send.lookup.by) for send in model.body)
    return _changed(
        table, body=tuple(replace(send, path=path) if own else send for own, send in zip(named, model.body, strict=True))
    )


def test_an_option_that_no_rule_reads_meets_others_in_the_body() -> None:
    """Where its leaf shares a place with that of another option, it is tried with every value of that one, and not with the first."""
    table = _table(STEPS)
    assert prove(table) == Proof(1, 3 + 2)
    assert "send one body at two prices" in prove(_moved(table, "tone", ("q",))).failures[0]
    in_a_list = _moved(_moved(table, "quality", ("list", 0)), "tone", ("list", 1))
    assert prove(in_a_list).failures == ("demo: quality low, tone warm sends null", "demo: quality low, tone high sends null")


CONDITIONS = {
    "condition": STEPS.replace("optional: true}", "optional: true, when: {quality: high}}"),
    "limit": f"{STEPS}  outputs: {{send: n, number: {{min: 1, max: 8}}}}\nlimits: [{{never: {{quality: mid, outputs: {{max: 2}}}}}}]\n",
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_an_option_that_no_rule_reads_is_tried_where_it_can_be(name: str) -> None:
    """It is tried beside a selection that is possible with it, which need not be the first."""
    table = _table(CONDITIONS[name])
    assert prove(table).failures == ()
    assert "sends null" in prove(_moved(table, "tone", ("list", 1))).failures[0]
