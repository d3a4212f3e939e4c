"""What it costs to ask for what is open, where an option has many values: counted, and in step with their number."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
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
    """Return the values of the option that has many."""
    return [f"v{each}" for each in range(many)]


def rules(many: int, options: Mapping[str, Any] | None = None, **said: Any) -> Rules:
    """Return the rules of one model, of which one option has many values."""
    whole = {"wide": {"send": "wide", "values": names(many)}, **(options or {})}
    model = "\n".join(f"{key}: {json.dumps(each)}" for key, each in {**HEAD, "options": whole, **said}.items())
    shared = "\n".join(f"{key}: {json.dumps(each)}" for key, each in SHARED.items())
    built = build_texts({"_shared": shared, "m": model})
    assert built.table is not None, [each.message for each in built.report.errors]
    assert not built.report.errors, [each.message for each in built.report.errors]
    return Rules(built.table)


def by_wide(many: int, of: Callable[[int], Any]) -> dict[str, Any]:
    """Return a table with a row for each value."""
    return {"by": ["wide"], "table": {name: of(at) for at, name in enumerate(names(many))}}


GROWING: dict[str, Callable[[int], Rules]] = {
    "values": rules,
    "values beside options": lambda many: rules(
        many, {f"n{each}": {"send": f"n{each}", "number": {}, "optional": True} for each in range(many // 25)}
    ),
    "a limit of most values": lambda many: rules(many, SIDE, limits=[{"never": {"side": "a", "wide": names(many)[1:]}}]),
    "a limit of all but some": lambda many: rules(
        many, COUNT, limits=[{"when": {"wide": {"not": names(many // 2)}}, "only": {"count": {"max": 2}}}]
    ),
    "a limit for each value": lambda many: rules(
        many, COUNT, limits=[{"when": {"wide": each}, "only": {"count": {"max": 2}}} for each in names(many // 3)]
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
        many, {"wide": {"send": "wide", "values": {each: {"credits": at} for at, each in enumerate(names(many))}}}
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


@pytest.mark.parametrize("known", GROWING.values(), ids=GROWING)
def test_twice_the_values_cost_twice_the_work(known: Callable[[int], Rules]) -> None:
    """Twice as many values cost at most about twice as much."""
    some, more = known(500), known(1000)
    for each in (some, more):
        assert each.choices({"model": "m"})
    assert work(lambda: more.choices({"model": "m"})) <= 2.2 * work(lambda: some.choices({"model": "m"}))


def surcharged(lines: int, amount: int) -> Rules:
    """Return rules of four thousand combinations, with surcharges that ask for two options each."""
    sides = {f"side{at}": {"send": f"side{at}", "values": names(8)} for at in range(3)}
    plus = [{"credits": amount, "when": {"wide": f"v{at % 8}", "side0": f"v{at // 8 % 8}"}} for at in range(lines)]
    return rules(8, COUNT | sides, credits={"base": 3, "plus": plus})


@pytest.mark.parametrize("amount", [0, 1])
def test_prices_of_many_combinations_take_bounded_work(amount: int) -> None:
    """Prices are counted until two differ, and until the cap: then a price is said to vary."""
    some, more = surcharged(50, amount), surcharged(200, amount)
    vary = [each["credits_vary"] for row in surcharged(3, amount).choices({"model": "m"}) for each in row["values"]]
    assert any(vary) is bool(amount)
    assert work(lambda: more.choices({"model": "m"})) <= 2.2 * work(lambda: some.choices({"model": "m"}))


@pytest.mark.parametrize("known", GROWING.values(), ids=GROWING)
def test_what_is_allowed_instead_costs_as_little(known: Callable[[int], Rules]) -> None:
    """The same of a value that is not there, and of all that is told about it."""

    def told(of: Rules) -> str:
        return json.dumps(of.decide({"model": "m", "wide": "other"}).as_dict())

    some, more = known(500), known(1000)
    told(some), told(more)
    assert work(lambda: told(more)) <= 2.2 * work(lambda: told(some)) + 200
