"""Requests beyond a cap get a short answer, and no cost grows faster than the size of the request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from cProfile import Profile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from imgrules import Refused, Rules, Status, Table, load
from imgrules.engine import request_caps as caps
from imgrules.refusals.constraints import examine_together
from imgrules.refusals.repairs import nearest_picks
from imgrules.table.options import Option
from imgrules.table.records import Cell, Model, Result, Type
from imgrules.table.terms import Alias, Limit, Numbers, Test
from tests.engine.rich import NOW, SOUND, table, values

ROOT = Path(__file__).parents[2]
PUBLIC = [ROOT / "rules", ROOT / "docs" / "cookbook"]


def work(ask: Callable[[], Any]) -> int:
    """Return the number of function calls, C functions included, which is the same on every machine."""
    profile = Profile()
    profile.runcall(ask)
    return sum(entry.callcount for entry in profile.getstats())


def decided(rules: Rules, selection: dict[str, Any], grants: Any = ()) -> Callable[[], str]:
    """Return a function that decides a selection and returns the decision as JSON."""
    return lambda: json.dumps(rules.decide(selection, grants, at=NOW).as_dict())


def refused(rules: Rules, selection: dict[str, Any]) -> Callable[[], None]:
    """Return a function that emits a selection and expects Refused."""

    def ask() -> None:
        with pytest.raises(Refused):
            rules.emit(selection, at=NOW)

    return ask


def wide(many: int) -> Rules:
    """Return rules of one model whose option `a` has the given number of values, each sold with one value of `b`."""
    options = (
        Option("a", "A", values(*(f"a{number}" for number in range(many)))),
        Option("b", "B", values("b0", "b1")),
        Option("c", "C", number=Numbers(1, 4), optional=True),
    )
    cells = tuple(Cell((f"a{number}", f"b{number % 2}")) for number in range(many))
    model = Model("m", "M", "t", {option.name: option for option in options}, (), cells, limits=(Limit((Test("c", min=9),)),))
    result = Result(("state",), (), ("ready",), (), ("url",), artifacts=("list",))
    return Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}, result))


def rich() -> Rules:
    """Return rules with every kind of option."""
    return Rules(table())


LONG: dict[str, Callable[[int], Callable[[], Any]]] = {
    "unknown keys": lambda size: decided(rich(), SOUND | {f"k{number}": number for number in range(size)}),
    "unknown keys, emitted": lambda size: refused(rich(), SOUND | {f"k{number}": number for number in range(size)}),
    "entries": lambda size: decided(rich(), SOUND | {"references": ["a"] * size}),
    "listed entries": lambda size: decided(rich(), SOUND | {"styles": ["oil"] * size}),
    "wrong entries": lambda size: decided(rich(), SOUND | {"styles": ["x"] * size}),
    "entries of no list": lambda size: decided(rich(), SOUND | {"tone": ["x"] * size}),
    "grants": lambda size: decided(rich(), SOUND | {"quality": "high"}, [f"g{number}" for number in range(size)]),
    "odd grants": lambda size: decided(rich(), SOUND | {"quality": "high"}, list(range(size))),
    "a long text": lambda size: decided(rich(), SOUND | {"text": "x" * size}),
    "a long caption": lambda size: decided(rich(), SOUND | {"caption": "x " * size}),
    "a long value": lambda size: decided(rich(), SOUND | {"tone": "x" * size}),
    "a long name": lambda size: decided(rich(), SOUND | {"x" * size: 1}),
    "a nested value": lambda size: decided(rich(), SOUND | {"tone": {f"k{number}": [number] for number in range(size)}}),
    "an unpaired surrogate at the end": lambda size: decided(rich(), SOUND | {"text": "x" * size + "\ud800"}),
    "choices": lambda size: lambda: wide(size).choices({"model": "m"}),
    "choices beside keys": lambda size: (
        lambda: rich().choices({"model": "studio", **{f"k{number}": 1 for number in range(size)}}, at=NOW)
    ),
    "catalog": lambda size: wide(size).catalog,
    "allowed values": lambda size: decided(wide(size), {"model": "m", "a": "x", "b": "b0"}),
    "repairs among many combinations": lambda size: decided(wide(size), {"model": "m", "a": "a1", "b": "b0"}),
    "regenerate": lambda size: lambda: rich().regenerate(SOUND | {f"k{number}": number for number in range(size)}, {}, at=NOW),
    "artifacts": lambda size: (
        lambda: wide(1).read_result({"state": "ready", "url": "https://a.b/c", "list": ["https://a.b"] * size})
    ),
    "wrong artifacts": lambda size: lambda: wide(1).read_result({"state": "ready", "url": "https://a.b/c", "list": [5] * size}),
}


@pytest.mark.parametrize("least", [200, 2000])
@pytest.mark.parametrize("ask", LONG.values(), ids=LONG)
def test_twice_as_much_costs_twice_as_much(ask: Callable[[int], Callable[[], Any]], least: int) -> None:
    """Twice the length of a request or of a table costs at most about twice the calls."""
    smaller, larger = ask(least), ask(2 * least)
    smaller(), larger()
    assert work(ask(2 * least)) <= 2.2 * work(ask(least)) + 200


OF_TABLES = {"choices", "catalog", "allowed values", "repairs among many combinations", "choices beside keys"}


@pytest.mark.parametrize("ask", [pytest.param(ask, id=name) for name, ask in LONG.items() if name not in OF_TABLES])
def test_an_answer_is_short(ask: Callable[[int], Callable[[], Any]]) -> None:
    """The answer to a request of any length is less than 5000 characters long."""
    answer = ask(100_000)()
    assert len(answer or "") < 5000 if isinstance(answer, str) else True


@pytest.mark.parametrize(
    ("field", "value", "code", "message"),
    [
        ("references", ["a"] * 1001, "out_of_range", "references takes a list of length 0 to 4, but the given length is 1001"),
        (
            "references",
            [5] * 100_000,
            "out_of_range",
            "references takes a list of length 0 to 4, but the given length is 100000",
        ),
        ("styles", ["x"] * 1001, "out_of_range", "styles takes a list of length 1 to 2, but the given length is 1001"),
        (
            "tone",
            ["x"] * 100_000,
            "wrong_type",
            "tone takes text, but a list of length 100000 was given; choose `dark`, `light` or `ink`",
        ),
    ],
)
def test_what_is_far_too_long_is_not_looked_into(field: str, value: Any, code: str, message: str) -> None:
    """A list longer than the cap is one violation with its length, and repairs do not shorten it."""
    decision = rich().decide(SOUND | {field: value}, at=NOW)
    assert [(violation.code.value, violation.field) for violation in decision.violations] == [(code, field)]
    assert decision.reasons == (message,)
    assert len(json.dumps(decision.as_dict())) < 2000
    for repair in decision.repairs:
        assert rich().decide(repair.apply(SOUND | {field: value}), at=NOW).status is not Status.IMPOSSIBLE


def test_a_list_without_a_bound_ends_at_the_cap() -> None:
    """Without a declared maximum the cap is the maximum length of a list, and a list of that length is accepted."""
    many = Option("a", "A", many=Numbers(0), optional=True)
    model = Model("m", "M", "t", {"a": many}, (), (Cell(()),), limits=(Limit((Test("a", min=5000),)),))
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    assert rules.decide({"model": "m", "a": ["x"] * caps.ENTRIES}).status is Status.ALLOWED
    decision = rules.decide({"model": "m", "a": ["x"] * (caps.ENTRIES + 1)})
    assert decision.reasons == ("a takes a list of length at most 1000, but the given length is 1001",)


def test_of_many_notes_the_rest_is_counted() -> None:
    """Notes are listed up to the cap and the others are counted."""
    many = Option("a", "A", values("oil"), many=Numbers(0), optional=True, aliases=(Alias("paint", "oil"),))
    model = Model("m", "M", "t", {"a": many}, (), (Cell(()),), limits=(Limit((Test("a", min=5000),)),))
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    decision = rules.decide({"model": "m", "a": ["paint"] * 300})
    assert (decision.status, len(decision.notes), decision.notes[-1].message) == (Status.ALLOWED, 101, "notes not shown: 200")


def steps(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], Any]) -> int:
    """Return the number of selections that a search for repairs tries."""
    tried = 0

    def examine_and_count(*arguments: Any) -> Any:
        nonlocal tried
        tried += 1
        return examine_together(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(nearest_picks, "examine_together", examine_and_count)
        ask()
    return tried


def test_the_search_for_repairs_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for repairs of unsatisfiable rules ends at the cap, without a repair."""
    names = [f"n{number}" for number in range(12)]
    options = {name: Option(name, name, number=Numbers(1, 50), default=1) for name in names}
    limits = tuple(
        Limit(never=(Test(first, min=1), Test(second, max=50))) for first in names for second in names if first < second
    )
    model = Model("m", "M", "t", options, (), (Cell(()),), limits=limits)
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    decision = rules.decide({"model": "m"})
    tried = steps(monkeypatch, lambda: decision.repairs)
    assert 1 < tried <= caps.STEPS
    assert decision.repairs == ()


def test_a_selection_that_is_wrong_everywhere_is_mended_in_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A selection in which every option is wrong is repaired in few steps, since each option is repaired separately first."""
    rules = load(ROOT / "docs" / "cookbook")
    wrong = [["q"], -5, 0.3, "x"]
    options = rules.table.models["midjourney"].options
    selection = {"model": "midjourney"} | {name: wrong[at % 4] for at, name in enumerate(options)}
    decision = rules.decide(selection, at="2026-12-01")
    assert steps(monkeypatch, lambda: decision.repairs) <= 20
    assert decision.repairs


@pytest.mark.parametrize("folder", PUBLIC, ids=lambda folder: folder.name)
def test_no_public_catalog_comes_near_a_cap(folder: Path) -> None:
    """Every version of every public model needs at most a tenth of the caps."""
    catalog = load(folder).table
    for model in (version for current in catalog.models.values() for version in versions(current)):
        fields = model.fields or catalog.types[model.type].fields
        assert (1 + len(model.options) + len(fields)) * 10 <= caps.KEYS
        lists = [option.many for option in model.options.values() if option.many is not None]
        assert all(bounds.max is None or bounds.max * 10 <= caps.ENTRIES for bounds in lists)


def versions(model: Model) -> Iterator[Model]:
    """Yield all versions of a model, in order of time."""
    yield replace(model, changes=())
    yield from (change.model for change in model.changes)
