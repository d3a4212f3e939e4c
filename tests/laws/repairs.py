"""The fewest changes that repair a selection, found by trying everything: an oracle for small tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from imgrules import Status
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.table.measures import exact
from imgrules.table.options import Option
from imgrules.table.records import Table
from imgrules.testing import selections, written

ABSENT = object()
MOST = 1000
"""The most selections that are tried for one answer."""


def fewest(table: Table, model: Any, selection: Mapping[str, Any], at: str | None) -> int | None:
    """
    Return the least number of options to change so that a selection of canonical names becomes possible.

    None if no change repairs it, or if there are too many to try.
    """
    own = {name: option for name, option in model.options.items() if option.follows is None}
    ways = {name: list(_ways(option, selection.get(name, ABSENT))) for name, option in own.items()}
    tried = 0
    for many in range(len(own) + 1):
        for names in combinations(own, many):
            tried += prod(len(ways[name]) for name in names)
            if tried > MOST:
                return None
            if any(
                _works(table, selection, dict(zip(names, values, strict=True)), at)
                for values in product(*[ways[name] for name in names])
            ):
                return many
    return None


def _works(table: Table, selection: Mapping[str, Any], changed: Mapping[str, Any], at: str | None) -> bool:
    picked = {name: value for name, value in {**selection, **changed}.items() if value is not ABSENT}
    return decide(table, picked, (), None, at).status is not Status.IMPOSSIBLE


def _ways(option: Option, picked: Any) -> Iterator[Any]:
    """Yield the other values of an option; free numbers and texts are not made up."""
    if picked is ABSENT and option.optional:
        return
    if picked is not ABSENT:
        yield ABSENT
    if option.many is not None:
        listed = [entry for entry in picked if type(entry) is str] if type(picked) in {list, tuple} else []
        yield from (listed[:length] for length in range(len(listed)))
        return
    yield from option.values
    if option.number is not None:
        step = option.number.step or Decimal("0.25")
        yield from ((option.number.min or 0) + at * step for at in range(6))
        yield from (bound for bound in (option.number.max,) if bound is not None and exact(bound) is not None)
    if option.size is not None:
        yield from ("32x32", "16x16", "64x64", "16x64")
    if option.ratio is not None:
        yield from ("1:1", "3:1", "1:3")


CONDITIONS: dict[str, tuple[Any, ...]] = {
    "count": (1, {"min": 2}, {"max": 2}, {"not": 3}),
    "steps": ({"min": 5}, {"max": 5}, 10),
    "tone": ("dark", ["dark", "light"], {"not": "dark"}),
    "flag": (True, False),
    "refs": ({"min": 1}, {"max": 1}, {"min": 2}),
    "mode": ("none", "some"),
    "all": ({"max": 4}, {"min": 3}),
    "shape": ({"not": "(none)"}, "(none)"),
    "aside": ({"not": "(none)"},),
}
SMALL_MODEL: dict[str, Any] = {
    "count": {"number": {"min": 1, "max": 4}},
    "steps": {"number": {"min": 0, "max": 10, "step": 5}, "optional": True},
    "tone": {"values": ["dark", "light", "red"]},
    "flag": {"values": [True, False], "default": False},
    "refs": {"list": {"max": 3}, "optional": True},
    "mode": {"of": "refs", "values": {"none": {"max": 0}, "some": {"min": 1}}},
    "all": {"of": ["refs", "count"], "measure": "total"},
    "shape": {"ratio": {"min": "1:3", "max": "3:1"}, "optional": True},
    "aside": {"text": {"min": 1, "max": 3}, "optional": True},
}
SOUND: dict[str, tuple[Any, ...]] = {
    "count": (1, 2, 3, 4),
    "steps": (0, 5, 10),
    "tone": ("dark", "light", "red"),
    "flag": (True, False),
    "refs": (["x"], ["x", "y"], ["x", "y", "z"]),
    "shape": ("1:1", "3:1"),
    "aside": ("abc",),
    "prompt": ("A fox",),
}
WRONG: dict[str, tuple[Any, ...]] = {
    "count": (9, 0.5, "2", "x"),
    "steps": (99, -7, 3),
    "tone": ("drak", "odd", 5),
    "refs": (["x"] * 5, [5], "x"),
    "shape": ("10:3", "1:9", "wide"),
    "aside": ("too long", 5),
    "prompt": ("", "a text that is too long"),
    "zzz": (1,),
}


@st.composite
def small_models(draw: DrawFn) -> Table:
    """Draw a small model with every kind of option and some limits between them."""
    names = st.sampled_from(sorted(CONDITIONS))
    limits = []
    for _ in range(draw(st.integers(1, 3))):
        first, other = draw(names), draw(names)
        when, other_condition = ({name: draw(st.sampled_from(CONDITIONS[name]))} for name in (first, other))
        limits.append(
            {"when": when, draw(st.sampled_from(["only", "never"])): other_condition}
            if first != other
            else {"never": other_condition}
        )
    options = {name: {**facts, "send": f"own.{name}"} for name, facts in SMALL_MODEL.items()}
    kind = {"provider": {"send": "provider"}, "model": {"send": "model"}}
    fields = {"prompt": {"send": "prompt", "text": {"min": 1, "max": 9}}}
    shared = {"language": 1, "types": {"image": {**kind, "fields": fields}}}
    model = {"name": "M", "type": "image", "provider": "p", "model": "m", "options": options, "limits": limits}
    built = build_texts(written({"_shared": shared, "m": model}))
    assume(built.table is not None and not built.report.errors)
    assert built.table is not None
    return built.table


@st.composite
def small_selections(draw: DrawFn) -> dict[str, Any]:
    """Draw a selection for such a model: often complete, and wrong in few places."""
    left_out = draw(st.sets(st.sampled_from(["steps", "flag", "refs", "shape", "aside", "count"]), max_size=3))
    picked = {name: draw(st.sampled_from(values)) for name, values in SOUND.items() if name not in left_out}
    wrong = draw(st.sets(st.sampled_from(sorted(WRONG)), max_size=2))
    return {"model": "m", **picked, **{name: draw(st.sampled_from(WRONG[name])) for name in wrong}}


def asked(draw: Any, table: Table, at: str) -> dict[Any, Any]:
    """Draw a selection that is possible or nearly so."""
    picked: dict[Any, Any] = draw(
        small_selections() if "m" in table.models and "all" in table.models["m"].options else selections(table, at)
    )
    return picked
