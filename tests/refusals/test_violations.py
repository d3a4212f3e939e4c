"""A violation answers its code, field and value at once, and the rest on the first look, as if it had been there."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from imgrules import Rules, Table, Violation, ViolationCode, loads
from imgrules.refusals.constraints import ask, examine
from imgrules.refusals.violations import violations
from imgrules.table.codec import dumps, plain
from tests.engine.rich import NOW, SOUND, table

TOLD = Violation(
    ViolationCode.NOT_OFFERED,
    "quality",
    "hihg",
    "gpt-image-2 does not offer quality `hihg`; choose `low`, `medium` or `high`; did you mean `high`?",
    ("low", "medium", "high"),
    "high",
)
PICKED = {"model": "gpt-image-2", "ratio": "1:1", "quality": "hihg"}


def untold(one: Table, picked: dict[str, Any] | None = None) -> Violation:
    """Return the first violation of a selection, at which nobody looked."""
    asked = ask(one, dict(PICKED if picked is None else picked), frozenset(), None, NOW)
    return violations(asked, examine(asked))[0]


@pytest.mark.parametrize("name", ["message", "allowed", "suggestion"])
def test_each_part_is_told_when_somebody_looks(rules: Rules, name: str) -> None:
    """Whichever part is looked at first, it and the others are what they would have been."""
    violation = untold(rules.table)
    assert (violation.code, violation.field, violation.value) == (ViolationCode.NOT_OFFERED, "quality", "hihg")
    assert getattr(violation, name) == getattr(TOLD, name)
    assert violation == TOLD


def test_it_is_the_record_that_it_tells(rules: Rules) -> None:
    """Equality, hash, text, copies, pickles and records are those of a violation that was told."""
    assert untold(rules.table) == TOLD
    assert hash(untold(rules.table)) == hash(TOLD)
    assert repr(untold(rules.table)) == repr(TOLD)
    assert copy.copy(untold(rules.table)) == copy.deepcopy(untold(rules.table)) == TOLD
    assert pickle.loads(pickle.dumps(untold(rules.table))) == TOLD  # noqa: S301  our own
    assert replace(untold(rules.table), value="x") == replace(TOLD, value="x")
    assert plain(untold(rules.table)) == plain(TOLD)
    assert [each.name for each in fields(Violation)] == ["code", "field", "value", "message", "allowed", "suggestion"]


def test_nobody_changes_it(rules: Rules) -> None:
    """It is as frozen before the first look as after it, and has no other attributes."""
    for violation in (untold(rules.table), TOLD):
        for name in ("code", "message", "_untold", "other"):
            with pytest.raises((FrozenInstanceError, TypeError)):
                setattr(violation, name, "x")
        with pytest.raises(AttributeError, match="other"):
            _ = violation.other  # type: ignore[attr-defined]


def test_threads_are_told_the_same() -> None:
    """Whoever looks first, all are told the same."""
    told = loads(dumps(table()), verify=False)
    seen = [untold(told, SOUND | {"tone": "tint"}) for _ in range(50)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda at: seen[at % 50].message, range(400)))
    assert len(set(found)) == 1
    # Who found it untold, and comes when another has told it, is told what is there.
    assert seen[0].__getattr__("message") == found[0]  # type: ignore[attr-defined]


def test_what_is_remembered_is_bounded_and_no_part_of_a_table(rules: Rules) -> None:
    """Whatever is asked, a table and its models remember so much; their copies and pickles begin anew."""
    one = loads(dumps(rules.table))
    for each in range(1200):
        one_of = {"model": f"gpt-{each}", "ratio": f"{each}:1", "quality": f"x{each}", f"zoom{each}": 1}
        decision = Rules(one).decide(one_of, language=f"x{each}")
        assert decision.violations[0].message
        assert decision.repairs
        assert Rules(one).decide(one_of | {"model": "gpt-image-2"}).repairs
    model = one.models["gpt-image-2"]
    assert one == rules.table
    assert 0 < len(one.memory) < 10
    assert 0 < len(model.memory) < 50
    again = pickle.loads(pickle.dumps(one))  # noqa: S301  our own
    assert again == one
    assert not again.memory
    assert not replace(model).memory
