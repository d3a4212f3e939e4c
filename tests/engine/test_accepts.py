"""`accepts` agrees with the search for faults: at every bound of every kind of rule, and next to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from imgrules.engine.normalize import canonical
from imgrules.engine.plan.accepts import accepts, accepts_text
from imgrules.engine.request_caps import ENTRIES
from imgrules.refusals.faults import option_faults, text_faults
from imgrules.table.options import Option
from imgrules.table.records import Model
from imgrules.table.terms import Absence, Alias, Length, Numbers, Ratios, Sizes, Text
from tests.engine.rich import values

AT = "2026-11-27T00:00:00Z"
GONE = {"old": Absence("2026-01-01T00:00:00Z", retired=True)}
OTHER = (Alias("c", "a"), Alias("b", "a"))
"""Aliases of a value; one of them is also the name of a value, which takes precedence."""

HALF = Decimal("0.5")
NUMBERS = [
    Numbers(1, 9, 2),
    Numbers(0, 10, 5),
    Numbers(None, 3),
    Numbers(0, 5, None),
    Numbers(HALF, Decimal("2.5"), HALF),
    Numbers(1, 4, HALF),
    Numbers(Decimal("0.1"), Decimal("0.3"), None),
    Numbers(0, 1, Decimal("0.1")),
]
SIZES = [
    Sizes(Numbers(64, 256, 64)),
    Sizes(Numbers(96, 256, 64)),
    Sizes(Numbers(64, 256), Numbers(64 * 128, 192 * 192)),
    Sizes(Numbers(64, 256, 32), Numbers(4096, None, 8192)),
    Sizes(Numbers(64, 256), ratio=Ratios("1:2", "2:1")),
    Sizes(Numbers(64, 256), ratio=Ratios(None, "3:2")),
    Sizes(Numbers(64, 256, Decimal(32))),
    Sizes(Numbers(64, 256, Decimal("31.5"))),
]
LISTS = [
    Option("x", "X", many=Numbers(1, 5, 2), text=Text(1, 3)),
    Option("x", "X", many=Numbers(1, 3)),
    Option("x", "X", many=Numbers(0), text=Text(1)),
    Option("x", "X", values("a", "b"), many=Numbers(0, 3), aliases=OTHER),
    Option("x", "X", values("a", "b"), many=Numbers(0, 3), gone=GONE),
    Option("x", "X", values("a"), many=Numbers(0, 3), text=Text(1, 3), aliases=(Alias("c", "a"),)),
    Option("x", "X", many=Numbers(0, 3), gone=GONE),
]
NAMED = [
    Option("x", "X", values("true", "false"), switch=True),
    Option("x", "X", values("true"), switch=True),
    Option("x", "X", values("a", "b"), aliases=OTHER, gone=GONE),
    Option("x", "X", values("a", "b"), text=Text(1, 3), aliases=OTHER),
    Option("x", "X", values("a", "b"), text=Text(1, 3), gone=GONE),
    Option("x", "X", text=Text(1, 3), gone=GONE),
    Option("x", "X", values("a", "b"), number=Numbers(0, 9), gone=GONE),
]
TEXTS = [
    (Length(),),
    (Length(2, 5),),
    (Length(1, 3, "words"),),
    (Length(0, 5, "bytes"),),
    (Length(2), Length(0, 4)),
    (Length(1, 6), Length(0, 2, "words"), Length(0, 5, "bytes")),
]
WRITTEN = ["", "a", "b", "c", "ab", "abc", "abcd", "abcde", "abcdef", "a b", "a b c", "ä", "äöü", "a\ud800", "old", "true"]
ODD: list[Any] = [None, True, False, 0, 1, 1.0, float("nan"), float("inf"), Decimal("NaN"), [], ["a"], {}, ("a",), b"a"]


def numbers() -> Iterator[Any]:
    """Yield numbers of every type, at bounds and steps and between them."""
    for number in range(-2, 24):
        yield number
        yield number / 2
        yield Decimal(number) / 4
        yield number / 20
    yield from (0.1 + 0.2, 0.30000000000000004, 0.09999999999999999, 10**30, -0.0, "1")


def lists() -> Iterator[Any]:
    """Yield lists of every length around a bound, with each kind of entry at each index."""
    for many in range(7):
        yield ["a"] * many
        yield ("a",) * many
    for entry in (*WRITTEN, None, 5, ["a"]):
        yield [entry]
        yield ["a", "b", entry]
    yield from ([entry] * ENTRIES for entry in WRITTEN[1:2])
    yield ["a"] * (ENTRIES + 1)


def wrong_of(option: Option, candidates: list[Any]) -> list[Any]:
    """Return the candidates about which `accepts` and `option_faults` disagree."""
    model, accept, differing = Model("m", "M", "t", {"x": option}, (), ()), accepts(option), []
    for value in candidates:
        own, notes = canonical(model, {"x": value}, AT)
        is_wrong = bool(notes) or any(option_faults(option, own["x"]))
        accepted = accept(value)
        if (accepted is None) != is_wrong or (accepted is not None and accepted != own["x"]):
            differing.append(value)
    return differing


@pytest.mark.parametrize("rule", NUMBERS, ids=str)
def test_numbers(rule: Numbers) -> None:
    """A number is accepted if and only if it has no fault, as an integer, a float or a decimal."""
    assert wrong_of(Option("x", "X", number=rule), [*numbers(), *ODD]) == []


@pytest.mark.parametrize("rule", SIZES, ids=str)
def test_sizes(rule: Sizes) -> None:
    """A size is accepted if and only if its edges, area and aspect ratio have no fault."""
    edges = [48, 63, 64, 65, 80, 96, 97, 127, 128, 160, 192, 224, 255, 256, 257]
    sizes = [f"{width}x{height}" for width, height in product(edges, edges)]
    assert wrong_of(Option("x", "X", size=rule), [*sizes, "64", "64x", "064x64", "64X64", *ODD]) == []


@pytest.mark.parametrize("rule", [Ratios("1:2", "2:1"), Ratios("3:4", None), Ratios(None, "16:9")], ids=str)
def test_ratios(rule: Ratios) -> None:
    """An aspect ratio is accepted if and only if it has no fault, at either bound."""
    ratios = [f"{width}:{height}" for width, height in product(range(1, 20), range(1, 20))]
    assert wrong_of(Option("x", "X", ratio=rule), [*ratios, "1:0", "1x1", *ODD]) == []


@pytest.mark.parametrize("option", LISTS, ids=str)
def test_lists(option: Option) -> None:
    """A list is accepted if and only if its length and its entries, aliases and retired ones included, have no fault."""
    assert wrong_of(option, [*lists(), *WRITTEN, *ODD]) == []


@pytest.mark.parametrize("option", NAMED, ids=str)
def test_named_values(option: Option) -> None:
    """A retired value or an alias is not accepted by a rule for numbers or texts beside the named values."""
    assert wrong_of(option, [*WRITTEN, *ODD]) == []


@pytest.mark.parametrize("rules", TEXTS, ids=str)
def test_texts(rules: tuple[Length, ...]) -> None:
    """A text is accepted if and only if it keeps every rule, each in its unit."""
    accept = accepts_text(rules)
    assert [value for value in [*WRITTEN, *ODD] if (accept(value) is None) != any(text_faults(rules, value))] == []
