"""Expressions of the generated readers, tested separately."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules import Rules, Status
from imgrules.engine.plan.expressions import lies_in
from imgrules.table.options import Option, Value
from imgrules.table.records import Cell, Field, Model, Send, Table, Type
from imgrules.table.terms import Absence, Follows, Limit, Numbers, Sizes, Test
from tests.engine.closely import closely


@pytest.mark.parametrize("least", [None, 1])
@pytest.mark.parametrize("most", [None, 3])
def test_a_range_holds_both_its_ends(least: int | None, most: int | None) -> None:
    """Both bounds belong to a range, and a bound that is not stated excludes nothing."""
    known: list[Any] = []

    def bound(value: Any) -> str:
        known.append(value)
        return f"known[{len(known) - 1}]"

    for number in range(5):
        written = lies_in(Test("a", min=least, max=most))("number", bound)
        expected = (least is None or number >= least) and (most is None or number <= most)
        assert eval(written, {"number": number, "known": known}) is expected  # noqa: S307  our own line


@pytest.mark.parametrize("many", [64, 65, 3000])
def test_however_many_summands_and_ranges_there_are(many: int) -> None:
    """Many summands and ranges are evaluated by a function call, since a line of generated source has a maximum length."""
    numbers = {f"n{at}": Option(f"n{at}", "N", number=Numbers(0, 9, 1), default=0) for at in range(many)}
    words = {f"w{at}": Value(f"w{at}", "W", min=at, max=at) for at in range(many)}
    sums = {
        "sum": Option("sum", "Sum", follows=Follows(tuple(numbers), "total")),
        "word": Option("word", "Word", words, follows=Follows(("sum",))),
    }
    cells = tuple(Cell((word,)) for word in words)
    model = Model("m", "M", "t", {**numbers, **sums}, (), cells)
    table = Table(1, {}, {"t": Type("t", {"text": Field("text")}, {})}, {"m": model})
    for picked in ({}, {"n1": 9}, {"n1": 9, "n2": 9, "n3": 5}):
        decision = Rules(table).decide({"model": "m", **picked})
        assert decision.status is Status.ALLOWED
        assert decision.select["word"] == f"w{sum(picked.values())}"
        assert decision == closely(table, {"model": "m", **picked})


def rules_of(option: Option, form: str | None = None, **parts: Any) -> Rules:
    """Return rules of one model with one option, sent in the given form."""
    model = Model("m", "M", "t", {option.name: option}, (Send(("o",), option.name, form=form),), (Cell(()),), **parts)
    return Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))


@pytest.mark.parametrize("test", [Test("n", any=(7, 900)), Test("n", none=(7, 900))], ids=["any", "none"])
def test_a_number_that_a_rule_names_is_told_apart(test: Test) -> None:
    """A number that a rule names is distinguished from the other numbers of a large range."""
    rules = rules_of(Option("n", "N", number=Numbers(0, 1000, 1)), limits=(Limit(never=(test,)),))
    for number in (6, 7, 8, 900, 901):
        picked = {"model": "m", "n": number}
        assert rules.decide(picked).status == closely(rules.table, picked).status


def test_a_size_that_is_gone_is_not_accepted_by_its_rule() -> None:
    """A retired size is refused although its rule would accept it, also after a decision about another size."""
    gone = {"64x64": Absence("2026-01-01T00:00:00Z", retired=True)}
    rules = rules_of(Option("size", "Size", size=Sizes(Numbers(64, 128, 64)), gone=gone))
    for size, status in (("64x128", Status.ALLOWED), ("64x64", Status.IMPOSSIBLE)):
        decision = rules.decide({"model": "m", "size": size}, at="2026-06-01")
        assert decision.status is status
        assert decision == closely(rules.table, {"model": "m", "size": size}, at="2026-06-01")


@pytest.mark.parametrize(
    ("form", "sent"), [("{width}*{height}", "64*128"), ("{height}/{value}", "128/64x128"), ("width", 64), ("height", 128)]
)
def test_sides_stand_where_a_form_wants_them(form: str, sent: object) -> None:
    """A form with sides is applied in every body of an outcome, in the first and in those by generated code."""
    rules = rules_of(Option("size", "Size", size=Sizes(Numbers(64, 128, 64))), form)
    for _ in range(3):
        assert rules.emit({"model": "m", "size": "64x128"}) == {"o": sent}


def test_a_list_in_a_body_is_the_own_one_of_the_body() -> None:
    """Changing a list in a body changes neither the decision nor another body."""
    rules = rules_of(Option("l", "L", many=Numbers(0, 8, 1)))
    picked = {"model": "m", "l": ["a"]}
    decision = rules.decide(picked)
    for _ in range(3):
        body = rules.body(decision, picked)
        assert body == {"o": ["a"]}
        body["o"].append("b")
    assert decision.select["l"] == ["a"]


@pytest.mark.parametrize("measure", ["longest", "shortest", "pixels"])
def test_a_side_is_read_as_it_is_evaluated(measure: str) -> None:
    """A measure of a size, with a bound between the two sides, has the same word in generated code and in full."""
    words = {"low": Value("low", "Low", max=96), "top": Value("top", "Top", min=97)}
    size = Option("size", "Size", size=Sizes(Numbers(16, 256, 16)))
    word = Option("word", "Word", words, follows=Follows(("size",), measure))
    model = Model("m", "M", "t", {"size": size, "word": word}, (), tuple(Cell((name,)) for name in words))
    table = Table(1, {}, {"t": Type("t", {}, {})}, {"m": model})
    rules = Rules(table)
    for sides in ("64x128", "128x64", "64x64", "128x128"):
        picked = {"model": "m", "size": sides}
        decision = rules.decide(picked)
        assert decision.status is Status.ALLOWED
        assert decision == closely(table, picked)
