"""A violation has its code, field and value at once, and computes the other attributes at the first access."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from imgrules import Rules, Table, Violation, ViolationCode, loads
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.refusals.constraints import examine
from imgrules.refusals.questions import ask
from imgrules.refusals.violations import violations
from imgrules.table.codec import dumps, plain
from tests.engine.rich import NOW, SOUND, table

FULL = Violation(
    ViolationCode.NOT_OFFERED,
    "quality",
    "hihg",
    "gpt-image-2 does not offer quality `hihg`; choose `low`, `medium` or `high`; did you mean `high`?",
    ("low", "medium", "high"),
    "high",
)
PICKED = {"model": "gpt-image-2", "ratio": "1:1", "quality": "hihg"}


def lazy_violation(rule_table: Table, picked: dict[str, Any] | None = None) -> Violation:
    """Return the first violation of a selection, whose lazy attributes were not read yet."""
    question = ask(rule_table, dict(PICKED if picked is None else picked), frozenset(), None, NOW)
    return violations(question, examine(question))[0]


@pytest.mark.parametrize("name", ["message", "allowed", "suggestion"])
def test_each_part_is_told_when_somebody_looks(rules: Rules, name: str) -> None:
    """Each lazy attribute can be read first, and the violation then equals one that was made with all of them."""
    violation = lazy_violation(rules.table)
    assert (violation.code, violation.field, violation.value) == (ViolationCode.NOT_OFFERED, "quality", "hihg")
    assert getattr(violation, name) == getattr(FULL, name)
    assert violation == FULL


def test_it_is_the_record_that_it_tells(rules: Rules) -> None:
    """Equality, hash, repr, copies, pickles and fields are those of a violation that was made with all attributes."""
    assert lazy_violation(rules.table) == FULL
    assert hash(lazy_violation(rules.table)) == hash(FULL)
    assert repr(lazy_violation(rules.table)) == repr(FULL)
    assert copy.copy(lazy_violation(rules.table)) == copy.deepcopy(lazy_violation(rules.table)) == FULL
    assert pickle.loads(pickle.dumps(lazy_violation(rules.table))) == FULL  # noqa: S301  our own
    assert replace(lazy_violation(rules.table), value="x") == replace(FULL, value="x")
    assert plain(lazy_violation(rules.table)) == plain(FULL)
    assert [attribute.name for attribute in fields(Violation)] == [
        *("code", "field", "value", "message", "allowed", "suggestion", "fact")
    ]


def test_nobody_changes_it(rules: Rules) -> None:
    """A violation is frozen before and after the lazy attributes are computed, and has no other attributes."""
    for violation in (lazy_violation(rules.table), FULL):
        for name in ("code", "message", "_untold", "other"):
            with pytest.raises((FrozenInstanceError, TypeError)):
                setattr(violation, name, "x")
        with pytest.raises(AttributeError, match="other"):
            _ = violation.other  # type: ignore[attr-defined]


def test_threads_are_told_the_same() -> None:
    """Threads that read a lazy attribute at the same time get the same value."""
    base = loads(dumps(table()), verify=False)
    lazy = [lazy_violation(base, SOUND | {"tone": "tint"}) for _ in range(50)]
    with ThreadPoolExecutor(8) as pool:
        messages = list(pool.map(lambda at: lazy[at % 50].message, range(400)))
    assert len(set(messages)) == 1
    # Who found it untold, and comes when another has told it, is told what is there.
    assert lazy[0].__getattr__("message") == messages[0]  # type: ignore[attr-defined]


def test_what_is_remembered_is_bounded_and_no_part_of_a_table(rules: Rules) -> None:
    """The caches of a table and its models are bounded, and empty in copies and pickles."""
    copied = loads(dumps(rules.table))
    for number in range(1200):
        selection = {"model": f"gpt-{number}", "ratio": f"{number}:1", "quality": f"x{number}", f"zoom{number}": 1}
        decision = Rules(copied).decide(selection, language=f"x{number}")
        assert decision.violations[0].message
        assert decision.repairs
        assert Rules(copied).decide(selection | {"model": "gpt-image-2"}).repairs
    model = copied.models["gpt-image-2"]
    assert copied == rules.table
    assert 0 < len(copied.memory) < 10
    assert 0 < len(model.memory) < 50
    unpickled = pickle.loads(pickle.dumps(copied))  # noqa: S301  our own
    assert unpickled == copied
    assert not unpickled.memory
    assert not replace(model).memory


NEEDY = """
name: M
type: image
provider: p
model: m
options:
  tone: {send: tone, values: [a, b]}
  grade: {send: grade, values: [x, y], optional: true}
  form: {send: form, ratio: {}, optional: true}
limits:
  - {when: {grade: x}, only: {tone: a}}
  - {when: {form: {not: (none)}}, needs: grade}
"""
"""Rules in which a form needs a grade, which depends on the tone."""


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [(NEEDY, ("y",)), (NEEDY.replace("values: [x, y], optional: true", "values: [x, y], optional: true, when: {tone: a}"), ())],
    ids=["possible", "impossible"],
)
def test_a_needed_option_lists_what_is_possible(rules: str, allowed: tuple[str, ...]) -> None:
    """A limit that needs an option offers the values that are possible with the other picks, and none where none is."""
    shared = "language: 1\ntypes: {image: {provider: {send: provider}, model: {send: model}}}\n"
    table = build_texts({"_shared": shared, "m": rules}).table
    assert table is not None
    violation = decide(table, {"model": "m", "tone": "b", "form": "16:9"}).violations[0]
    assert (violation.code.value, violation.field, violation.allowed) == ("missing_field", "grade", allowed)
