"""
Verify the names in a table: whatever a model names exists, and may be used there.

This reads parsed JSON, after its attributes are verified, so that no records have to be made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from imgrules.quoting import either, quoted
from imgrules.table.amounts import UNKNOWN
from imgrules.table.caps import MOST_DATED_COMBINATIONS
from imgrules.table.records import MODEL
from imgrules.table.verify.known_names import (
    Known,
    Node,
    verify_badges,
    verify_conditions,
    verify_length,
    verify_lookup,
    verify_moment,
)
from imgrules.table.verify.option_references import is_bound, verify_acyclic, verify_option
from imgrules.table.verify.patterns import AMOUNT, REQUEST
from imgrules.table.verify.predicates import InvalidTableError
from imgrules.table.verify.wire_paths import verify_paths, verify_shared

_RESERVED = frozenset({MODEL, "at", "grants"})
"""Names that no option and no field may have, because they have a meaning in every request."""


def known_of(table: Node) -> Known:
    """
    Return the names that the models of a table may use.

    Raises:
        InvalidTableError: two gates, types or fields have the same name, or a field has a reserved one.

    """
    gates = _unique(table["gates"], "gates")
    _unique(table["types"], "types")
    fields = {content_type["name"]: _unique(content_type["fields"], "types") for content_type in table["types"]}
    refused = {content_type["name"]: frozenset(content_type["refused"]) for content_type in table["types"]}
    for name, names in fields.items():
        if not _RESERVED.isdisjoint(names | refused[name]) or not names.isdisjoint(refused[name]):
            raise InvalidTableError("a field or refused field has a reserved name, or a field is also refused", "types")
    for content_type in table["types"]:
        for text in content_type["fields"]:
            verify_length(text.get("text") or {})
    return Known(gates, fields, refused)


def verify_rest(table: Node, known: Known, models: Collection[str]) -> None:
    """
    Verify the aliases and messages of a table, given the ids of its models.

    Raises:
        InvalidTableError: the default or an alias names no model, or a message has an unknown name or placeholder.

    """
    default = table.get("default")
    if default is not None and default not in models:
        raise InvalidTableError(f"there is no model {quoted(default)}", "default")
    for fact in table.get("facts", ()):
        if not fact.get("fact"):
            raise InvalidTableError("a shared fact is no fact", fact["name"], "facts")
        verify_option(known, {}, fact)
    _unique(table.get("facts", ()), "facts")
    for alias in table.get("aliases", ()):
        if alias["means"] not in models or alias["name"] in models:
            raise InvalidTableError(f"the alias {quoted(alias['name'])} means no model, or is the id of a model", "aliases")
        verify_moment(known, alias.get("until"))
    if table.get("messages"):
        from imgrules.table.texts.messages import ENGLISH, places_in, places_of  # noqa: PLC0415  most tables have none

        for language, texts in table["messages"].items():
            for name, text in texts.items():
                if name not in ENGLISH or not places_in(text) <= places_of(name):
                    raise InvalidTableError(
                        "there is no such message, or it has no such placeholder", name, language, "messages"
                    )


def verify_model(known: Known, model: Node) -> None:
    """
    Verify the names in a model, in each of its versions.

    Raises:
        InvalidTableError: something that it names does not exist, or may not be used there.

    """
    _verify_version(known, model)
    changes = model.get("changes")
    if not changes:
        return
    previous, cells = "", len(model["cells"])
    for at, change in enumerate(changes):
        later = change["model"]
        cells += len(later["cells"])
        if change["at"] <= previous or later["id"] != model["id"] or cells > MOST_DATED_COMBINATIONS:
            message = (
                "this change is not later than the one before, is of another model, "
                f"or exceeds {MOST_DATED_COMBINATIONS:,} combinations in all versions"
            )
            raise InvalidTableError(message, at, "changes")
        previous = change["at"]
        try:
            verify_moment(known, previous)
            _verify_version(known, later)
        except InvalidTableError as error:
            error.path += ("model", at, "changes")
            raise


def _verify_version(known: Known, model: Node) -> None:
    kind = model["type"]
    if kind not in known.fields:
        raise InvalidTableError(f"the table has no type {quoted(kind)}", "type")
    options = {option["name"]: option for option in model["options"]}
    own_fields = model.get("fields")
    fields = _unique(own_fields, "fields") if own_fields else known.fields[kind]
    _verify_names(known, model, options, fields)
    for name, option in options.items():
        try:
            verify_option(known, options, option)
        except InvalidTableError as error:
            error.path += (name, "options")
            raise
    verify_acyclic(options)
    _verify_cells(known, options, model["cells"])
    _verify_body(known, options, fields, model["body"])
    _verify_requests(options, model.get("requests"))
    _verify_rules(known, options, model)
    _verify_moments(known, model)


def _verify_names(known: Known, model: Node, options: Node, fields: frozenset[str]) -> None:
    """Verify that each name of an option, a field or an alias has one meaning."""
    if len(options) != len(model["options"]):
        raise InvalidTableError("two options have the same name", "options")
    reserved = fields | _RESERVED if fields else _RESERVED
    refused = model.get("refused", {}).keys()
    if not reserved.isdisjoint(options) or not refused.isdisjoint({*options, *reserved}):
        raise InvalidTableError("an option has the name of a field or a refused field, or a reserved name", "options")
    if not fields.isdisjoint(_RESERVED):
        raise InvalidTableError("a field has a reserved name", "fields")
    for text in model.get("fields", ()):
        verify_length(text.get("text") or {})
    for alias in model.get("aliases", ()):
        is_known = alias["means"] in options or alias["means"] in fields
        if not is_known or alias["name"] in options or alias["name"] in fields or alias["name"] == MODEL:
            message = f"the alias {quoted(alias['name'])} means no option or field, or is the name of one"
            raise InvalidTableError(message, "aliases")
        if options.get(alias["means"], {}).get("fact"):
            raise InvalidTableError(f"the alias {quoted(alias['name'])} means a fact, which nobody picks", "aliases")
        verify_moment(known, alias.get("until"))


def _unique(records: Iterable[Node], where: str) -> frozenset[str]:
    names = [node["name"] for node in records]
    unique = frozenset(names)
    if len(unique) != len(names):
        raise InvalidTableError("two records have the same name", where)
    return unique


def _verify_cells(known: Known, options: Node, cells: list[Node]) -> None:
    allowed = [
        {None, *(value["name"] for value in option.get("values", ()))} for option in options.values() if is_bound(option)
    ]
    combinations = {tuple(cell["values"]) for cell in cells}
    if len(combinations) != len(cells):
        raise InvalidTableError("two cells have the same values", "cells")
    for at, values in enumerate(zip(*(cell["values"] for cell in cells), strict=False)):
        if at >= len(allowed) or not allowed[at].issuperset(values):
            raise InvalidTableError("a cell has a value that its option does not have", "cells")
    if any(len(combination) != len(allowed) for combination in combinations):
        raise InvalidTableError("a cell has more or fewer values than there are listed options", "cells")
    for at, cell in enumerate(cells):
        if len(cell) > 1:
            if not known.gates.issuperset(cell.get("gates", ())):
                raise InvalidTableError(_unknown_gate(known, cell["gates"]), "gates", at, "cells")
            if cell.get("regular") is not None and not cell.get("promoted"):
                raise InvalidTableError("there is a regular price, but no promotion", "regular", at, "cells")


def _unknown_gate(known: Known, gates: Iterable[str]) -> str:
    return f"the table has no gate {either(gate for gate in gates if gate not in known.gates)}"


def _verify_body(known: Known, options: Node, fields: frozenset[str], body: list[Node]) -> None:
    paths = tuple(tuple(send["path"]) for send in body)
    # True equals 1, but no part of a path is a boolean.
    if paths not in known.bodies:
        if verify_paths(paths):
            by_option = (at for at, send in enumerate(body) if send.get("lookup") is not None or send.get("name") in options)
            verify_shared(paths, frozenset(by_option))
        else:
            known.bodies.add(paths)
    for at, send in enumerate(body):
        name, lookup = send.get("name"), send.get("lookup")
        is_of_one = name is not None and lookup is not None and lookup["by"] == [name]
        if (name is not None) + (lookup is not None and not is_of_one) + (send.get("constant") is not None) != 1:
            raise InvalidTableError("this leaf has none or several of `name`, `lookup` and `constant`", at, "body")
        if name is not None and name not in options and name not in fields:
            raise InvalidTableError(f"the model has no option or field {quoted(name)}", "name", at, "body")
        verify_lookup(options, lookup, "lookup", at, "body")
        if lookup is not None and options[lookup["by"][0]].get("many") is not None and None in _leaves(lookup["table"]):
            raise InvalidTableError("the table is by a list, and nothing is sent for one of its entries", "lookup", at, "body")


def _verify_requests(options: Node, requests: Node | None) -> None:
    verify_lookup(options, requests, "requests")
    if requests is not None and not all(type(leaf) is str and re.match(REQUEST, leaf) for leaf in _leaves(requests["table"])):
        raise InvalidTableError("an entry is no request, such as `POST /creations`", "table", "requests")


def _verify_rules(known: Known, options: Node, model: Node) -> None:
    """Verify limits, gates with conditions, and the formula of a price."""
    for at, limit in enumerate(model.get("limits", ())):
        for key in ("when", "only", "never"):
            verify_conditions(options, limit.get(key, ()), key, at, "limits")
        if not all(name in options for name in limit.get("needs", ())):
            unknown = either(name for name in limit["needs"] if name not in options)
            raise InvalidTableError(f"the model has no option {unknown}", "needs", at, "limits")
    for at, rule in enumerate(model.get("gates", ())):
        verify_conditions(options, rule["when"], "when", at, "gates")
        if not known.gates.issuperset(rule["gates"]):
            raise InvalidTableError(_unknown_gate(known, rule["gates"]), at, "gates")
    if model.get("price") is not None:
        _verify_formula(options, model["price"])


def _verify_formula(options: Node, price: Node) -> None:
    for at, name in enumerate(price.get("each", ())):
        if name not in options:
            raise InvalidTableError(f"the model has no option {quoted(name)}", at, "each", "price")
    for key in ("base", "promotion"):
        _verify_amounts(options, price.get(key), key, "price")
    for key in ("times", "plus"):
        for at, line in enumerate(price.get(key, ())):
            _verify_line(options, line, at, key, "price")


def _verify_line(options: Node, line: Node, *where: str | int) -> None:
    verify_conditions(options, line.get("when", ()), "when", *where)
    if line.get("per") is not None and line["per"] not in options:
        raise InvalidTableError(f"the model has no option {quoted(line['per'])}", "per", *where)
    _verify_amounts(options, line.get("lookup"), "lookup", *where)


def _verify_amounts(options: Node, lookup: Node | None, *where: str | int) -> None:
    """Verify a table of prices or numbers."""
    verify_lookup(options, lookup, *where)
    if lookup is not None and any(not _is_amount(leaf) for leaf in _leaves(lookup["table"])):
        raise InvalidTableError(
            "an entry is neither a number, nor an estimate such as `about 5`, nor `unknown`", "table", *where
        )


def _leaves(table: Node) -> Iterator[Any]:
    for row in table.values():
        yield from row.values() if type(row) is dict else (row,)


def _is_amount(value: Any) -> bool:
    is_number = type(value) is int or type(value) is Decimal
    # Most texts are this one, for which no pattern is compiled.
    return is_number or value == UNKNOWN or (type(value) is str and re.search(AMOUNT, value) is not None)


def _verify_moments(known: Known, model: Node) -> None:
    gone = model.get("gone")
    if gone is not None:
        verify_moment(known, gone["on"])
    verify_badges(known, model.get("badges", ()))
