"""A plan's keys distinguish all that a rule depends on: every kind of option with every kind of rule, compared in full."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from imgrules import Decision, Rules, Status
from imgrules.engine.body import built, words
from imgrules.engine.decide import decide
from imgrules.engine.plan.template import in_json
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Field, Formula, Gate, GateRule, Line, Model, Send, Table, Type
from imgrules.table.terms import Absence, Alias, Follows, Limit, Lookup, Numbers, Ratios, Sizes, Test, Text
from tests.engine.closely import closely
from tests.engine.rich import values

TEXTS = {"prompt": "A red fox", "note": "soon"}
NAMES = (Alias("n", "m"),)
"""An alias of the model."""

OTHER = {"prompt": "A blue fox"}

KINDS: dict[str, tuple[Option, list[Any], Any]] = {
    "switch": (Option("x", "X", values("true", "false"), switch=True), [True, False, 1, "true"], "true"),
    "listed": (Option("x", "X", values("a", "b", "3")), ["a", "b", "3", "z", 3], "a"),
    "loose": (Option("x", "X", values("a", "b", "3"), loose=True), ["a", "b", "3", "z"], "a"),
    "renamed": (Option("x", "X", values("a", "b"), loose=True, aliases=(Alias("c", "a"),)), ["a", "b", "c", "z"], "a"),
    "whole": (Option("x", "X", number=Numbers(1, 9, 2)), [1, 3, 5, 9, 2, True, 3.0], 3),
    "wide": (Option("x", "X", values("random"), number=Numbers(0)), [0, 3, 5, 70, 10**6, -1, "random", "x"], 3),
    "decimal": (Option("x", "X", number=Numbers(0, 5, None)), [0, -0.0, 1, 1.0, Decimal(1), 1.5, 3, 5.5], 3),
    "size": (
        Option("x", "X", values("auto", "wide"), size=Sizes(Numbers(64, 256, 64))),
        ["auto", "wide", "64x64", "64x256", "256x256", "64x60"],
        "auto",
    ),
    "ratio": (
        Option("x", "X", values("auto", "wide"), ratio=Ratios("1:2", "2:1")),
        ["auto", "wide", "1:1", "2:1", "3:1"],
        "auto",
    ),
    "text": (Option("x", "X", values("random", "none"), text=Text(1, 6)), ["random", "none", "abc", "abcd", ""], "random"),
    "gone": (
        Option("x", "X", text=Text(1, 6), gone={"old": Absence("2026-01-01T00:00:00Z", retired=True)}),
        ["old", "abc", "ab", ""],
        "abc",
    ),
    "few": (Option("x", "X", many=Numbers(0, 9), text=Text(1)), [[], ["a"], ["a"] * 3, ["b"] * 5, [""], "a"], 3),
    "many": (Option("x", "X", values("a", "b"), many=Numbers(0, 200)), [[], ["a"], ["a"] * 3, ["b"] * 70, ["z"]], 3),
}
"""Each kind of option, with accepted and refused values, and one value that a rule names."""

WORDS = {"a": 2, "b": 4, "true": 2, "false": 4, "auto": 2, "wide": 4, "random": 2, "none": 4, "abc": 3}
"""The rows of the lookup tables."""

FORMS = (
    "list",
    "number",
    "boolean",
    "text",
    "width",
    "height",
    "<{value}>",
    "{width}*{height}",
    "{height} {value}",
    "{value} {width}",
)


def conditions_on(named: Any) -> Iterator[tuple[str, Test]]:
    """Yield every kind of condition on the option `x` by name."""
    yield "given", Test("x", none=(None,))
    if type(named) is not int:
        yield "any", Test("x", any=(named,))
        yield "none", Test("x", none=(named,))
    else:
        yield "min", Test("x", min=named)
        yield "max", Test("x", max=named)


def rules_with(test: Test) -> dict[str, dict[str, Any]]:
    """Return the other parts of a model, for each kind of rule with this condition; `y` is a second option."""
    y = Option("y", "Y", number=Numbers(0, 9), optional=True)
    return {
        "never": {"limits": (Limit(never=(test, Test("y", none=(None,)))),)},
        "only": {"limits": (Limit(only=(test,)),)},
        "when of a limit": {"limits": (Limit((test,), needs=("y",)),)},
        "when": {"y": replace(y, when=(test,))},
        "when, needed": {"y": replace(y, optional=False, when=(test,))},
        "when, by default": {"y": replace(y, optional=False, default=1, when=(test,))},
        "when, computed of it": {"y": replace(y, when=(test,)), "z": Option("z", "Z", follows=Follows(("y",)))},
        "ignored": {"y": replace(y, ignored=(Limit((test,)),))},
        "ignored, needed": {"y": replace(y, optional=False, ignored=(Limit((test,)),))},
        "ignored, by default": {"y": replace(y, optional=False, default=1, ignored=(Limit((test,)),))},
        "gate": {"gates": (GateRule((test,), ("key",)),)},
        "factor": {"price": Formula((Line(3, when=(test,)),))},
        "surcharge": {"price": Formula((), (Line(3, when=(test,)),))},
        "two": {
            "gates": (GateRule((test,), ("key",)), GateRule((Test("x", none=(None,)), Test("y", none=(None,))), ("other",)))
        },
    }


def rules_counting(kind: Option) -> dict[str, dict[str, Any]]:
    """Return the other parts of a model, for each kind of rule that counts the option `x` or looks it up in a table."""
    table = Lookup(("x",), WORDS)
    deep = Lookup(("y", "x"), {"p": WORDS, "q": {"a": 7}})
    letters = Option("y", "Y", values("p", "q"), default="p")
    rules: dict[str, dict[str, Any]] = {
        "defaults": {"y": Option("y", "Y", number=Numbers(0, 9), defaults=table)},
        "factor by table": {"price": Formula((Line(lookup=table),))},
        "surcharge by table": {"price": Formula((), (Line(lookup=deep),)), "y": letters},
        "body by table": {"body": (Send(("row",), lookup=table),)},
        "body by two": {"body": (Send(("row",), lookup=deep),), "y": letters},
        "needs": {"limits": (Limit((Test("y", none=(None,)),), needs=("x",)),)},
    }
    if not kind.many:
        # `check` refuses a list that is spelled.
        rules |= {f"body as {form}": {"body": (Send(("row",), "x", form=form),)} for form in FORMS}
    if kind.number or kind.many:
        word = {"few": replace(values("few")["few"], max=3), "more": replace(values("more")["more"], min=4)}
        rules |= {
            "sums of what has a default": {
                "y": Option("y", "Y", number=Numbers(0, 9), default=3, when=(Test("x", min=3),)),
                "z": Option("z", "Z", follows=Follows(("y",), "total")),
                "w": Option("w", "W", follows=Follows(("z", "x"), "total")),
            },
            "two bounds": {"gates": tuple(GateRule((Test("x", min=at),), (gate,)) for at, gate in ((1, "key"), (4, "other")))},
            "each": {"price": Formula(each=("x",))},
            "per of a factor": {"price": Formula((Line(2, per="x", beyond=1),))},
            "per of a surcharge": {"price": Formula((), (Line(2, per="x", beyond=1),))},
            "of": {"y": Option("y", "Y", word, follows=Follows(("x",)))},
            "total": {"z": Option("z", "Z", follows=Follows(("x", "y"), "total"))},
            "total of totals": {
                "z": Option("z", "Z", follows=Follows(("x", "y"), "total")),
                "w": Option("w", "W", word, follows=Follows(("z",))),
                "limits": (Limit(never=(Test("w", any=("more",)), Test("y", none=(None,)))),),
            },
            "total with what is told": {
                "z": Option("z", "Z", follows=Follows(("x",), "total")),
                "w": Option("w", "W", follows=Follows(("z", "y"), "total")),
                "price": Formula(each=("x",)),
                "limits": (Limit(only=(Test("w", max=7),)),),
            },
            "each of a total": {"z": Option("z", "Z", follows=Follows(("x", "y"), "total")), "price": Formula(each=("z",))},
        }
    if kind.size:
        pixels = Option("z", "Z", follows=Follows(("x",), "pixels", unit=4096))
        rules |= {
            "pixels": {"z": pixels},
            "each of pixels": {"z": pixels, "price": Formula(each=("z",))},
            "only of pixels": {"z": pixels, "limits": (Limit(only=(Test("z", max=4),)),)},
        }
    return rules


def model_of(x: Option, extras: dict[str, Any]) -> Model:
    """Return a model of an option and of other parts."""
    y = Option("y", "Y", number=Numbers(0, 9), optional=True)
    options = {
        option.name: option for option in (x, extras.get("y", y), *(extras[name] for name in ("z", "w") if name in extras))
    }
    axes: list[tuple[str | None, ...]] = [()]
    for option in options.values():
        if option.bound:
            axes = [(*row, value) for row in axes for value in (*option.values, None)]
    sent = [Send((name,), name) for name in ("prompt", "note", *options)]
    parts = {name: part for name, part in extras.items() if name in {"limits", "gates", "price"}}
    return Model("m", "M", "t", options, (*sent, *extras.get("body", ())), tuple(Cell(row, 5) for row in axes), **parts)


def table_of(model: Model) -> Table:
    """Return a table of one model, which requires a prompt."""
    fields = {"prompt": Field("prompt", required=True, text=Text(1, 20)), "note": Field("note")}
    gates = {name: Gate(name, (name,), name) for name in ("key", "other")}
    return Table(1, gates, {"t": Type("t", fields, {})}, {"m": model}, aliases=NAMES)


def expected_body(model: Model, decision: Decision, texts: dict[str, str]) -> dict[str, Any]:
    """Return the body of an allowed decision, built without generated code."""
    leaves: dict[str, Any] = built(model, {**texts, **words(model, decision.select)})
    return leaves


def selections_of(option: Option, candidates: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield selections with each value and with none, alone and together with another option."""
    for x in ({}, *({"x": value} for value in candidates)):
        yield {"model": "m", **x}
        yield {"model": "m", **x, "y": 5 if option.number else "q"}


def rules_of(kind: tuple[Option, list[Any], Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the other parts of a model for each rule about an option of a kind, by the condition of the rule, or `counted`."""
    return {**{name: rules_with(test) for name, test in conditions_on(kind[2])}, "counted": rules_counting(kind[0])}


@pytest.mark.parametrize(
    ("name", "condition"), [(name, condition) for name, kind in KINDS.items() for condition in rules_of(kind)]
)
def test_what_a_rule_asks_is_told_apart(name: str, condition: str) -> None:
    """An optional option, or one with a default, is decided as in a full evaluation, at the first request and later."""
    for extras in rules_of(KINDS[name])[condition].values():
        _assert_told_apart(KINDS[name], extras)


def _assert_told_apart(kind: tuple[Option, list[Any], Any], extras: dict[str, Any]) -> None:
    option, candidates, _ = kind
    for x in (replace(option, optional=True), replace(option, default="false" if option.switch else candidates[1])):
        if x.many is not None and not x.optional:
            continue
        model = model_of(x, extras)
        rules = Rules(table_of(model))
        selections = [*selections_of(model.options["y"], candidates)]
        first = [compared(rules, model, selection) for selection in selections]
        for selection, decision in zip(selections[::-1], first[::-1], strict=True):
            met_again = decide(rules.table, selection)
            assert met_again.status is decision.status
            # Why something is refused is evaluated in full, and again, in any case.
            assert decision.status is Status.IMPOSSIBLE or met_again == decision
            assert decision.status is Status.IMPOSSIBLE or repr(met_again.select) == repr(decision.select)
            if decision.status is Status.ALLOWED:
                repeated = rules.decide(selection | TEXTS)
                assert repeated == decision
                assert rules.body(repeated, OTHER) == expected_body(model, decision, OTHER)


def compared(rules: Rules, model: Model, selection: dict[str, Any]) -> Decision:
    """Return the decision, after comparing all of it with a full evaluation."""
    answer = closely(rules.table, selection)
    decision = decide(rules.table, selection)
    # Why something is refused is evaluated in full in any case.
    named = decide(rules.table, selection | {"model": "n"})
    assert named.status is decision.status is answer.status
    if answer.status is not Status.IMPOSSIBLE:
        assert decision.as_dict() == answer.as_dict()
        assert [(name, repr(value)) for name, value in decision.select.items()] == [
            (name, repr(value)) for name, value in answer.select.items()
        ]
        assert (named.credits, named.filled, repr(named.select)) == (answer.credits, answer.filled, repr(answer.select))
    if answer.status is Status.ALLOWED:
        sent = expected_body(model, answer, TEXTS)
        assert rules.body(decision, TEXTS) == rules.emit(selection | TEXTS) == sent
        assert rules.emit_json(selection | TEXTS) == in_json(sent)
    return decision
