"""What everything that looks at a table in parsed JSON has to know: what there is, and how bounds, tests and moments stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from imgrules.table.moments import moment as read_moment
from imgrules.table.record import field, record
from imgrules.table.verify.predicates import OddError

Node: TypeAlias = dict[str, Any]


@record
class Known:
    """What a table has besides its models: its gates, and the fields and refused fields of each type."""

    gates: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    refused: Mapping[str, frozenset[str]]
    bodies: set[Any] = field(default_factory=set, compare=False)
    """Wire paths of whole bodies that were looked at: most models of a table have the same."""
    moments: set[str] = field(default_factory=set, compare=False)


def look_at_bounds(bounds: Node, *where: str | int) -> None:
    """Look whether a least number is no more than the greatest."""
    least, most = bounds.get("min"), bounds.get("max")
    if least is not None and most is not None and least > most:
        raise OddError("bounds that cross", *where)


def look_at_length(text: Node, *where: str) -> None:
    """Look whether a least length is no more than the greatest."""
    if text.get("longest") is not None and text.get("shortest", 0) > text["longest"]:
        raise OddError("bounds that cross", *where)


def look_at_conditions(options: Node, tests: Iterable[Node], *where: str | int) -> None:
    """Look whether the tests of a condition are about options of the model, and ask one thing each."""
    for each in tests:
        if each["name"] not in options:
            raise OddError("no option of this model", each["name"], *where)
        asks = [key for key in ("any", "none", "given") if each.get(key) not in (None, [])]
        ranged = each.get("min") is not None or each.get("max") is not None
        if len(asks) + ranged != 1 and not (not asks and not ranged):
            raise OddError("a test that asks for several things", each["name"], *where)
        look_at_bounds(each, each["name"], *where)


def look_at_lookup(options: Node, said: Node | None, *where: str | int) -> None:
    """Look whether a table is by options of the model, and as deep as these are many."""
    if said is None:
        return
    if not all(each in options for each in said["by"]) or len(set(said["by"])) != len(said["by"]):
        raise OddError("a table by what is no option", "by", *where)
    if len(said["by"]) == 1 and any(type(each) is dict for each in said["table"].values()):
        raise OddError("a row in a table by one option", "table", *where)


def look_at_badges(known: Known, badges: Iterable[Node]) -> None:
    """Look at the moments of badges."""
    for each in badges:
        look_at_moment(known, each.get("since"))
        look_at_moment(known, each.get("until"))


def look_at_moment(known: Known, moment: str | None) -> None:
    """Look whether there is such a second; the form of it is known."""
    if moment is not None and moment not in known.moments:
        try:
            read_moment(moment)
        except ValueError:
            raise OddError("no second of any calendar") from None
        known.moments.add(moment)
