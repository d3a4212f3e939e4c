"""What the rules say about each option by itself: whether it may be absent, and which numbers it may be."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules.compiler.lower.convert import options
from imgrules.compiler.lower.known_options import known_options
from imgrules.compiler.lower.possible_numbers import range_text
from imgrules.compiler.spec.model import ModelSpec
from imgrules.table.dependency_order import in_dependency_order

HEAD: dict[str, Any] = {"name": "M", "type": "image", "provider": "p", "model": "m"}
MODE: dict[str, Any] = {"values": ["a", "b"]}
COUNT = {"number": {"min": 3, "max": 11, "step": 4}}
TABLE = {"by": ["mode"], "table": {"a": 3}}


def known(more: dict[str, Any], limits: list[dict[str, Any]] | None = None) -> Any:
    """Return what is known of the options of a model; the last one is judged."""
    document = {**HEAD, "options": {"mode": MODE, **more}, **({"limits": limits} if limits else {})}
    by_name = known_options(in_dependency_order(options(ModelSpec.model_validate(document), {})))
    return by_name[[*more][-1]]


@pytest.mark.parametrize(
    ("more", "limits", "absent"),
    [
        ({"n": COUNT}, [], False),
        ({"n": {**COUNT, "default": 3}}, [], False),
        ({"n": {**COUNT, "default": TABLE}}, [], False),
        ({"n": {**COUNT, "optional": True}}, [], True),
        ({"n": {**COUNT, "when": {"mode": "a"}}}, [], True),
        ({"n": COUNT}, [{"when": {"mode": "a"}, "ignores": "n"}], True),
        ({"n": COUNT, "w": {"of": "n", "values": {"x": {"min": 1}}}}, [], False),
        ({"n": COUNT, "w": {"of": "n", "values": {"x": {"min": 1}}}}, [{"when": {"mode": "a"}, "ignores": "n"}], True),
        ({"n": {"list": {}, "optional": True}, "w": {"of": "n", "values": {"x": {"min": 0}}}}, [], False),
        ({"s": {"size": {}}, "p": {"of": "s", "measure": "pixels"}}, [], False),
        ({"s": {"size": {}, "values": ["1x2"]}, "p": {"of": "s", "measure": "pixels"}}, [], False),
        ({"s": {"size": {}, "values": ["auto"]}, "p": {"of": "s", "measure": "pixels"}}, [], True),
        (
            {"s": {"size": {}, "values": ["auto"]}, "p": {"of": "s", "measure": "pixels"}, "q": {"of": "p", "values": {}}},
            [],
            True,
        ),
        ({"n": {**COUNT, "optional": True}, "t": {"of": ["n"], "measure": "total"}}, [], False),
    ],
)
def test_absence(more: dict[str, Any], limits: list[dict[str, Any]], *, absent: bool) -> None:
    """An option may be absent if it is optional, conditional or ignored, or computed from what may have no number."""
    assert known(more, limits).may_be_absent is absent


@pytest.mark.parametrize(
    ("more", "least_to_greatest", "from_5"),
    [
        ({"n": COUNT}, "3 to 11", 7),
        ({"n": {"number": {"max": 8, "step": 4}}}, "at most 8", 8),
        ({"n": {"number": {"min": 1}}}, "at least 1", 5),
        ({"n": {"number": {}}}, "any number", 5),
        ({"n": {"list": {"max": 9}}}, "0 to 9", 5),
        ({"n": {"list": {"min": 2, "max": 9}}}, "2 to 9", 5),
        ({"n": {"list": {"min": 2, "max": 9}, "optional": True}}, "0 to 9", 5),
        ({"n": {"list": {"min": 2, "max": 9}, "when": {"mode": "a"}}}, "0 to 9", 5),
        ({"s": {"size": {"edge": {"min": 3, "max": 5}}}, "p": {"of": "s", "measure": "pixels"}}, "9 to 25", 9),
        (
            {
                "s": {"size": {"edge": {"min": 3, "max": 5}, "area": {"min": 10, "max": 20}}},
                "p": {"of": "s", "measure": "pixels"},
            },
            "12 to 20",
            12,
        ),
        (
            {
                "s": {"size": {"edge": {"min": 3, "max": 5}}, "values": ["1x2"]},
                "p": {"of": "s", "measure": "pixels", "unit": 2},
            },
            "1 to 13",
            5,
        ),
        ({"s": {"values": ["2x2", "3x3"]}, "p": {"of": "s", "measure": "pixels"}}, "4 to 9", 9),
        ({"n": COUNT, "m": {"number": {"min": -2, "max": 1}}, "p": {"of": ["n", "m"], "measure": "pixels"}}, "-22 to 11", 5),
        ({"n": COUNT, "m": {"number": {"min": 2, "max": 3}}, "t": {"of": ["n", "m"], "measure": "total"}}, "5 to 14", 5),
        (
            {"n": COUNT, "m": {"number": {"min": 2, "max": 3}, "optional": True}, "t": {"of": ["n", "m"], "measure": "total"}},
            "3 to 14",
            5,
        ),
        (
            {
                "n": COUNT,
                "m": {"number": {"min": -3, "max": -2}, "optional": True},
                "t": {"of": ["n", "m"], "measure": "total"},
            },
            "0 to 11",
            5,
        ),
    ],
)
def test_numbers(more: dict[str, Any], least_to_greatest: str, from_5: int) -> None:
    """The bounds of a number, of a length, of an area or of a sum, and the first number from 5 on."""
    numbers = known(more).numbers
    assert range_text(numbers.least, numbers.greatest) == least_to_greatest
    assert numbers.first_from(5) == from_5


@pytest.mark.parametrize(
    "more",
    [
        {"n": {"number": {"min": 5, "max": 1}}},
        {"n": {"list": {"min": 5, "max": 1}}},
        {"p": {"of": "nowhere", "measure": "pixels"}},
        {"p": {"of": ["p"], "measure": "total"}},
        {"p": {"of": ["p", "p"], "measure": "pixels"}},
        {"q": {"of": ["p"], "measure": "total"}, "p": {"of": ["q"], "measure": "total"}},
        {"p": {"of": ["mode"], "measure": "total"}},
    ],
)
def test_what_other_checks_report_is_unknown(more: dict[str, Any]) -> None:
    """Crossed bounds, unknown names, dependency cycles and what is no number have no possible numbers."""
    assert known(more).numbers is None
