"""The runs of examples are kept with their values, so many long values in one model are a mistake, and few are none."""

from __future__ import annotations

from pathlib import Path

from imgrules.compiler.build import build

SHARED = "language: 1\ntypes:\n  t: {provider: {send: by}, model: {send: model}, fields: {prompt: {send: prompt, text: {}}}}\n"
MODEL = """\
name: Long
provider: p
model: m
options:
  number: {send: number, number: {min: 1, max: 1000}}
examples:
  - {select: {prompt: {length: 100000}}, over: {number: [%s]}, expect: {status: allowed}}
"""


def test_many_long_runs_are_a_mistake(tmp_path: Path) -> None:
    """A hundred runs of the greatest length are run; one more is a mistake that is found before any of them."""
    (tmp_path / "_shared.yaml").write_text(SHARED)
    for runs, codes in ((100, []), (101, ["IR340"])):
        (tmp_path / "long.yaml").write_text(MODEL % ", ".join(map(str, range(1, runs + 1))))
        assert [error.code.id for error in build(tmp_path).report.errors] == codes
