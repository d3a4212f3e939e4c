"""Two versions get the same questions, and every difference is reported."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random

import pytest

import imgrules
from bench import answering
from bench.differences import Difference, Tally, spots
from bench.drawing import Drawing
from bench.questions import RuleSet, of_cases, random_sets
from bench.same import as_line, compare, report
from bench.versions import started
from bench.written import ROOT


def few(count: int) -> list[RuleSet]:
    """Return the rule set of one file of cases, and some random ones."""
    chosen = [*of_cases("prices"), *random_sets(count)]
    return [RuleSet(rules.name, rules.texts, rules.asked[:6]) for rules in chosen]


@pytest.fixture(scope="module")
def asked() -> list[RuleSet]:
    """Return a few rule sets with their questions."""
    return few(3)


def tally(asked: list[RuleSet], tree: Path) -> Tally:
    """Return the differences between the imgrules of a folder and this one."""
    differences = Tally()
    with started(tree) as before, started(ROOT) as now:
        compare(iter(asked), before, now, differences)
    return differences


def test_a_difference_is_one_line_of_json() -> None:
    """A question may have keys that JSON does not know; the line has it as Python writes it."""
    line = as_line(Difference("packaged", ({("a",): 1}, None), "decide", "violations[].message", "before", "now"))
    assert json.loads(line) == {
        "rules": "packaged",
        "question": "({('a',): 1}, None)",
        "asked": "decide",
        "place": "violations[].message",
        "before": "before",
        "now": "now",
    }


def test_a_version_is_as_itself(asked: list[RuleSet]) -> None:
    """A version has no difference from itself, and everything was compared."""
    differences = tally(asked, ROOT)
    assert differences.rule_sets == len(asked) == 4
    assert differences.differing == {}
    assert (
        differences.compared["decide"]
        == differences.compared["emit_json"]
        == differences.compared["choices"]
        == sum(len(rules.asked) for rules in asked)
    )
    assert differences.compared["catalog"] > 0
    assert differences.statuses["allowed"]
    assert differences.statuses["impossible"]


def test_a_changed_answer_is_reported(asked: list[RuleSet], tmp_path: Path) -> None:
    """A changed sentence is reported at its place, with both versions."""
    shutil.copytree(ROOT / "imgrules", tmp_path / "imgrules", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "imgrules" / "engine" / "decision.py"
    text = path.read_text(encoding="utf-8")
    assert text.count("return (*closed, *(violation.message for violation in self.violations))") == 1
    path.write_text(text.replace("*(violation.message for", '*(violation.message + "!" for'))
    differences = tally(asked, tmp_path)
    assert set(differences.differing) == {"reasons"}
    lines = "\n".join(report(differences, "c0ffee it was"))
    assert "Compared with c0ffee it was: 4 rule sets" in lines
    assert "reasons: []" in lines
    first = differences.first[0]
    assert (first.place, first.before) == ("[]", first.now[:-1] + '!"')


def test_places_are_counted_once_for_an_answer() -> None:
    """Order of names, classes of numbers and lengths of lists count; an answer that is not JSON differs as a whole."""
    assert spots('{"a": [{"b": 1}, {"b": 2}], "c": 1}', '{"a": [{"b": 3}, {"b": 4}], "c": 1}') == {"a[].b": ("1", "3")}
    assert spots('{"a": 1, "b": 2}', '{"b": 2, "a": 1}') == {" (names)": ('["a", "b"]', '["b", "a"]')}
    assert spots('{"a": 1}', '{"a": 1.0}') == {"a": ("1", "1.0")}
    assert spots("[1]", "[1, 2]") == {"": ("[1]", "[1, 2]")}
    assert spots("[true]", "[1]") == {"[]": ("true", "1")}
    assert spots('{"a":1}', '{"a": 1}') == {"the spelling": ('{"a":1}', '{"a": 1}')}
    assert spots("ValueError: x", "ValueError: y") == {"": ("ValueError: x", "ValueError: y")}


def test_the_same_questions_are_drawn_every_time(asked: list[RuleSet]) -> None:
    """The questions depend only on the fixed seed; the first random rule sets are the same for any count."""
    again = {rules.name: rules for rules in few(2)}
    assert {name: (rules.texts, repr(rules.asked)) for name, rules in again.items()} == {
        rules.name: (rules.texts, repr(rules.asked)) for rules in islice(asked, 3)
    }


def test_drawn_selections_are_sound() -> None:
    """For every model of the cookbook, at least a third of the drawn selections are allowed, and all differ."""
    rules, random = imgrules.load(ROOT / "docs" / "cookbook"), Random(1)  # noqa: S311  a known seed
    for name in rules.table.models:
        drawing = Drawing(rules, name, random, "2026-05-01")
        drawn = [drawing.sound() for _ in range(30)]
        assert sum(map(drawing.allows, drawn)) >= 10, name
        assert len({repr(selection) for selection in drawn}) == 30


def test_an_answer_that_is_no_json_is_reported() -> None:
    """An exception, or an answer that is not JSON, counts as an answer and does not end the comparison."""
    assert (
        answering._answer_text(lambda *_: Decimal(1), None, ()) == "TypeError: Object of type Decimal is not JSON serializable"
    )
    assert answering._answer_text(lambda *_: 1 // 0, None, ()).startswith("ZeroDivisionError: ")
    assert answering._answer_text(lambda *_: [1.0, "a"], None, ()) == '[1.0, "a"]'
