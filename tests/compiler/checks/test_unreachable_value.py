"""A value that nobody can ever choose is reported."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.checks import unreachable_value
from imgrules.compiler.lower.lower import lower
from imgrules.compiler.parsed_file import parse_text
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.engine.decision import Status
from imgrules.rules import Rules
from imgrules.testing import written
from tests.compiler.checks.test_shared_wire_path import HEAD, selections, some_model
from tests.compiler.checks.test_shared_wire_path import SHARED as WITH_PATHS

SHARED = "language: 1\ntypes: {t: {model: {send: m}}}\n"
MODEL = """
name: M
model: m
options:
  width: {send: w, number: {min: 1, max: 4096}, DEFAULT}
  image: {send: i, text: {}, optional: true}
limits: [{when: {image: {not: (none)}}, CLAUSE}]
"""


def test_mapping(places_of: Callable[..., list[str]]) -> None:
    """A value whose gate no grant opens is reported."""
    assert places_of("IR207", shared=[("opens_with: [member]", "opens_with: []")]) == ["nano.yaml:11:7 high"]


def test_whole_model(places_of: Callable[..., list[str]]) -> None:
    """Where every value of one option is closed, only the values of that option are reported."""
    assert places_of(
        "IR207", ("credits: 5}", "credits: 5, gate: member}"), shared=[("opens_with: [member]", "opens_with: []")]
    ) == ["nano.yaml:10:7 low", "nano.yaml:11:7 high"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A gate with a grant can be opened."""
    assert places_of("IR207") == []


def test_limits(places_of: Callable[..., list[str]]) -> None:
    """A value that limits rule out in every combination is reported, and so are limits that allow no combination."""
    never = "limits: [{never: {quality: high}}]\nexamples:\n"
    assert places_of("IR207", ("examples:\n", never)) == ["nano.yaml:11:7 high"]
    assert places_of("IR207", ("examples:\n", never.replace("high", "[low, high]"))) == ["nano.yaml:12:1 limits"]


def test_from_a_day_on(build_with: Callable[..., Build]) -> None:
    """A value that nobody can choose from some day on is reported once, with that day."""
    limit = ("examples:\n", 'limits: [{when: {ratio: "16:9"}, only: {quality: low}}]\nexamples:\n')
    ending_value = ("label: Basic", 'until: "2026-12-01", label: Basic')
    value_that_ends_later = ("label: Premium", 'until: "2027-12-01", label: Premium')
    third_value = ("      high:", "      best: {credits: 9}\n      high:")
    messages = [
        diagnostic.message
        for diagnostic in build_with(limit, ending_value, value_that_ends_later, third_value).report.errors
        if diagnostic.code.id == "IR207"
    ]
    assert messages == ["nobody can ever choose `16:9` from `2026-12-01` on"]


@pytest.mark.parametrize("clause", ["never: {width: {not: (none)}}", "only: {width: (none)}"])
def test_what_the_hint_says_ends_it(clause: str) -> None:
    """Where a default rules an option out, the hint is a default that leaves room for it, and nothing is reported then."""
    text = MODEL.replace("CLAUSE", clause)
    (found,) = build_texts({"_shared": SHARED, "m": text.replace("DEFAULT", "default: 1024")}).report.errors
    keys = re.findall("`([a-z]+: [^`]+)`", found.hint)[-2:]
    mended = build_texts({"_shared": SHARED, "m": text.replace("DEFAULT", ", ".join(keys))})
    assert mended.report.errors == ()
    assert mended.table is not None
    rules = Rules(mended.table)
    assert rules.decide({"model": "m", "image": "cat"}).select == {"model": "m", "image": "cat"}
    assert rules.decide({"model": "m"}).select == {"model": "m", "width": 1024}
    assert rules.decide({"model": "m", "image": "cat", "width": 5}).status == "impossible"


def test_an_option_in_a_period(build_with: Callable[..., Build]) -> None:
    """An option without listed values is reported from the day on from which nobody can choose it; one that is ignored is not."""
    limits = "limits: [{when: {quality: high}, never: {image: {not: (none)}}}, {when: {quality: low}, ignores: seed}]"
    extra = "  image: {send: image, text: {}, optional: true}\n  seed: {send: seed, number: {}, optional: true}\n"
    edits = (("label: Basic", 'until: "2026-12-01", label: Basic'), ("examples:\n", f"{extra}{limits}\nexamples:\n"))
    errors = build_with(*edits).report.errors
    assert [error.message for error in errors if error.code.id == "IR207"] == [
        "nobody can ever choose `image` from `2026-12-01` on"
    ]


def test_what_is_reported_is_in_no_possible_selection() -> None:
    """Of random models, whatever is reported is in no selection that is possible, of all that there are."""
    proven = 0
    for seed in range(1_000):
        model = some_model(random.Random(seed))  # noqa: S311  no secret is made
        texts = written({"_shared": WITH_PATHS, "nano": {**HEAD, **model}})
        if {error.code.id for error in build_texts(texts).report.errors} != {"IR207"}:
            continue
        shared, spec = (parse_text(stem, texts[stem]).spec for stem in ("_shared", "nano"))
        assert isinstance(shared, SharedSpec)
        assert isinstance(spec, ModelSpec)
        rules = RuleSet(shared, {"nano": spec}, frozenset({"nano"}))
        table = lower(rules)
        decide = Rules(table).decide
        decided = (decide(selection) for selection in selections([*model["options"]]))
        possible = [decision.select for decision in decided if decision.status is not Status.IMPOSSIBLE]
        for finding in unreachable_value.check(rules, table):
            path = finding.place.path
            option, value = str(path[1]), path[3:]
            values = spec.options[option].values
            wanted = values[int(value[0])] if isinstance(values, list) and value else None
            assert not [picks for picks in possible if (picks.get(option) == wanted if value else picks.get(option))], seed
            proven += 1
    assert proven > 10
