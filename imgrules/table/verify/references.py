"""
What a model of a compiled table names has to be there, and has to fit.

Everything here is read from parsed JSON whose shape is known to be sound, so that no record is made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from imgrules.table.caps import MOST_DATED_COMBINATIONS
from imgrules.table.records import MODEL
from imgrules.table.verify.known_names import (
    Known,
    Node,
    look_at_badges,
    look_at_conditions,
    look_at_length,
    look_at_lookup,
    look_at_moment,
)
from imgrules.table.verify.option_references import is_bound, look_at_option, look_for_cycles
from imgrules.table.verify.predicates import OddError
from imgrules.table.verify.wire_paths import look_at_paths

_ANYBODY = frozenset({MODEL, "at", "grants"})
"""What no option and no field may be called: it has a meaning in every request."""


def known_of(table: Node) -> Known:
    """
    Return what the models of a table may name.

    Raises:
        OddError: two gates, types or fields have one name, or a field is called as something else is.

    """
    gates = _unique(table["gates"], "gates")
    _unique(table["types"], "types")
    fields = {each["name"]: _unique(each["fields"], "types") for each in table["types"]}
    refused = {each["name"]: frozenset(each["refused"]) for each in table["types"]}
    for name, each in fields.items():
        if not _ANYBODY.isdisjoint(each | refused[name]) or not each.isdisjoint(refused[name]):
            raise OddError("a field has a name that means something else", "types")
    for each in table["types"]:
        for one in each["fields"]:
            look_at_length(one.get("text") or {})
    return Known(gates, fields, refused)


def look_at_rest(table: Node, known: Known, models: Collection[str]) -> None:
    """
    Look at what stands beside the models, given their ids.

    Raises:
        OddError: an alias means no model, or a sentence is none of those that are said.

    """
    for each in table.get("aliases", ()):
        if each["means"] not in models or each["name"] in models:
            raise OddError(f"{each['name'][:60]!a} is no other name for a model", "aliases")
        look_at_moment(known, each.get("until"))
    if table.get("messages"):
        from imgrules.table.messages import ENGLISH, places_in, places_of  # noqa: PLC0415  most tables have none

        for language, texts in table["messages"].items():
            for name, text in texts.items():
                if name not in ENGLISH or not places_in(text) <= places_of(name):
                    raise OddError("no sentence that is said", name, language, "messages")


def look_at_model(known: Known, model: Node) -> None:
    """
    Look at what a model names, now and after each of its changes.

    Raises:
        OddError: it names what is not there, or holds what does not fit.

    """
    _look_at_stretch(known, model)
    changes = model.get("changes")
    if not changes:
        return
    before, cells = "", len(model["cells"])
    for at, each in enumerate(changes):
        later = each["model"]
        cells += len(later["cells"])
        if each["at"] <= before or later["id"] != model["id"] or cells > MOST_DATED_COMBINATIONS:
            raise OddError("a change out of order, of another model, or one too many", at, "changes")
        before = each["at"]
        try:
            look_at_moment(known, before)
            _look_at_stretch(known, later)
        except OddError as odd:
            odd.path += ("model", at, "changes")
            raise


def _look_at_stretch(known: Known, model: Node) -> None:
    kind = model["type"]
    if kind not in known.fields:
        raise OddError("no type of this table", "type")
    options = {each["name"]: each for each in model["options"]}
    own = model.get("fields")
    fields = _unique(own, "fields") if own else known.fields[kind]
    _names(known, model, options, fields)
    for name, each in options.items():
        try:
            look_at_option(known, options, each)
        except OddError as odd:
            odd.path += (name, "options")
            raise
    look_for_cycles(options)
    _cells(known, options, model["cells"])
    _body(known, options, fields, model["body"])
    _rules(known, options, model)
    _dated(known, model)


def _names(known: Known, model: Node, options: Node, fields: frozenset[str]) -> None:
    """Look at the names of options and fields: each means one thing."""
    if len(options) != len(model["options"]):
        raise OddError("two options of one name", "options")
    taken = fields | _ANYBODY if fields else _ANYBODY
    if not taken.isdisjoint(options) or not known.refused[model["type"]].isdisjoint(options):
        raise OddError("an option is called as something else is", "options")
    if not fields.isdisjoint(_ANYBODY):
        raise OddError("a field has a name that means something else", "fields")
    for each in model.get("fields", ()):
        look_at_length(each.get("text") or {})
    for each in model.get("aliases", ()):
        named = each["means"] in options or each["means"] in fields
        if not named or each["name"] in options or each["name"] in fields or each["name"] == MODEL:
            raise OddError(f"{each['name'][:60]!a} is no other name for an option or a field", "aliases")
        look_at_moment(known, each.get("until"))


def _unique(records: Iterable[Node], where: str) -> frozenset[str]:
    names = [each["name"] for each in records]
    found = frozenset(names)
    if len(found) != len(names):
        raise OddError("two records of one name", where)
    return found


def _cells(known: Known, options: Node, cells: list[Node]) -> None:
    kept = [{None, *(one["name"] for one in each.get("values", ()))} for each in options.values() if is_bound(each)]
    seen = {tuple(each["values"]) for each in cells}
    if len(seen) != len(cells):
        raise OddError("two cells of one combination", "cells")
    for at, values in enumerate(zip(*(each["values"] for each in cells), strict=False)):
        if at >= len(kept) or not kept[at].issuperset(values):
            raise OddError("cells that hold what is no value of an option", "cells")
    if any(len(each) != len(kept) for each in seen):
        raise OddError("cells that hold more or fewer values than there are listed options", "cells")
    for at, each in enumerate(cells):
        if len(each) > 1:
            if not known.gates.issuperset(each.get("gates", ())):
                raise OddError("no gate of this table", "gates", at, "cells")
            if each.get("regular") is not None and not each.get("promoted"):
                raise OddError("a regular price without a promotion", "regular", at, "cells")


def _body(known: Known, options: Node, fields: frozenset[str], body: list[Node]) -> None:
    paths = tuple(tuple(each["path"]) for each in body)
    # True equals 1, but no flag is a part of a path.
    if paths not in known.bodies:
        look_at_paths(paths)
        known.bodies.add(paths)
    for at, each in enumerate(body):
        name, said = each.get("name"), each.get("lookup")
        if (name is not None) + (said is not None) + (each.get("constant") is not None) != 1:
            raise OddError("a leaf that sends nothing, or several things", at, "body")
        if name is not None and name not in options and name not in fields:
            raise OddError("no option and no field", "name", at, "body")
        look_at_lookup(options, said, "lookup", at, "body")


def _rules(known: Known, options: Node, model: Node) -> None:
    """Look at limits, at gates before conditions, and at the formula of a price."""
    for at, limit in enumerate(model.get("limits", ())):
        for key in ("when", "only", "never"):
            look_at_conditions(options, limit.get(key, ()), key, at, "limits")
        if not all(each in options for each in limit.get("needs", ())):
            raise OddError("no option of this model", "needs", at, "limits")
    for at, rule in enumerate(model.get("gates", ())):
        look_at_conditions(options, rule["when"], "when", at, "gates")
        if not known.gates.issuperset(rule["gates"]):
            raise OddError("no gate of this table", at, "gates")
    price = model.get("price")
    if price is not None:
        if price.get("each") is not None and price["each"] not in options:
            raise OddError("no option of this model", "each", "price")
        for key in ("times", "plus"):
            for at, line in enumerate(price.get(key, ())):
                _line(options, line, at, key, "price")


def _line(options: Node, line: Node, *where: str | int) -> None:
    look_at_conditions(options, line.get("when", ()), "when", *where)
    if line.get("per") is not None and line["per"] not in options:
        raise OddError("no option of this model", "per", *where)
    said = line.get("lookup")
    look_at_lookup(options, said, "lookup", *where)
    if said is not None and any(not _is_amount(each) for each in _leaves(said["table"])):
        raise OddError("what is no number in a table of numbers", "table", "lookup", *where)


def _leaves(table: Node) -> Iterator[Any]:
    for each in table.values():
        yield from each.values() if type(each) is dict else (each,)


def _is_amount(value: Any) -> bool:
    return type(value) is int or type(value) is Decimal or value == "unknown"


def _dated(known: Known, model: Node) -> None:
    gone = model.get("gone")
    if gone is not None:
        look_at_moment(known, gone["on"])
    look_at_badges(known, model.get("badges", ()))
