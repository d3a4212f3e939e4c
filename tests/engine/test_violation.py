"""A violation answers its code, field and value at once, and the rest on the first look, as if it had been there."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from imgrules import Rules, Table, Violation, ViolationCode, loads
from imgrules.engine.document import dumps, plain
from imgrules.engine.explain import violations
from imgrules.engine.faults import ask, examine, first
from imgrules.engine.repair import repairs
from tests.engine import hostile
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
    """Answer the first violation of a selection, at which nobody looked."""
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
    told = loads(dumps(table()))
    seen = [untold(told, SOUND | {"tone": "tint"}) for _ in range(50)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda at: seen[at % 50].message, range(400)))
    assert len(set(found)) == 1
    # Who found it untold, and comes when another has told it, is told what is there.
    assert seen[0].__getattr__("message") == found[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "more",
    [
        {"tone": ["dark"]},
        {"tone": [None]},
        {"styles": ["oil", 5]},
        {"styles": ["paint"]},
        {"styles": ["oil"] * 9},
        {"strength": ["0.5"]},
        {"references": ["x" * 21]},
        {"model": ["studio"]},
        {"model": "studios", "tone": ["dark"], "styles": ["paint"]},
        {"zzz": ["x"]},
    ],
    ids=str,
)
def test_a_list_may_change_after_it_was_asked_about(more: dict[str, Any]) -> None:
    """What is looked at late is what it was, though the caller has emptied a list, or filled it otherwise."""
    one = table()

    def lists(*rest: object) -> dict[str, Any]:
        return {key: [*each, *rest] if isinstance(each, list) else each for key, each in (SOUND | more).items()}

    def answer(picked: dict[str, Any]) -> Any:
        asked = ask(one, dict(picked), frozenset(), None, NOW)
        verdict = examine(asked)
        return asked, verdict, violations(asked, verdict)

    asked, verdict, why = answer(lists())
    wanted = [(each.message, each.allowed, each.suggestion) for each in why], repairs(asked, verdict)
    late = lists()
    asked, verdict, why = answer(late)
    for each in late.values():
        if isinstance(each, list):
            each[:] = ["dark", "oil", None]
    assert ([(each.message, each.allowed, each.suggestion) for each in why], repairs(asked, verdict)) == wanted


@pytest.mark.parametrize("value", [*hostile.NOWHERE.values(), *hostile.SOMEWHERE.values()])
def test_what_is_odd_is_told_late_as_it_is_at_once(value: Any, rules: Rules) -> None:
    """No value makes a late look raise, wherever it stands."""
    for model in ("gpt-image-2", "studio", "studios"):
        for name in ("model", "ratio", "quality", "prompt", "tone", "styles", "size", "outputs", "text", "zzz"):
            for one in (rules.table, table()):
                asked = ask(one, {"model": model, name: value()}, frozenset(), None, NOW)
                for each in violations(asked, examine(asked)):
                    assert each.message
                    assert type(each.allowed) is tuple


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"ratio": "21:9"},
        {"quality": 5, "ratio": "1:2"},
        {"prompt": ""},
        {"prompt": "\ud800"},
        {"style": None},
        {"zoom": 1, "ratio": "1:2"},
        {"model": "gpt"},
        {"model": None},
        {"model": "sketch"},
        {"model": "studio"},
    ],
    ids=ascii,
)
def test_the_first_fault_alone(rules: Rules, holed: Table, more: dict[str, Any]) -> None:
    """The first of all faults is found without the others."""
    for one in (rules.table, holed, table()):
        for picked in ({"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}, {"model": "pixel", "size": "large"}):
            faults = examine(ask(one, picked | more, frozenset(), None, NOW)).faults
            assert first(one, picked | more, NOW) == (faults[0] if faults else None)


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
