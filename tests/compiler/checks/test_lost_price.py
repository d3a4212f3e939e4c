"""A value that costs nothing for want of a row is reported, and none that something else gives a price."""

from __future__ import annotations

import pytest

from imgrules.compiler.build import build_texts
from tests.packaged import ROOT

SETS = ("rules", "docs/cookbook", "docs/cookbook/usd")
SHARED = "language: 1\ntypes: {image: {provider: {send: provider}, model: {send: model}}}\n"
NANO = "name: Nano\ntype: image\nprovider: gemini\nmodel: nano\noptions:\n"
MEANT = {
    "price_of_another": (
        "  quality: {send: output.q, values: [low, ultra]}\n  size: {send: output.s, values: [S, L]}\n",
        "{base: 0, plus: [{credits: {by: quality, table: {low: 3}}}, {credits: {by: size, table: {S: 1, L: 2}}}]}",
        "",
    ),
    "condition": (
        "  quality: {send: output.q, values: [low, ultra]}\n",
        "{base: 0, plus: [{credits: {by: quality, table: {low: 3}}}, {credits: 4, when: {quality: ultra}}]}",
        "",
    ),
    "row_of_zero": (
        "  quality: {send: output.q, values: [low, ultra]}\n",
        "{base: 0, plus: [{credits: {by: quality, table: {low: 3, ultra: 0}}}]}",
        "",
    ),
    "not_sold": (
        "  quality: {send: output.q, values: [low, ultra]}\n  size: {send: output.s, values: [S, L]}\n",
        "{base: 0, plus: [{credits: {by: [quality, size], table: {low: {S: 1, L: 2}, ultra: {S: 4}}}}]}",
        "limits: [{never: {quality: ultra, size: L}}]\n",
    ),
    "base_above_zero": (
        "  quality: {send: output.q, values: [low, ultra]}\n",
        "{base: 1, plus: [{credits: {by: quality, table: {low: 3}}}]}",
        "",
    ),
    "decided_by_a_fact": (
        "  quality: {send: output.q, values: [low, ultra]}\n",
        "{base: 0, plus: [{credits: {by: quality, table: {low: 3, ultra: 4}}, when: {left: 0}}]}",
        "facts: {left: {number: {min: 0, max: 9}}}\n",
    ),
    "table_of_a_fact": (
        "  quality: {send: output.q, values: [low, ultra]}\n",
        "{base: 0, plus: [{credits: {by: plan, table: {free: 3}}}]}",
        "facts: {plan: {values: [free, paid]}}\n",
    ),
}


def _found(texts: dict[str, str]) -> list[str]:
    return [found.message for found in build_texts(texts).report.diagnostics if found.code.id == "IR327"]


@pytest.mark.parametrize("folder", SETS)
def test_silent(folder: str) -> None:
    """No table of surcharges in the repository lacks a price."""
    assert not _found({path.stem: path.read_text("utf-8") for path in (ROOT / folder).glob("*.yaml")})


@pytest.mark.parametrize("case", MEANT)
def test_meant(case: str) -> None:
    """A missing row is no mistake where the base, another surcharge or a limit answers for it, and neither is a row of 0."""
    options, price, more = MEANT[case]
    assert _found({"_shared": SHARED, "nano": f"{NANO}{options}credits: {price}\n{more}"}) == []


def test_periods() -> None:
    """What is missing in two periods is reported once, and each price that lacks it by itself."""
    lacking = "{base: 0, plus: [{credits: {by: quality, table: {low: 3}}}]}"
    options = '  quality: {send: q, values: {low: {}, ultra: {}, old: {until: "2027-06-01", use: low}}}\n'
    one = _found({"_shared": SHARED, "nano": f"{NANO}{options}credits: {lacking}\n"})
    assert one == ["no row for `ultra`, nor for `old`, so the price can be 0 there; `low` adds 3"]


def test_needed_references() -> None:
    """A surcharge for each reference is a price where a limit asks for references."""
    options = "  quality: {send: q, values: [low, ultra]}\n  references: {send: r, list: {max: 4}, optional: true}\n"
    price = "{base: 0, plus: [{credits: {by: quality, table: {low: 3}}}, {credits: 1, per: references}]}"
    limit = "limits: [{when: {quality: ultra}, needs: references}]\n"
    assert _found({"_shared": SHARED, "nano": f"{NANO}{options}credits: {price}\n{limit}"}) == []
    assert len(_found({"_shared": SHARED, "nano": f"{NANO}{options}credits: {price}\n"})) == 1
