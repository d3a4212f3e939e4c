"""A spec becomes the table that it means: defaults filled in, options multiplied out, prices and gates in their cells."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

from imgrules.compiler.build import Build, build_texts
from imgrules.table.options import Badge
from imgrules.table.records import Cell, Field, Gate, Model, Result, Send, Table
from imgrules.table.terms import Text


def _table(built: Build) -> Table:
    assert built.report.errors == ()
    assert built.table is not None
    return built.table


def _nano(built: Build) -> Model:
    return _table(built).models["nano"]


def test_cells(build_with: Callable[..., Build]) -> None:
    """Each combination is one cell, in author's order, with the price and the gate of its values."""
    assert _nano(build_with()).cells == (
        Cell(("16:9", "low"), 5),
        Cell(("16:9", "high"), 8, ("member",)),
        Cell(("1:1", "low"), 5),
        Cell(("1:1", "high"), 8, ("member",)),
    )


def test_gates_of_a_cell(build_with: Callable[..., Build]) -> None:
    """A cell of two gated values has both gates, and one gate named twice counts once."""
    gated = ('["16:9", "1:1"]', '{"16:9": {gate: member}, "1:1": {}}')
    assert [cell.gates for cell in _nano(build_with(gated)).cells] == [("member",), ("member",), (), ("member",)]
    staff = ("gates:", "gates:\n  staff: {opens_with: [staff], label: {en: Staff}}")
    both = ('["16:9", "1:1"]', '{"16:9": {gate: staff}, "1:1": {}}')
    assert [cell.gates for cell in _nano(build_with(both, shared=[staff])).cells] == [
        ("staff",),
        ("staff", "member"),
        (),
        ("member",),
    ]


def test_unknown_price(build_with: Callable[..., Build]) -> None:
    """A price that is unknown or not stated is None; 0 is a price."""
    unknown = _nano(build_with(("credits: 5}\n", "credits: unknown}\n"), ("credits: 5}}", "credits: unknown}}")))
    assert [cell.credits for cell in unknown.cells] == [None, 8, None, 8]
    free = _nano(build_with(("credits: 5}\n", "credits: 0}\n"), ("credits: 5}}", "credits: 0}}")))
    assert [cell.credits for cell in free.cells] == [0, 8, 0, 8]
    silent = _nano(build_with((", credits: 8", ""), (", credits: 5}\n", "}\n"), (", credits: 5}}", "}}")))
    assert [cell.credits for cell in silent.cells] == [None] * 4


def test_price_is_exact(build_with: Callable[..., Build]) -> None:
    """A whole price is an int; any other is the shortest exact Decimal."""
    cells = _nano(build_with(("credits: 8", "credits: 8.50"), ("credits: 5}\n", "credits: 5.0}\n"))).cells
    assert [str(cell.credits) for cell in cells] == ["5", "8.5", "5", "8.5"]
    assert type(cells[0].credits) is int
    assert type(cells[1].credits) is Decimal


def test_large_price(build_with: Callable[..., Build]) -> None:
    """The greatest price is a whole number without an exponent."""
    cells = _nano(build_with(("credits: 8", "credits: 1.0e9"))).cells
    assert repr(cells[1].credits) == "1000000000"


def test_labels(build_with: Callable[..., Build]) -> None:
    """An option has its own label, else the shared one, else its name; a value without a label has its name."""
    options = _nano(build_with(("  quality:\n", "  quality:\n    label: Grade\n"))).options
    assert options["ratio"].label == {"en": "Ratio"}
    assert options["quality"].label == "Grade"
    assert options["ratio"].values["1:1"].label == "1:1"
    assert options["quality"].values["low"].label == "Basic"
    own = ("  ratio:\n", "  seed: {send: s, values: [a]}\n  ratio:\n")
    assert _nano(build_with(own, ("{ratio:", "{seed: a, ratio:"))).options["seed"].label == "seed"


def test_body(build_with: Callable[..., Build]) -> None:
    """Constants, fields, provider, model and options are sent in this order, each option at its own path."""
    assert _nano(build_with(("  quality:\n", "  quality:\n    send: top.quality\n"))).body == (
        Send(("type",), None, "image"),
        Send(("prompt",), "prompt"),
        Send(("image_generation", "provider"), None, "gemini"),
        Send(("image_generation", "model"), None, "nano"),
        Send(("output", "ratio"), "ratio"),
        Send(("top", "quality"), "quality"),
    )


def test_default(build_with: Callable[..., Build]) -> None:
    """A declared default is kept, and an option without one has none."""
    options = _nano(build_with(("  quality:\n", "  quality:\n    default: low\n"))).options
    assert (options["ratio"].default, options["quality"].default) == (None, "low")


def test_badges(build_with: Callable[..., Build]) -> None:
    """Badges of a model and of a value keep their order."""
    top = ("name: Nano", "name: Nano\nbadges: [{text: New, style: launch}, {text: {en: Hot}}]")
    model = _nano(build_with(top, ("label: Basic", "label: Basic, badges: [{text: Sale}]")))
    assert model.badges == (Badge("New", "launch"), Badge({"en": "Hot"}))
    assert model.options["quality"].values["low"].badges == (Badge("Sale"),)
    assert model.options["quality"].values["high"].badges == ()


def test_shared(build_with: Callable[..., Build]) -> None:
    """Gates, fields and refused fields are those of the shared file."""
    table = _table(build_with())
    assert table.gates == {"member": Gate("member", ("member",), {"en": "Members only"})}
    assert table.types["image"].fields == {"prompt": Field("prompt", required=True, text=Text(1, 100))}
    assert table.types["image"].refused == {"style": "images have no style control"}


def test_field_without_bounds(build_with: Callable[..., Build]) -> None:
    """A field without further keys is required and of any length."""
    table = _table(build_with(shared=[("{send: prompt, text: {min: 1, max: 100}}", "{send: prompt}")]))
    assert table.types["image"].fields["prompt"] == Field("prompt", required=True)


def test_result(build_with: Callable[..., Build]) -> None:
    """Paths of a result are split at the dots; parts that are not declared are absent."""
    assert _table(build_with()).result == Result(("status",), ("queued",), ("ready",), ("failed",), ("main_url",))
    more = ("{read: main_url}", "{read: out.main}\n  thumbnail: {read: t}\n  artifacts: {read: all.of, url: links.self}")
    result = _table(build_with(shared=[more])).result
    assert result is not None
    assert (result.main, result.thumbnail) == (("out", "main"), ("t",))
    assert (result.artifacts, result.artifact_url) == (("all", "of"), ("links", "self"))
    bare = _table(build_with(shared=[("{read: main_url}", "{read: m}\n  artifacts: {read: a}")])).result
    assert bare is not None
    assert (bare.artifacts, bare.artifact_url) == (("a",), None)


def test_bare_shared_file(build_with: Callable[..., Build]) -> None:
    """A shared file without gates and result is enough for a model without gates."""
    text = (
        "result:\n  state: {read: status, running: [queued], succeeded: [ready], failed: [failed]}\n  main: {read: main_url}\n"
    )
    gates = "gates:\n  member: {opens_with: [member], label: {en: Members only}}\n"
    table = _table(build_with((", gate: member", ""), shared=[(text, ""), (gates, "")]))
    assert (table.gates, table.result) == ({}, None)


def test_model_without_options(build_with: Callable[..., Build]) -> None:
    """A model without options has one combination."""
    text = 'options:\n  ratio:\n    values: ["16:9", "1:1"]\n  quality:\n    values:\n      low: {label: Basic, credits: 5}\n'
    text += "      high: {label: Premium, credits: 8, gate: member}\n"
    example = '{ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}'
    assert _nano(build_with((text, "options: {}\n"), (example, "{}, expect: {credits: unknown}"))).cells == (Cell(()),)


def test_a_default_by_a_table_may_be_true(build_with: Callable[..., Build]) -> None:
    """True and false in a table of defaults become the words `true` and `false`, as in a single default."""
    switch = "  mark: {send: mark, values: [true, false], default: {by: [quality], table: {low: true, high: false}}}\n"
    built = build_with(("options:\n", f"options:\n{switch}"))
    assert built.table is not None
    defaults = built.table.models["nano"].options["mark"].defaults
    assert defaults is not None
    assert defaults.table == {"low": "true", "high": "false"}


def test_a_gate_that_depends_on_something_else_changes_no_combination() -> None:
    """Combinations have the gates of the rules about listed options; a rule about another option stays a rule."""
    seed = {"number": {"min": 1, "max": 9}, "optional": True, "send": "seed"}
    model = {
        "name": "M",
        "type": "image",
        "provider": "p",
        "model": "m",
        "options": {"tone": {"values": ["dark", "light"], "send": "tone"}, "seed": seed},
        "gates": [{"when": {"tone": "dark"}, "gate": "one"}],
    }
    shared = {
        "language": 1,
        "gates": {gate: {"opens_with": [gate], "label": gate} for gate in ("one", "two")},
        "types": {"image": {"provider": {"send": "provider"}, "model": {"send": "model"}}},
    }
    for more in ([], [{"when": {"seed": {"not": "(none)"}}, "gate": "two"}]):
        built = build_texts({"_shared": json.dumps(shared), "m": json.dumps({**model, "gates": [*model["gates"], *more]})})
        assert built.report.errors == ()
        assert built.table is not None
        lowered = built.table.models["m"]
        assert [cell.gates for cell in lowered.cells] == [("one",), ()]
        assert [rule.gates for rule in lowered.gates] == [("two",)] * len(more)
