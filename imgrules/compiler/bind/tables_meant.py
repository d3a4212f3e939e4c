"""Explain blocks that authors write in place of a table, of a path in the body, or of a request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from imgrules.compiler.bind.expected import option_listing
from imgrules.compiler.bind.key_groups import Group, UnknownKeys
from imgrules.compiler.bind.misplaced import is_picked_or_known, value_at
from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.helps import Help, certainly, explain, key_typed, typed, write
from imgrules.compiler.spec.field_types import is_block, members, wrong
from imgrules.compiler.spec.model import PartSpec
from imgrules.compiler.spec.tables import RequestTableSpec, TableSpec
from imgrules.compiler.spec.types import REQUEST
from imgrules.quoting import quoted

_LONGEST = 120
"""The most characters of a table that a hint shows."""

_METHODS = ("method", "verb", "http_method")
_ADDRESSES = ("url", "path", "address", "endpoint", "uri")
_VALUE_OF = frozenset({"value", "option", "field", "fact", "name", "from", "ref", "source"})
"""Words for the option whose value is sent; here, `of`."""

_MISSING = ("by", "table")
_FORM = "a table has `by:` with an option, and `table:` with a row for each of its values"


def block_for_a_table(unknown: UnknownKeys) -> Group | None:
    """Return the group of all keys of a block that has none of the keys of a table, where a table may stand; or None."""
    forms = [form for form in members(unknown.shape) if is_block(form)]
    table = next((form for form in forms if issubclass(form, TableSpec)), None)
    if table is None or unknown.names != {*unknown.block}:
        return None
    name = quoted(unknown.parent[-1])
    if PartSpec in forms:
        return unknown.group(_in_the_body(unknown, table), f"{name} has a block that is no table", _MISSING)
    request = _request(unknown.block) if table is RequestTableSpec else None
    if request is not None:
        return unknown.group(request, f"{name} takes one text, but a block of named values is given", _MISSING)
    if len(forms) > 1 and not _is_by_an_option(unknown):
        return None
    return unknown.group(_rows(unknown, table), f"{name} names values, but not the option they belong to", _MISSING)


def rows_beside_by(unknown: UnknownKeys) -> Group | None:
    """Return the group of the rows of a table that stand beside its `by`, or below another word than `table`; or None."""
    tables = [form for form in members(unknown.shape) if is_block(form) and issubclass(form, TableSpec)]
    rows = {name: row for name, row in unknown.block.items() if name != "by"}
    if not tables or "by" not in unknown.block or unknown.names != {*rows}:
        return None
    if any(is_slip(name, "table", _MISSING) for name in rows):  # a typo, which is mended where it stands
        return None
    if len(rows) == 1 and isinstance(only := next(iter(rows.values())), dict):
        rows = only
    text = typed({"by": unknown.block["by"], "table": rows})
    if len(text) > _LONGEST or wrong(tables[0], {"by": unknown.block["by"], "table": rows}):
        return unknown.group(explain(_FORM), "the rows of a table stand below `table`", _MISSING)
    return unknown.group(certainly(write(text)), "the rows of a table stand below `table`", _MISSING)


def _in_the_body(unknown: UnknownKeys, table: type[TableSpec]) -> Help:
    """Return a hint for a block in the body: a table without a path, an option without `of`, rows without `by`, or nested names."""
    if unknown.parent[-1] == "table" and "by" in value_at(unknown.root, unknown.parent[:-1]):
        return explain("a table stands below the path at which its entries are sent: `PATH: {by: ..., table: ...}`")
    ((name, value), *others) = unknown.block.items()
    option = name if value is None else value if name in _VALUE_OF else None
    if not others and isinstance(option, str) and is_picked_or_known(unknown.root, option):
        return write(f"{{of: {option}}}")
    if option_listing(unknown.root, value if _is_by_an_option(unknown) else unknown.block) is not None:
        return _rows(unknown, table)
    path = f"{unknown.parent[-1]}.{name}"
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        path = f"{path}.{name}"
    text = "..." if value is None else typed(value)
    return explain(f"join the names to one path for each value: `{path}: {text if len(text) <= _LONGEST else '...'}`")


def _request(block: Mapping[str, Any]) -> Help | None:
    """Return a hint for a method and an address that stand apart, or None."""
    method = next((block[name] for name in _METHODS if name in block), None)
    address = next((block[name] for name in _ADDRESSES if name in block), None)
    if len(block) == 1 and re.fullmatch("[A-Z]+", name := next(iter(block))):
        method, address = name, block[name]
    if method is None and address is None:
        return None
    line = f"{method.upper()} {address}" if isinstance(method, str) and isinstance(address, str) else ""
    return certainly(write(line)) if re.fullmatch(REQUEST, line) and len(line) <= _LONGEST else explain(_REQUEST)


_REQUEST = "a request is one text with the method and the address, such as `POST /creations`"


def _is_by_an_option(unknown: UnknownKeys) -> bool:
    """Whether a block has rows below the name of an option."""
    ((name, rows), *others) = unknown.block.items()
    return not others and isinstance(rows, dict) and bool(rows) and is_picked_or_known(unknown.root, name)


def _rows(unknown: UnknownKeys, table: type[TableSpec]) -> Help:
    """Return a hint to write the rows as a table by the one option that lists them, or by one that the author names."""
    option, rows = next(iter(unknown.block.items())) if _is_by_an_option(unknown) else (None, unknown.block)
    option = option or option_listing(unknown.root, rows)
    text, has_two_levels = typed(rows), any(isinstance(row, dict) for row in rows.values())
    if len(text) > _LONGEST or has_two_levels or wrong(table, {"by": "option", "table": rows}):
        return explain(_FORM)
    if option is None:
        return explain(f"a table names the option of its rows: `{{by: OPTION, table: {text}}}`")
    return write(f"{{by: {key_typed(option)}, table: {text}}}")
