"""Every command that prints a price prints what it is in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHARED = """\
language: 1
currency: USD
types:
  image: {provider: {send: provider}, model: {send: model}}
"""
VALUES = """\
name: Values
type: image
provider: p
model: values
options:
  quality: {send: quality, values: {low: {credits: 0.03}, medium: {credits: about 0.05}, high: {credits: unknown}}}
"""
FORMULA = """\
name: Formula
type: image
provider: p
model: formula
options:
  outputs: {send: count, number: {min: 1, max: 4}}
credits:
  - {credits: {base: 0.5, each: outputs}, until: "2027-01-01"}
  - {credits: about 2.5, from: "2027-01-01"}
"""


@pytest.fixture
def dollars(workdir: Path) -> Path:
    """Return a folder of rules whose prices are in US dollars."""
    folder = workdir / "dollars"
    folder.mkdir()
    for name, text in (("_shared", SHARED), ("values", VALUES), ("formula", FORMULA)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("decide", "values", "--quality", "low"), ["allowed values quality low: 0.03 USD"]),
        (("decide", "values", "--quality", "high"), ["allowed values quality high: price unknown"]),
        (("decide", "values", "--quality", "medium"), ["allowed values quality medium: about 0.05 USD"]),
        (("decide", "values"), ["  still open: quality  low, 0.03 USD · medium, about 0.05 USD · high"]),
        (
            ("catalog", "--format", "text"),
            ["  quality  low, 0.03 USD · medium, about 0.05 USD · high", "  price    0.5 USD, for each of outputs"],
        ),
        (("calendar",), ["    every combination: base price 0.5 -> about 2.5 USD, 1 combination"]),
    ],
)
def test_a_currency_is_printed(dollars: Path, call: Callable[..., Any], words: tuple[str, ...], lines: list[str]) -> None:
    """A price in money has its code beside it, wherever it is printed."""
    out = call(*words, "--rules", str(dollars), "--at", "2026-11-01").out.splitlines()
    assert [line for line in lines if line not in out] == []


def test_a_cap_is_typed_as_a_number(dollars: Path, call: Callable[..., Any]) -> None:
    """A numeric text for a cap is read as a number, and the answer says what the selection costs."""
    shared = dollars / "_shared.yaml"
    shared.write_text(
        SHARED.replace(
            "model: {send: model}}", "model: {send: model}, fields: {most: {send: most, cap: true, optional: true}}}"
        )
    )
    words = ("decide", "values", "--quality", "low", "--rules", str(dollars), "--at", "2026-11-01")
    assert call(*words, "--set", "most=0.03").out.startswith("allowed values quality low: 0.03 USD\n")
    assert "most is `0.02`, but this selection costs 0.03 USD" in call(*words, "--set", "most=0.02").out


def test_a_currency_is_in_every_document(dollars: Path, call: Callable[..., Any]) -> None:
    """Decision, catalog and calendar say in JSON what their prices are in."""
    for words in (("decide", "values", "--quality", "low"), ("decide", "values"), ("catalog",), ("calendar",)):
        document = json.loads(call(*words, "--rules", str(dollars), "--at", "2026-11-01", "--format", "json").out)
        assert document["currency"] == "USD"
