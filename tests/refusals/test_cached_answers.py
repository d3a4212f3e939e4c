"""Cached parts of a refusal are never used for a selection that needs other ones."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

from imgrules import Rules, dumps, loads
from imgrules.compiler.build import build_texts

SHARED = {
    "language": 1,
    "types": {"image": {"provider": {"send": "p"}, "model": {"send": "m"}}},
    "gates": {"member": {"opens_with": ["member"], "label": "Members"}},
}
OPTIONS = {
    "tone": {"send": "tone", "values": {"a": {"gate": "member"}, "b": {}, "c": {}}},
    "shape": {"send": "shape", "values": ["x", "y"], "default": "x"},
    "count": {"send": "count", "number": {"min": 1, "max": 9}, "optional": True},
    "size": {"send": "size", "size": {"edge": {"min": 16, "max": 64}}, "optional": True},
    "pics": {"send": "pics", "list": {"max": 4}, "optional": True},
    "note": {"send": "note", "text": {"max": 9}, "optional": True},
    "urls": {"send": "urls", "list": {"max": 4}, "optional": True},
    "wide": {"of": "size", "measure": "pixels"},
}
LIMITS = [
    {"when": {"count": {"min": 5}}, "only": {"tone": "a"}},
    {"when": {"pics": {"min": 2}}, "only": {"tone": "b"}},
    {"when": {"shape": "x"}, "never": {"tone": "c"}},
    {"when": {"note": {"not": "(none)"}}, "never": {"tone": "b"}},
    {"when": {"wide": {"min": 1000}}, "only": {"tone": "a"}},
    {"when": {"shape": "y"}, "only": {"urls": "(none)"}},
]


def rules() -> Rules:
    """Return new rules, without cached answers."""
    model = {"name": "M", "type": "image", "provider": "p", "model": "m", "options": OPTIONS, "limits": LIMITS}
    built = build_texts({"_shared": json.dumps(SHARED), "m": json.dumps(model)})
    assert built.table is not None
    assert not built.report.errors
    return Rules(built.table)


PAIRS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a number on either side of a limit": ({"count": 2}, {"count": 7}),
    "lists of two lengths": ({"pics": ["u"]}, {"pics": ["u", "v"]}),
    "wrong, or left to its default": ({"shape": "zzz"}, {}),
    "wrong, or picked": ({"shape": "zzz"}, {"shape": "x"}),
    "another value": ({"shape": "y"}, {"shape": "x"}),
    "there, or not": ({"count": 7}, {}),
    "wrong, or not there": ({"count": 99}, {"count": 7}),
    "given, or not": ({"note": "n"}, {}),
    "a list with entries, or without": ({"shape": "y", "urls": ["u"]}, {"shape": "y", "urls": []}),
    "what is computed from it": ({"size": "16x16", "shape": "y"}, {"size": "32x32", "shape": "y"}),
}


@pytest.mark.parametrize("selections", PAIRS.values(), ids=PAIRS)
def test_one_question_is_not_answered_for_another(selections: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Selections that differ in something that a rule depends on get the answers of new rules."""
    assert_answers_differ(
        [({"model": "m", "tone": "zzz", **picked}, grants) for picked in selections for grants in ((), ("member",))]
    )


def assert_answers_differ(questions: list[tuple[dict[str, Any], tuple[str, ...]]]) -> None:
    """Assert that each question has its own answer, in any order and when repeated."""
    fresh = [rules().decide(*question).as_dict() for question in questions]
    assert len({json.dumps([answer["violations"], answer["repairs"]]) for answer in fresh}) > 1
    text = dumps(rules().table)
    for order in permutations(range(len(questions))):
        used = Rules(loads(text, verify=False))
        for at in (*order, *order):
            assert used.decide(*questions[at]).as_dict() == fresh[at]


def test_two_options_have_answers_of_their_own() -> None:
    """The cached allowed values of one option are not used for another."""
    assert_answers_differ([({"model": "m", "tone": "zzz"}, ()), ({"model": "m", "shape": "zzz"}, ())])


FREE = {
    "texts": [{"note": note} for note in ("one", "two", "three")],
    "lists": [{"shape": "y", "urls": urls} for urls in (["u"], ["v"], ["u", "v", "w"])],
}


@pytest.mark.parametrize("selections", FREE.values(), ids=FREE)
def test_what_no_rule_asks_about_shares_an_answer(selections: list[dict[str, Any]]) -> None:
    """Selections that differ only in a text, or in entries of a list, that no rule depends on share one cached answer."""
    used, lengths = rules(), set()
    for picked in selections:
        question = {"model": "m", "tone": "zzz", **picked}
        assert used.decide(question).as_dict() == rules().decide(question).as_dict()
        lengths.add(tuple(len(used.table.models["m"].memory.get(kind) or ()) for kind in ("possible", "moves")))
    assert len(lengths) == 1
    assert all(min(lengths))
