"""A price formula is exact to the last digit, and unknown if any part that applies is unknown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.engine import pricing
from imgrules.table.amounts import Amount
from imgrules.table.options import Option, Value
from imgrules.table.records import Formula, Line, Model
from imgrules.table.terms import Credits, Lookup, Numbers, Test

MODEL = Model(
    "m",
    "M",
    "t",
    {
        "grade": Option("grade", "Grade", {name: Value(name, name) for name in ("low", "high")}),
        "count": Option("count", "Count", number=Numbers(0, 9), optional=True),
        "share": Option("share", "Share", number=Numbers(0, 9, None), optional=True),
        "list": Option("list", "List", many=Numbers(0, 9), optional=True),
    },
    (),
    (),
)
HIGH = (Test("grade", any=("high",)),)
THREE = {"grade": "high", "count": 3, "list": ["a", "b", "c"]}


def price(model: Model, formula: Formula, base: Credits | None, values: dict[str, Any]) -> Credits | None:
    """Return the number of a price whose base is exact."""
    return pricing.price(model, formula, Amount(base), values).credits


@pytest.mark.parametrize(
    ("formula", "base", "values", "total"),
    [
        (Formula(), 5, {}, 5),
        (Formula(), Decimal("0.5"), {}, Decimal("0.5")),
        (Formula(), 0, {}, 0),
        (Formula((Line(2),)), 5, {}, 10),
        (Formula((Line(Decimal("1.5")), Line(2))), 5, {}, 15),
        (Formula((Line(2, when=HIGH),)), 5, {"grade": "low"}, 5),
        (Formula((Line(2, when=HIGH),)), 5, THREE, 10),
        (Formula((Line(0),)), 5, {}, 0),
        (Formula((Line(lookup=Lookup(("grade",), {"high": Decimal("2.5")})),)), 2, THREE, 5),
        (Formula((Line(lookup=Lookup(("grade",), {"high": Decimal("2.5")})),)), 2, {"grade": "low"}, 2),
        (Formula((Line(lookup=Lookup(("grade",), {"high": 3})),)), 2, {}, 2),
        (Formula(plus=(Line(Decimal("0.5")),)), 2, {}, Decimal("2.5")),
        (Formula(plus=(Line(2, when=HIGH),)), 2, {"grade": "low"}, 2),
        (Formula(plus=(Line(2, per="list"),)), 2, THREE, 8),
        (Formula(plus=(Line(2, per="list"),)), 2, {}, 2),
        (Formula(plus=(Line(2, per="count"),)), 2, {}, 2),
        (Formula(plus=(Line(Decimal("0.5"), per="list", beyond=1),)), 2, THREE, 3),
        (Formula(plus=(Line(Decimal("0.5"), per="list", beyond=3),)), 2, THREE, 2),
        (Formula(plus=(Line(Decimal("0.5"), per="list", beyond=9),)), 2, THREE, 2),
        (Formula(plus=(Line(2, per="share"),)), 2, {"share": 1.25}, Decimal("4.5")),
        (Formula(plus=(Line(lookup=Lookup(("grade",), {"high": 4}), per="count"),)), 2, THREE, 14),
        (Formula(each=("count",)), 2, THREE, 6),
        (Formula(each=("list",)), 2, THREE, 6),
        (Formula(each=("list",)), 2, {"list": []}, 0),
        (Formula(each=("list",)), 2, {}, 2),
        (Formula(each=("count",)), 2, {}, 2),
        (Formula(each=("count",)), 2, {"count": 0}, 0),
        (Formula((Line(3),), (Line(1),), ("count",)), 2, THREE, 21),
        (Formula(each=("count",)), 5, {"count": -4}, 0),
        (Formula(each=("share",)), 5, {"share": Decimal("-0.5")}, 0),
        (Formula(plus=(Line(2, per="count"),)), 1, {"count": -4}, 1),
        (Formula(plus=(Line(2, per="count", beyond=-6),)), 1, {"count": -4}, 5),
        (Formula(plus=(Line(2, per="count"),), each=("share",)), 1, {"count": -4, "share": -1}, 0),
    ],
    ids=str,
)
def test_a_price_is_base_times_factors_plus_surcharges_for_each(
    formula: Formula, base: Credits | None, values: dict[str, Any], total: Credits
) -> None:
    """The price is (base x times + plus) x each; a line whose condition does not hold changes nothing."""
    result = price(MODEL, formula, base, values)
    assert result == total
    assert type(result) is type(total)


@pytest.mark.parametrize(
    ("rounding", "step", "base", "total"),
    [
        ("up", 1, Decimal("2.01"), 3),
        ("up", 1, 2, 2),
        ("down", 1, Decimal("2.99"), 2),
        ("nearest", 1, Decimal("2.5"), 3),
        ("nearest", 1, Decimal("2.4999"), 2),
        ("nearest", 1, Decimal("3.5"), 4),
        ("up", Decimal("0.5"), Decimal("2.01"), Decimal("2.5")),
        ("down", Decimal("0.5"), Decimal("2.99"), Decimal("2.5")),
        ("nearest", Decimal("0.5"), Decimal("2.25"), Decimal("2.5")),
        ("nearest", Decimal("0.05"), Decimal("0.124"), Decimal("0.1")),
        ("up", 5, Decimal("0.01"), 5),
        ("up", 5, 0, 0),
        ("down", 5, Decimal("4.99"), 0),
        ("up", 3, 10, 12),
        ("nearest", Decimal("0.000001"), Decimal("0.0000005"), Decimal("0.000001")),
        (None, 1, Decimal("2.01"), Decimal("2.01")),
    ],
)
def test_the_whole_is_rounded_as_it_is_said(rounding: str | None, step: Credits, base: Credits, total: Credits) -> None:
    """A price is rounded up, down, or to the nearest multiple of the step, with a half rounded up."""
    result = price(MODEL, Formula(rounding=rounding, step=step), base, {})
    assert (result, type(result)) == (total, type(total))


def test_only_the_end_is_rounded() -> None:
    """Only the final price is rounded, not the price of each unit."""
    third = Formula((Line(Decimal("1.1")),), each=("count",), rounding="up", step=1)
    assert price(MODEL, third, 1, THREE) == 4
    assert price(MODEL, third, Decimal("0.9"), THREE) == 3


@pytest.mark.parametrize(
    ("formula", "base", "values"),
    [
        (Formula(), None, {}),
        (Formula((Line(0),)), None, {}),
        (Formula(each=("count",)), None, {"count": 0}),
        (Formula((Line(),)), 5, {}),
        (Formula((Line(when=HIGH),)), 5, THREE),
        (Formula(plus=(Line(),)), 5, {}),
        (Formula(plus=(Line(per="list"),)), 5, THREE),
        (Formula(plus=(Line(lookup=Lookup(("grade",), {"high": "unknown"})),)), 5, THREE),
        (Formula((Line(lookup=Lookup(("grade",), {"high": "unknown"})),)), 5, THREE),
        (Formula((Line(), Line(2)), rounding="up"), 5, {}),
    ],
    ids=str,
)
def test_what_is_unknown_stays_unknown(formula: Formula, base: Credits | None, values: dict[str, Any]) -> None:
    """An unknown part that applies makes the price unknown, never free."""
    assert price(MODEL, formula, base, values) is None


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        (Formula((Line(when=HIGH),)), {"grade": "low"}),
        (Formula(plus=(Line(per="list"),)), {}),
        (Formula(plus=(Line(per="list", beyond=3),)), THREE),
        (Formula(plus=(Line(lookup=Lookup(("grade",), {"high": "unknown"})),)), {"grade": "low"}),
    ],
    ids=str,
)
def test_what_is_unknown_and_does_not_count_is_no_matter(formula: Formula, values: dict[str, Any]) -> None:
    """An unknown part that does not apply changes nothing."""
    assert price(MODEL, formula, 5, values) == 5


def test_decimals_do_not_drift() -> None:
    """Decimals are exact: ten times 0.1 is 1."""
    assert price(MODEL, Formula(plus=(Line(Decimal("0.1"), per="count"),)), 0, {"count": 10}) == 1
    assert price(MODEL, Formula((Line(Decimal("1.1")),) * 2), 1, {}) == Decimal("1.21")


@pytest.mark.parametrize(
    "formula", [Formula((Line(-2),)), Formula(plus=(Line(-9),)), Formula(plus=(Line(-3, per="list"),))], ids=str
)
def test_no_price_is_below_zero(formula: Formula) -> None:
    """A price is never negative, whatever numbers a table holds."""
    assert price(MODEL, formula, 5, THREE) == 0
    assert price(MODEL, replace(formula, rounding="up", step=3), 5, THREE) == 0


def test_a_price_has_all_its_digits() -> None:
    """A price keeps all its digits, more than a float or the default decimal context would."""
    many = Formula((Line(Decimal("1.000000000000001")),) * 2, each=("count",))
    assert price(MODEL, many, 3, {"count": 7}) == Decimal("21.000000000000042000000000000021")
    assert price(MODEL, Formula(plus=(Line(Decimal("1.37"), per="count"),)), 0, {"count": 999999999999999}) == Decimal(
        "1369999999999998.63"
    )


@pytest.mark.parametrize(
    ("formula", "base", "values", "total"),
    [
        (Formula(), Amount(5, estimate=True), {}, Amount(5, estimate=True)),
        (Formula((Line(2),), each=("count",)), Amount(5, estimate=True), THREE, Amount(30, estimate=True)),
        (Formula(plus=(Line(0, estimate=True),)), Amount(5), {}, Amount(5, estimate=True)),
        (Formula(plus=(Line(1, when=HIGH, estimate=True),)), Amount(5), {"grade": "low"}, Amount(5)),
        (Formula(plus=(Line(1, per="list", estimate=True),)), Amount(5), {}, Amount(5)),
        (
            Formula(plus=(Line(lookup=Lookup(("grade",), {"high": "about 0.5"})),)),
            Amount(5),
            THREE,
            Amount(Decimal("5.5"), estimate=True),
        ),
        (Formula(plus=(Line(),)), Amount(5, estimate=True), {}, Amount(None)),
        (Formula(plus=(Line(1, estimate=True),)), Amount(None), {}, Amount(None)),
        (Formula(rounding="up", step=3), Amount(5, estimate=True), {}, Amount(6, estimate=True)),
    ],
    ids=str,
)
def test_a_part_that_is_an_estimate_makes_the_price_one(
    formula: Formula, base: Amount, values: dict[str, Any], total: Amount
) -> None:
    """An estimate and an exact amount make an estimate; with an unknown one the price is unknown."""
    assert pricing.price(MODEL, formula, base, values) == total


@pytest.mark.parametrize(
    ("promotion", "low", "high"),
    [
        ("{by: quality, table: {low: 2, high: 5}}", (2, None), (5, 8)),
        ("{by: size, table: {(other): 2}}", (2, None), (2, 8)),
        ("{by: quality, table: {low: about 2, high: unknown}}", (2, 2), (None, 8)),
    ],
)
def test_a_promotion_that_states_the_regular_price(promotion: str, low: Any, high: Any) -> None:
    """Where a promotion states the regular price, nothing is reduced, and no regular price is shown."""
    shared = "language: 1\ntypes: {t: {}}\n"
    options = "options: {quality: {send: q, values: [low, high]}, size: {send: s, size: {}}}"
    model = f'name: M\n{options}\ncredits: {{by: quality, table: {{low: 2, high: 8}}}}\npromotion: {{credits: {promotion}, until: "2027-01-01"}}\n'
    table = build_texts({"_shared": shared, "m": model}).table
    assert table is not None
    picked = {"model": "m", "size": "64x64"}
    decisions = [Rules(table).decide({**picked, "quality": quality}, at="2026-11-01") for quality in ("low", "high")]
    assert [(decision.credits, decision.regular) for decision in decisions] == [low, high]
