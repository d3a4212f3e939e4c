"""Sample selections of a model are possible ones, and reach what only some combinations need."""

from __future__ import annotations

from imgrules.compiler.build import build_texts
from imgrules.compiler.samples.sample_selections import trials

SHARED = "language: 1\ntypes: {t: {model: {send: model}}}\n"
MODEL = """\
model: m
options:
  quality: {send: q, values: {low: {credits: 1}, high: {credits: 2}}}
  a: {send: a, number: {min: 1, max: 9}, default: {by: quality, table: {low: 1}}}
  b: {send: b, number: {min: 1, max: 9}, default: {by: quality, table: {low: 1}}}
  c: {send: c, number: {min: 1, max: 9}, optional: true}
"""


def test_an_option_without_its_default_is_picked_beside_every_other() -> None:
    """Where two default tables give nothing, the values of another option are tried with both options picked."""
    table = build_texts({"_shared": SHARED, "m": MODEL}).table
    assert table is not None
    model = table.models["m"]
    tried = [dict(trial.picked) for trial in trials(model, model.cells)]
    assert {"quality": "low", "c": 2} in tried
    assert {"quality": "high", "a": 1, "b": 1} in tried
    assert {"quality": "high", "a": 1, "b": 1, "c": 2} in tried
    assert {"quality": "high", "a": 2, "b": 1} in tried


CAPPED = """\
model: m
options:
  quality: {send: q, values: {low: {credits: 1}, high: {credits: 2}}}
  a: {send: a, number: {min: 1, max: 9}, default: {by: quality, table: {low: 1}}}
  steps: {send: steps, number: {min: 1, max: 9}, optional: true}
  more: {send: more, number: {min: 1, max: 9}, optional: true}
credits: {plus: [{credits: 1, per: steps}, {credits: 1, per: more}]}
"""


def test_a_check_tries_what_needs_a_pick() -> None:
    """Prices of a combination whose default table gives nothing are compared like those of others."""
    table = build_texts({"_shared": SHARED, "m": CAPPED}).table
    assert table is not None
    model = table.models["m"]
    by_quality = {
        quality: {trial.credits for trial in trials(model, model.cells) if trial.values["quality"] == quality}
        for quality in ("low", "high")
    }
    assert {credits_ + 1 for credits_ in by_quality["low"] if credits_ is not None} == by_quality["high"]
