"""A price a hundred times too high or too low is reported beside prices that are right, and no price that somebody meant is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from imgrules.compiler.build import build_texts
from tests.packaged import ROOT

SETS = ("rules", "docs/cookbook", "docs/cookbook/usd")
SHARED = "language: 1\ntypes: {image: {}}\n"
NANO = """
name: Nano
type: image
provider: gemini
model: nano
options:
  quality: {send: output.q, values: {low: {credits: LOW}, high: {credits: HIGH}}}
"""
_PRICE = re.compile(r"(?<=\bcredits: )[\d.]+")


def _jumps(texts: dict[str, str]) -> int:
    return sum(found.code.id == "IR322" for found in build_texts(texts).report.diagnostics)


def _texts(folder: str) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (ROOT / folder).glob("*.yaml")}


@pytest.mark.parametrize("folder", SETS)
def test_silent(folder: str) -> None:
    """None of the prices in the repository is far from its neighbours."""
    assert not _jumps(_texts(folder))


def _wrong(text: str, factor: Decimal) -> Iterator[str]:
    for price in _PRICE.finditer(text, 0, text.index("examples:")):
        yield f"{text[: price.start()]}{Decimal(price[0]) * factor}{text[price.end() :]}"


@pytest.mark.parametrize("factor", [Decimal(100), Decimal("0.01")], ids=["hundredfold", "a hundredth"])
def test_packaged(factor: Decimal) -> None:
    """Each price of the packaged rules is reported when it is a hundred times as much, or a hundredth."""
    texts = _texts("rules")
    wrong = [{**texts, stem: edited} for stem in ("gpt-image-2", "nano-banana-2") for edited in _wrong(texts[stem], factor)]
    assert len(wrong) == 3  # one for each quality with a price
    assert all(map(_jumps, wrong))


@pytest.mark.parametrize(("low", "high"), [(1, 600), (1, 6), (100, 6), (1, 9), (1, 900), (100, 9)])
def test_beside_another_price(low: int, high: int) -> None:
    """A hundredfold price is seen beside one that is up to ten times as much or as little."""
    texts = {"_shared": SHARED, "nano": NANO.replace("LOW", str(low)).replace("HIGH", str(high))}
    assert bool(_jumps(texts)) is (100 in {low, high} or high >= 100)
