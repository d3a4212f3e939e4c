"""The values of an option that are tried one after the other are resolved as if each were picked alone."""

from __future__ import annotations

import pytest

from imgrules.compiler.build import build_texts
from imgrules.engine.resolve import picks
from imgrules.refusals.value_trials import trials
from imgrules.table.records import Model

SHARED = "language: 1\ntypes: {image: {provider: {send: p}, model: {send: m}}}\n"
MODEL = """
name: M
type: image
provider: p
model: m
options:
  kind: {send: k, values: [photo, sketch, none]}
  size: {send: s, values: [2048x2048, 512x512, 64x64]}
  tier: {of: size, measure: longest, values: {small: {max: 100}, large: {min: 101}}}
  grain: {send: g, values: [fine, rough], when: {tier: large}}
  depth: {send: d, number: {min: 1, max: 9}, when: {kind: photo, grain: fine}}
  ink: {send: i, values: [black, blue], default: {by: kind, table: {sketch: blue, photo: black, none: black}}}
  seed: {send: n, number: {min: 0}, optional: true, when: {kind: {not: none}}}
"""
PICKED = {
    "nothing": {},
    "what depends on it": {"grain": "fine", "depth": 3},
    "what depends on another": {"size": "512x512", "seed": 7},
    "everything": {"kind": "photo", "size": "2048x2048", "grain": "rough", "depth": 3, "ink": "blue", "seed": 7},
}


def model() -> Model:
    """Return a model with options that hang on others: computed, by a condition, and by their default."""
    built = build_texts({"_shared": SHARED, "m": MODEL})
    assert built.table is not None
    assert not built.report.errors
    return built.table.models["m"]


@pytest.mark.parametrize("wrong", [(), ("grain",), ("depth", "seed")], ids=["", "grain", "depth and seed"])
@pytest.mark.parametrize("picked", PICKED.values(), ids=PICKED)
def test_each_value_is_resolved_as_alone(picked: dict[str, object], wrong: tuple[str, ...]) -> None:
    """What is present, missing, misplaced or unknown with a value is the same as if all options were resolved again."""
    of, compared = model(), 0
    for option in of.options.values():
        if option.follows is None and option.listed:
            trial = trials(of, picked, wrong, option)
            for value in option.values:
                tried, alone = trial.picks(value), picks(of, {**picked, option.name: value}, wrong)
                assert (tried.values, tried.open, tried.missing) == (alone.values, alone.open, alone.missing)
                assert sorted(tried.misplaced) == sorted(alone.misplaced)
                compared += bool(trial.rest)
    assert compared >= len(of.options["kind"].values) + len(of.options["size"].values)
