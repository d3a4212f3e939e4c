"""The names that a table defines, and the verification of bounds, conditions, look-up tables, badges and moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from imgrules.quoting import quoted
from imgrules.table.moments import moment as read_moment
from imgrules.table.record_base import field, record
from imgrules.table.verify.predicates import InvalidTableError

Node: TypeAlias = dict[str, Any]


@record
class Known:
    """The names that a table defines outside its models: gates, and the fields and refused fields of each type."""

    gates: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    refused: Mapping[str, frozenset[str]]
    bodies: set[Any] = field(default_factory=set, compare=False)
    """Bodies, as tuples of wire paths, that were verified already: most models of a table share one."""
    moments: set[str] = field(default_factory=set, compare=False)
    """Moments that were verified already."""


def verify_bounds(bounds: Node, *where: str | int) -> None:
    """Verify that `min` is not greater than `max`."""
    least, most = bounds.get("min"), bounds.get("max")
    if least is not None and most is not None and least > most:
        raise InvalidTableError(f"the minimum {least} is greater than the maximum {most}", *where)


def verify_length(text: Node, *where: str) -> None:
    """Verify that the shortest length is not greater than the longest."""
    if text.get("longest") is not None and text.get("shortest", 0) > text["longest"]:
        raise InvalidTableError(f"the minimum {text['shortest']} is greater than the maximum {text['longest']}", *where)


def verify_conditions(options: Node, tests: Iterable[Node], *where: str | int) -> None:
    """Verify that each test of a condition names an option of the model, and has one kind of test only."""
    for test in tests:
        if test["name"] not in options:
            raise InvalidTableError(f"the model has no option {quoted(test['name'])}", test["name"], *where)
        asks = [key for key in ("any", "none") if test.get(key)]
        ranged = test.get("min") is not None or test.get("max") is not None
        if len(asks) + ranged != 1 and not (not asks and not ranged):
            message = "this test has several of `any`, `none` and a range; use one test for each"
            raise InvalidTableError(message, test["name"], *where)
        verify_bounds(test, test["name"], *where)


def verify_lookup(options: Node, lookup: Node | None, *where: str | int) -> None:
    """Verify that a look-up table names different options of the model, and has no more levels than options."""
    if lookup is None:
        return
    if not all(name in options for name in lookup["by"]) or len(set(lookup["by"])) != len(lookup["by"]):
        raise InvalidTableError("`by` names an option that the model does not have, or one option twice", "by", *where)
    if len(lookup["by"]) == 1 and any(type(row) is dict for row in lookup["table"].values()):
        raise InvalidTableError("the table is by one option, but has nested rows", "table", *where)


def verify_badges(known: Known, badges: Iterable[Node]) -> None:
    """Verify the moments of badges."""
    for badge in badges:
        verify_moment(known, badge.get("since"))
        verify_moment(known, badge.get("until"))


def verify_moment(known: Known, moment: str | None) -> None:
    """Verify that a moment exists in the calendar; its format is verified already."""
    if moment is not None and moment not in known.moments:
        try:
            read_moment(moment)
        except ValueError:
            raise InvalidTableError(f"{moment} does not exist in the calendar") from None
        known.moments.add(moment)
