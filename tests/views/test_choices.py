"""The options that are not picked yet: their values that fit the picks, with prices and locks."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from imgrules import Rules, Status, ViolationCode, load
from imgrules.compiler.build import build, build_texts
from imgrules.views.catalog.catalog_records import OptionOffer
from imgrules.views.choices import choices

SHARED = """
language: 1
types:
  image:
    provider: {send: route.provider}
    model: {send: route.model}
    fields: {text: {send: text}}
    refused: {voice: images are silent}
gates:
  member: {opens_with: [member], label: {en: Members only, de: Nur für Mitglieder}}
  team: {opens_with: [staff], label: Teams only}
"""
HEAD = "name: Demo\ntype: image\nprovider: p\nmodel: m\n"


def rules(text: str) -> Rules:
    """Return the rules of one model, and check that they have no errors."""
    built = build_texts({"_shared": SHARED, "demo": HEAD + text})
    assert built.table is not None
    assert [error.message for error in built.report.errors] == []
    return Rules(built.table)


def rows(of: Rules, picked: dict[str, Any], *grants: str, at: str | None = None) -> dict[str, OptionOffer]:
    """Return the open options of the model `demo` by name."""
    return {row.name: row for row in choices(of.table, {"model": "demo", **picked}, grants, None, at)}


def value_rows(row: OptionOffer) -> list[tuple[str, str, Any, bool]]:
    """Return name, status, credits and `credits_vary` of each value of an option."""
    return [(value.name, value.status.value, value.credits, value.credits_vary) for value in row.values]


LISTED = rules(
    """
options:
  quality: {send: a, values: {low: {}, high: {gate: member}}}
  size: {send: b, values: [small, large]}
  tone: {send: c, values: [dark, light], default: dark}
credits: {by: [quality, size], table: {low: {small: 1, large: 2}, high: {small: 4, large: 4}}}
limits: [{never: {quality: low, size: large, tone: light}}]
gates: [{when: {size: large}, gate: team}]
examples: [{select: {quality: low, size: small}, expect: {status: allowed}}]
"""
)


def test_two_options_are_open() -> None:
    """A price that depends on another open option varies; a gate is shown where every completion meets it."""
    open_rows = rows(LISTED, {})
    assert list(open_rows) == ["quality", "size"]
    assert value_rows(open_rows["quality"]) == [("low", "allowed", None, True), ("high", "locked", 4, False)]
    assert value_rows(open_rows["size"]) == [("small", "allowed", None, True), ("large", "locked", None, True)]
    assert [gate.name for gate in open_rows["size"].values[1].gates] == ["team"]


def test_the_last_option_has_exact_prices() -> None:
    """A value that completes the selection has the price and the lock of the decision."""
    (row,) = rows(LISTED, {"quality": "low"}).values()
    assert value_rows(row) == [("small", "allowed", 1, False), ("large", "locked", 2, False)]
    (row,) = rows(LISTED, {"quality": "high"}, "member").values()
    assert value_rows(row) == [("small", "allowed", 4, False), ("large", "locked", 4, False)]


def test_what_does_not_go_with_the_rest_is_not_listed() -> None:
    """A value that a limit excludes together with the picks is left out."""
    (row,) = rows(LISTED, {"quality": "low", "tone": "light"}).values()
    assert [value.name for value in row.values] == ["small"]


@pytest.mark.parametrize("picked", [{}, {"quality": "low"}, {"size": "large", "tone": "light"}, {"tone": "light"}])
@pytest.mark.parametrize("grants", [(), ("member",), ("member", "staff")])
def test_every_value_agrees_with_the_decision(picked: dict[str, str], grants: tuple[str, ...]) -> None:
    """A value is listed if and only if the selection with it can be completed, and has the decision's price."""
    options = LISTED.table.models["demo"].options
    for name, row in rows(LISTED, picked, *grants).items():
        listed = {value.name: value for value in row.values}
        for value in options[name].values:
            tried = {"model": "demo", **picked, name: value}
            missing = [option for option in options if option not in tried]
            decisions = [
                LISTED.decide(tried | dict(zip(missing, values, strict=True)), grants)
                for values in product(*(options[option].values for option in missing))
            ]
            ends = [decision for decision in decisions if decision.status is not Status.IMPOSSIBLE]
            assert (value in listed) is bool(ends)
            decision = LISTED.decide(tried, grants)
            if decision.status is not Status.IMPOSSIBLE:
                offer = listed[value]
                assert (offer.status, offer.credits, offer.gates) == (decision.status, decision.credits, decision.gates)


def test_nothing_is_open_where_all_is_picked_or_has_a_default() -> None:
    """A complete selection, locked or not, has no open option."""
    assert rows(LISTED, {"quality": "low", "size": "small"}) == {}


@pytest.mark.parametrize("selection", [{}, None, 5, {"model": "other"}, {"model": 5}])
def test_no_model_no_choices(selection: object) -> None:
    """A selection without a known model has no open options and raises nothing."""
    assert choices(LISTED.table, selection) == ()


def test_what_is_wrong_is_left_aside() -> None:
    """A value that is not offered excludes no other value, and its own option is left to the decision's violations."""
    open_rows = rows(LISTED, {"quality": "nope", "voice": "x"})
    assert {name: value_rows(row) for name, row in open_rows.items()} == {
        "size": [("small", "allowed", None, True), ("large", "locked", None, True)]
    }


def test_picks_that_exclude_each_other_leave_the_rest_open() -> None:
    """If the picks conflict with each other, values that add no conflict are listed, without a price."""
    excluding = rules(
        "options: {a: {send: a, values: [x, y]}, b: {send: b, values: [x, y]}, c: {send: c, values: [x, y]}}\n"
        "limits: [{never: {a: x, b: x}}]\nexamples: [{select: {a: x, b: y, c: x}, expect: {status: allowed}}]\n"
    )
    assert value_rows(rows(excluding, {"a": "x", "b": "x"})["c"]) == [
        ("x", "allowed", None, True),
        ("y", "allowed", None, True),
    ]


RICH = rules(
    """
options:
  mode: {send: mode, values: [generate, edit]}
  strength: {send: strength, number: {min: 0, max: 1, step: any}, when: {mode: edit}}
  size: {send: size, values: [auto], size: {edge: {min: 64, max: 512, step: 64}}}
  note: {send: note, text: {min: 1, max: 9}}
  images: {send: images, list: {min: 1, max: 3}}
  tags: {send: tags, list: {min: 2, max: 2}, values: [ink, oil]}
  outputs: {send: count, number: {min: 1, max: 4}, default: 1}
credits: {base: {by: [mode], table: {generate: 2, edit: 3}}, each: outputs}
gates: [{when: {outputs: {min: 2}}, gate: member}]
examples: [{select: {mode: generate, size: auto, note: x, images: [a], tags: [ink, oil]}, expect: {status: allowed}}]
"""
)


def test_what_numbers_sizes_texts_and_lists_take() -> None:
    """Options of other kinds carry their bounds, beside their named values."""
    open_rows = rows(RICH, {"mode": "edit"})
    assert list(open_rows) == ["strength", "size", "note", "images", "tags"]
    strength, size, note = open_rows["strength"].number, open_rows["size"].size, open_rows["note"].text
    assert strength is not None
    assert (strength.min, strength.max, strength.step) == (0, 1, None)
    assert size is not None
    assert size.edge.step == 64
    assert [value.name for value in open_rows["size"].values] == ["auto"]
    assert note is not None
    assert note.longest == 9
    assert [value.name for value in open_rows["tags"].values] == ["ink", "oil"]
    assert {value.credits_vary for value in open_rows["tags"].values} == {True}


def test_an_option_that_is_not_there_is_not_open() -> None:
    """An option with a condition is open only if the picks meet the condition."""
    assert "strength" not in rows(RICH, {"mode": "generate"})
    assert "strength" not in rows(RICH, {})


def test_a_price_by_a_formula() -> None:
    """A price formula over numbers that are picked or have a default is exact before the selection is complete."""
    assert value_rows(rows(RICH, {})["mode"]) == [("generate", "allowed", 2, False), ("edit", "allowed", 3, False)]
    assert value_rows(rows(RICH, {"outputs": 3})["mode"]) == [("generate", "locked", 6, False), ("edit", "locked", 9, False)]
    assert value_rows(rows(RICH, {"outputs": "x"})["mode"]) == [
        ("generate", "allowed", None, True),
        ("edit", "allowed", None, True),
    ]


def test_what_a_limit_needs_is_open() -> None:
    """An optional option is open if a limit requires it with the picks, and not if a limit makes it ineffective."""
    needing = rules(
        "options:\n"
        "  size: {send: a, values: [auto, custom]}\n"
        "  width: {send: b, number: {min: 1, max: 9}, optional: true}\n"
        "  grade: {send: c, values: {x: {}, y: {gate: member}}, optional: true}\n"
        "limits: [{when: {size: custom}, needs: [width, grade]}, {when: {size: auto}, ignores: [width]}]\n"
        "examples: [{select: {size: auto}, expect: {status: allowed}}]\n"
    )
    open_rows = rows(needing, {"size": "custom"})
    assert list(open_rows) == ["width", "grade"]
    assert value_rows(open_rows["grade"]) == [("x", "allowed", None, False), ("y", "locked", None, False)]
    assert rows(needing, {"size": "auto"}) == {}


DATED = rules(
    """
options:
  quality:
    send: a
    values:
      old: {credits: 3, until: "2026-12-01", use: new}
      new: {credits: 8, badges: [{text: New, until: "2027-01-01"}], promotion: {credits: 5, until: "2027-01-01"}}
examples: [{select: {quality: new}, at: "2026-12-01", expect: {status: allowed}}]
"""
)


def test_the_moment_counts() -> None:
    """Retired values are not listed, and a promotional price comes with the regular one."""
    first, second = rows(DATED, {}, at="2026-11-22")["quality"].values
    assert (first.name, first.credits, first.regular) == ("old", 3, None)
    assert (second.credits, second.regular, [badge.text for badge in second.badges]) == (5, 8, ["New"])
    (promoted,) = rows(DATED, {}, at="2027-01-01")["quality"].values
    assert (promoted.name, promoted.credits, promoted.regular, promoted.badges) == ("new", 8, None, ())


def test_what_a_programmer_got_wrong_is_raised() -> None:
    """Invalid grants raise TypeError; an unreadable moment, or none where it is needed, raises ValueError."""
    with pytest.raises(TypeError):
        choices(LISTED.table, {"model": "demo"}, "member")
    with pytest.raises(ValueError, match="not a moment"):
        choices(LISTED.table, {"model": "demo"}, (), None, "tomorrow")
    with pytest.raises(ValueError, match="pass the moment"):
        choices(DATED.table, {"model": "demo"})


def test_the_face_answers_json() -> None:
    """`Rules.choices` returns plain values for `json.dumps`, with labels in the given language."""
    (row,) = LISTED.choices({"model": "demo", "quality": "high", "tone": "dark"}, (), "de")
    assert json.loads(json.dumps(row)) == row
    assert row["values"][0]["gates"][0]["label"] == "Nur für Mitglieder"
    assert load().choices({"model": "gpt-image-2", "ratio": "1:1"})[0]["values"][2]["credits"] == 20


def test_the_cookbook_agrees() -> None:
    """For real models, a value is listed if and only if all violations of the decision with it are missing fields."""
    built, at = build(Path(__file__).parents[2] / "docs" / "cookbook"), "2026-01-15"
    assert built.table is not None
    of, compared = Rules(built.table), 0
    for name, model in of.table.models.items():
        for row in choices(of.table, {"model": name}, (), None, at):
            listed = {value.name: value for value in row.values}
            for value in model.options[row.name].values:
                decision = of.decide({"model": name, row.name: value}, (), None, at)
                faults = {violation.code for violation in decision.violations}
                assert (value in listed) is (faults <= {ViolationCode.MISSING_FIELD}), (name, row.name, value)
                if not faults:
                    assert (listed[value].credits, listed[value].status) == (decision.credits, decision.status)
                    compared += 1
    assert compared > 10


QUARREL = rules(
    """
options:
  quality: {send: a, values: [low, high]}
  size: {send: b, values: [small, large]}
  format: {send: c, values: [jpeg, png]}
limits:
  - {never: {quality: low, size: large}}
  - {never: {quality: low, format: png}}
examples: [{select: {quality: low, size: small, format: jpeg}, expect: {status: allowed}}]
"""
)


def test_a_quarrel_that_is_there_already() -> None:
    """A value is left out because of the limits that it breaks itself, not those that the picks already break."""
    open_ = rows(QUARREL, {"quality": "low", "size": "large"})
    assert {name: [value.name for value in row.values] for name, row in open_.items()} == {"format": ["jpeg"]}


CAPPED = """
language: 1
types: {image: {model: {send: m}, fields: {most: {send: most, cap: true, optional: true}}}}
"""


def test_a_cap_shows_what_costs_more() -> None:
    """A value that costs more than the cap in every combination is impossible and has its price; else only the rest counts."""
    text = """
model: demo
options: {quality: {send: a, values: [low, high, best]}, size: {send: b, values: [small, large]}, count: {send: n, number: {min: 1, max: 4}, default: 1}}
credits:
  base: {by: [quality, size], table: {low: {small: 1, large: 3}, high: {small: 4, large: 9}, best: unknown}}
  each: count
"""
    table = build_texts({"_shared": CAPPED, "demo": text}).table
    assert table is not None
    of = Rules(table)
    assert value_rows(rows(of, {"most": 3})["quality"]) == [
        ("low", "allowed", None, True),
        ("high", "impossible", None, True),
        ("best", "impossible", None, False),
    ]
    assert value_rows(rows(of, {"most": 2})["quality"])[0] == ("low", "allowed", 1, False)
    assert value_rows(rows(of, {"quality": "low", "most": 2})["size"]) == [
        ("small", "allowed", 1, False),
        ("large", "impossible", 3, False),
    ]
    assert value_rows(rows(of, {"quality": "low", "count": 3, "most": 2})["size"])[0] == ("small", "impossible", 3, False)
    assert value_rows(rows(of, {"quality": "low", "most": "cheap"})["size"])[1] == ("large", "allowed", 3, False)
