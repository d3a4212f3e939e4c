"""The work of `choices` and of refusals grows at most in proportion to the number of values, counted in calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.engine.request_caps import PRICED
from imgrules.views import choices
from tests.engine.test_request_caps import work

SHARED = {
    "language": 1,
    "types": {"image": {"provider": {"send": "p"}, "model": {"send": "m"}}},
    "gates": {"member": {"opens_with": ["member"], "label": "M"}},
}
HEAD = {"name": "M", "type": "image", "provider": "p", "model": "m"}
COUNT = {"count": {"send": "count", "number": {"min": 1, "max": 4}, "default": 1}}
SIDE = {"side": {"send": "side", "values": ["a", "b"]}}


def names(many: int) -> list[str]:
    """Return the given number of value names."""
    return [f"v{number}" for number in range(many)]


def rules(many: int, options: Mapping[str, Any] | None = None, **keywords: Any) -> Rules:
    """Return the rules of one model whose option `wide` has the given number of values."""
    all_options = {"wide": {"send": "wide", "values": names(many)}, **(options or {})}
    model = "\n".join(f"{key}: {json.dumps(value)}" for key, value in {**HEAD, "options": all_options, **keywords}.items())
    shared = "\n".join(f"{key}: {json.dumps(value)}" for key, value in SHARED.items())
    built = build_texts({"_shared": shared, "m": model})
    assert built.table is not None, [error.message for error in built.report.errors]
    assert not built.report.errors, [error.message for error in built.report.errors]
    return Rules(built.table)


def by_wide(many: int, of: Callable[[int], Any]) -> dict[str, Any]:
    """Return a lookup table with one row for each value of `wide`."""
    return {"by": ["wide"], "table": {name: of(at) for at, name in enumerate(names(many))}}


GROWING: dict[str, Callable[[int], Rules]] = {
    "values": rules,
    "values beside options": lambda many: rules(
        many, {f"n{number}": {"send": f"n{number}", "number": {}, "optional": True} for number in range(many // 25)}
    ),
    "a limit of most values": lambda many: rules(many, SIDE, limits=[{"never": {"side": "a", "wide": names(many)[1:]}}]),
    "a limit of all but some": lambda many: rules(
        many, COUNT, limits=[{"when": {"wide": {"not": names(many // 2)}}, "only": {"count": {"max": 2}}}]
    ),
    "a limit for each value": lambda many: rules(
        many, COUNT, limits=[{"when": {"wide": value}, "only": {"count": {"max": 2}}} for value in names(many // 3)]
    ),
    "limits of other options": lambda many: rules(
        many, COUNT | SIDE, limits=[{"when": {"side": "a"}, "only": {"count": {"max": 2}}}] * 3
    ),
    "an option that depends on it": lambda many: rules(
        many, {"late": {"send": "late", "values": ["a", "b"], "when": {"wide": names(many // 2)}}}
    ),
    "prices of a table": lambda many: rules(
        many, SIDE, credits={"by": ["wide", "side"], "table": dict.fromkeys(names(many), 2)}
    ),
    "prices of values": lambda many: rules(
        many, {"wide": {"send": "wide", "values": {value: {"credits": at} for at, value in enumerate(names(many))}}}
    ),
    "a formula": lambda many: rules(
        many,
        COUNT,
        credits={"base": by_wide(many, lambda at: at % 5), "times": [{"factor": by_wide(many, lambda at: 1 + at % 5)}]},
    ),
    "a factor for half of them": lambda many: rules(
        many, COUNT, credits={"base": 2, "times": [{"factor": 2, "when": {"wide": names(many // 2)}}], "each": "count"}
    ),
    "gates": lambda many: rules(many, COUNT, gates=[{"when": {"wide": names(many // 2)}, "gate": "member"}]),
}


@cache
def grown(name: str, many: int) -> Rules:
    """Return the rules of a row of `GROWING`, built once for all tests."""
    return GROWING[name](many)


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_values_cost_twice_the_work(name: str) -> None:
    """Twice as many values cost at most about twice as much."""
    smaller, larger = grown(name, 300), grown(name, 600)
    for rule_set in (smaller, larger):
        assert rule_set.choices({"model": "m"})
    assert work(lambda: larger.choices({"model": "m"})) <= 2.2 * work(lambda: smaller.choices({"model": "m"}))


def surcharged(lines: int, amount: int) -> Rules:
    """Return rules of 256 combinations, with the given number of surcharges on two options each."""
    sides = {f"side{at}": {"send": f"side{at}", "values": names(4)} for at in range(3)}
    plus = [{"credits": amount, "when": {"wide": f"v{at % 4}", "side0": f"v{at // 4 % 4}"}} for at in range(lines)]
    return rules(4, COUNT | sides, credits={"base": 3, "plus": plus})


@pytest.mark.parametrize("amount", [0, 1])
def test_prices_of_many_combinations_take_bounded_work(amount: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices are computed until two differ or the cap, here a lower one, is reached; then `credits_vary` is true."""
    monkeypatch.setattr(choices, "PRICED", PRICED // 10)
    smaller, larger = surcharged(50, amount), surcharged(200, amount)
    vary = [value["credits_vary"] for row in surcharged(3, amount).choices({"model": "m"}) for value in row["values"]]
    assert any(vary) is bool(amount)
    assert work(lambda: larger.choices({"model": "m"})) <= 2.2 * work(lambda: smaller.choices({"model": "m"}))


@pytest.mark.parametrize("name", GROWING)
def test_what_is_allowed_instead_costs_as_little(name: str) -> None:
    """Refusing an unknown value, with its allowed values and repairs, is also at most proportional to the number of values."""

    def refusal_json(of: Rules) -> str:
        return json.dumps(of.decide({"model": "m", "wide": "other"}).as_dict())

    smaller, larger = grown(name, 300), grown(name, 600)
    refusal_json(smaller), refusal_json(larger)
    assert work(lambda: refusal_json(larger)) <= 2.2 * work(lambda: refusal_json(smaller)) + 200
