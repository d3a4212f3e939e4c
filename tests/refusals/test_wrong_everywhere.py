"""The work to refuse a selection in which every option is wrong, for options that depend on each other."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from imgrules import Rules, Status
from imgrules.compiler.build import build_texts
from tests.engine.test_request_caps import work

SHARED = "language: 1\ntypes: {image: {provider: {send: p}, model: {send: m}}}\n"
HEAD = "name: M\ntype: image\nprovider: p\nmodel: m\n"


def rules_of(**keywords: object) -> Rules:
    """Return the rules of one model with these keys."""
    text = HEAD + "\n".join(f"{key}: {json.dumps(value)}" for key, value in keywords.items())
    built = build_texts({"_shared": SHARED, "m": text})
    assert built.table is not None, [error.message for error in built.report.errors]
    return Rules(built.table)


def numbers(many: int) -> dict[str, object]:
    """Return the given number of optional number options."""
    return {f"n{number}": {"send": f"n{number}", "number": {"min": 0, "max": 9}, "optional": True} for number in range(many)}


def needed(many: int) -> Rules:
    """Return rules in which one value needs every other option."""
    mode = {"mode": {"send": "mode", "values": ["a", "b"]}}
    return rules_of(options=mode | numbers(many), limits=[{"when": {"mode": "a"}, "needs": [*numbers(many)]}])


def added(many: int) -> Rules:
    """Return rules that bound the sum of all options."""
    options = numbers(many) | {"sum": {"of": [*numbers(many)], "measure": "total"}}
    return rules_of(options=options, limits=[{"only": {"sum": {"max": 3 * many, "min": 2}}}])


def compared(many: int) -> Rules:
    """Return rules with one limit for each option."""
    return rules_of(options=numbers(many), limits=[{"never": {f"n{number}": 3, "n0": 4}} for number in range(1, many)])


def everything_wrong(rules: Rules) -> Callable[[], str]:
    """Return a function that refuses a wrong value for every option and returns the decision as JSON."""
    picked = {"model": "m"} | dict.fromkeys(rules.table.models["m"].options, "q")
    return lambda: json.dumps(rules.decide(picked).as_dict())


@pytest.mark.parametrize("make_rules", [needed, added, compared])
def test_twice_the_options_cost_twice_the_work(make_rules: Callable[[int], Rules]) -> None:
    """Twice as many options, all with wrong values, cost at most about twice the calls."""
    smaller, larger = everything_wrong(make_rules(40)), everything_wrong(make_rules(80))
    smaller(), larger()
    assert work(larger) <= 2.2 * work(smaller)


@pytest.mark.parametrize("make_rules", [needed, added, compared])
def test_it_is_mended_all_the_same(make_rules: Callable[[int], Rules]) -> None:
    """A selection in which every option is wrong has repairs, and each gives an allowed selection."""
    rules = make_rules(40)
    picked = {"model": "m"} | dict.fromkeys(rules.table.models["m"].options, "q")
    decision = rules.decide(picked)
    assert decision.repairs
    assert all(rules.decide(repair.apply(picked)).status is Status.ALLOWED for repair in decision.repairs)
