"""What a refusal says about versions, about too many fields, and about values that conflict."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

import pytest

from imgrules import Rules
from imgrules.engine.request_caps import KEYS
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Change, Field, Gate, Model, Send, Table, Type
from imgrules.table.terms import Alias, Numbers, Sizes
from tests.engine.rich import NOW, SOUND, table, values

LATER = "2027-01-01T00:00:00Z"
SHAPE = Option("shape", "Shape", values("wide", "tall"))
FINE = Option("fine", "Fine", values("low", "high"))
SIZE = Option("size", "Size", size=Sizes(Numbers(64, 256, 64)), default="64x64", snap="nearest")
PAIRED = (Cell(("wide", "low")), Cell(("tall", "high")))
CROSSED = (Cell(("wide", "high")), Cell(("tall", "low")))


def rules(first: Model, later: Model | None = None) -> Rules:
    """Return rules of a model that may have another version from `LATER` on."""
    changes = () if later is None else (Change(LATER, later),)
    kind = Type("t", {"prompt": Field("prompt", required=True)}, {})
    return Rules(Table(1, {}, {"t": kind}, {"m": replace(first, changes=changes)}))


def model_of(*options: Option, cells: tuple[Cell, ...] = (Cell(()),)) -> Model:
    """Return a model of these options."""
    return Model("m", "M", "t", {option.name: option for option in options}, (Send(("prompt",), "prompt"),), cells)


def codes(of: Rules, selection: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the code and the field of each violation, decided without a moment."""
    return [(violation.code.value, violation.field) for violation in of.decide({"model": "m", **selection}).violations]


@pytest.mark.parametrize("extra", [{}, {"colour": 1}], ids=["sold", "refused"])
def test_a_moment_is_asked_for_where_versions_note_something_else(extra: dict[str, Any]) -> None:
    """A moment is required if the versions accept the same value with different notes."""
    named = replace(SIZE, aliases=(Alias("100x100", "128x128"),))
    assert codes(rules(model_of(named), model_of(named)), {"size": "100x100", **extra}) == [
        ("unknown_field", name) for name in extra
    ]
    assert codes(rules(model_of(named), model_of(SIZE)), {"size": "100x100", **extra}) == [("missing_field", "at")]


def test_a_moment_is_asked_for_where_versions_understand_something_else() -> None:
    """A moment is required if the versions differ in the defaults that a refusal shows in `select`."""
    low, high = (model_of(replace(FINE, default=name), cells=(Cell(("low",)), Cell(("high",)))) for name in ("low", "high"))
    assert codes(rules(low, low), {"colour": 1}) == [("unknown_field", "colour")]
    assert codes(rules(low, high), {"colour": 1}) == [("missing_field", "at")]


def test_a_repair_is_one_at_any_time() -> None:
    """Without a moment, only repairs that are possible in every version are offered."""
    wrong = {"model": "m", "shape": "round", "fine": "none"}
    always = rules(model_of(SHAPE, FINE, cells=PAIRED), model_of(SHAPE, FINE, cells=PAIRED)).decide(wrong)
    changing = rules(model_of(SHAPE, FINE, cells=PAIRED), model_of(SHAPE, FINE, cells=CROSSED)).decide(wrong)
    assert (
        [violation.field for violation in changing.violations]
        == [violation.field for violation in always.violations]
        == ["shape", "fine"]
    )
    assert len(always.repairs) == len(PAIRED)
    assert changing.repairs == ()


def test_what_is_at_odds_is_not_understood() -> None:
    """Values that conflict are left out of `select`."""
    decision = rules(model_of(SHAPE, FINE, cells=PAIRED)).decide({"model": "m", "shape": "wide", "fine": "high"})
    assert {violation.field for violation in decision.violations} == {"shape", "fine"}
    assert decision.select == {"model": "m"}


def test_what_is_sold_but_lacks_a_text_needs_no_repair() -> None:
    """A combination that is sold but lacks a required text has a violation and no repair."""
    decision = rules(model_of(SHAPE, FINE, cells=PAIRED)).decide({"model": "m", "shape": "wide", "fine": "low"}, complete=True)
    assert [(violation.code.value, violation.field) for violation in decision.violations] == [("missing_field", "prompt")]
    assert decision.repairs == ()


@pytest.mark.parametrize("count", [KEYS, KEYS + 1])
def test_the_first_violation_of_many_fields(count: int) -> None:
    """Up to the cap all fields are checked; beyond it, their number is the only violation."""
    of, selection = Rules(table()), {**SOUND, "tone": "none"}
    selection |= {f"k{number}": number for number in range(count - len(selection))}
    assert len(selection) == count
    first = of.decide(selection, at=NOW).violation
    assert first == of.decide(selection, at=NOW).violations[0]
    assert first is not None
    assert first.field == ("tone" if count == KEYS else "selection")


class Held(AbstractSet[str]):
    """A set of grants of a class of its own, which can be changed."""

    def __init__(self, *names: str) -> None:
        self.names = [*names]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@pytest.mark.parametrize("grants", [Held("key"), {"key"}, ["key"]], ids=["of a class of its own", "set", "list"])
def test_grants_count_as_they_were_given(grants: Any) -> None:
    """Changing the grants after the call does not change the order of repairs, in which open gates come first."""
    gated = model_of(SHAPE, cells=(Cell(("wide",), gates=("key",)), Cell(("tall",))))
    kind = Type("t", {"prompt": Field("prompt", required=True)}, {})
    of = Rules(Table(1, {"key": Gate("key", ("key",), "Key")}, {"t": kind}, {"m": gated}))
    decision = of.decide({"model": "m", "shape": "round"}, grants)
    (grants.names if isinstance(grants, Held) else grants).clear()
    assert [repair.set for repair in decision.repairs] == [{"shape": "wide"}, {"shape": "tall"}]
    assert of.decide({"model": "m", "shape": "round"}, grants).repairs[0].set == {"shape": "tall"}
