"""
What a model of a compiled table names has to be there, and has to fit.

Everything here is read from parsed JSON whose shape is known to be sound, so that no record is made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.engine.moments import moment as read_moment
from imgrules.engine.most import MOST_DATED_COMBINATIONS
from imgrules.engine.shapes import OddError
from imgrules.engine.table import MODEL

Node: TypeAlias = dict[str, Any]
_ANYBODY = frozenset({MODEL, "at", "grants"})
"""What no option and no field may be called: it has a meaning in every request."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a table has besides its models: its gates, and the fields and refused fields of each type."""

    gates: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    refused: Mapping[str, frozenset[str]]
    bodies: set[Any] = field(default_factory=set, compare=False)
    """Wire paths of whole bodies that were looked at: most models of a table have the same."""
    moments: set[str] = field(default_factory=set, compare=False)


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
            _length(one.get("text") or {})
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
        _moments(known, each.get("until"))
    if table.get("messages"):
        from imgrules.engine.sentences import ENGLISH, places_in, places_of  # noqa: PLC0415  most tables have none

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
            _moments(known, before)
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
            _look_at_option(known, options, each)
        except OddError as odd:
            odd.path += (name, "options")
            raise
    _no_circle(options)
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
        _length(each.get("text") or {})
    for each in model.get("aliases", ()):
        named = each["means"] in options or each["means"] in fields
        if not named or each["name"] in options or each["name"] in fields or each["name"] == MODEL:
            raise OddError(f"{each['name'][:60]!a} is no other name for an option or a field", "aliases")
        _moments(known, each.get("until"))


def _unique(records: Iterable[Node], where: str) -> frozenset[str]:
    names = [each["name"] for each in records]
    found = frozenset(names)
    if len(found) != len(names):
        raise OddError("two records of one name", where)
    return found


def _look_at_option(known: Known, options: Node, option: Node) -> None:
    values = {each["name"] for each in option.get("values", ())}
    if len(values) != len(option.get("values", ())):
        raise OddError("two values of one name", "values")
    if not _is_plain(option):
        _rich(known, options, option, values)
    elif not values:
        raise OddError("nothing that it takes", "values")
    for each in option.get("values", ()):
        if len(each) > _BARE:
            _badges(known, each.get("badges", ()))
            _ordered(each, "values")


def _is_plain(option: Node) -> bool:
    """Whether an option has a name, a label and values, and no more, as most have."""
    return len(option) == _PLAIN and "values" in option


_PLAIN = 3
_BARE = 2  # name and label, as most values have


def _rich(known: Known, options: Node, option: Node, values: Collection[str]) -> None:
    """Look at an option that says more than its values."""
    gone = option.get("gone", {})
    takes = [each for each in ("number", "size", "ratio", "text", "many", "follows") if option.get(each) is not None]
    if not (values or gone or takes) or ("follows" in takes and len(takes) > 1):
        raise OddError("nothing that it takes, or too much")
    if not gone.keys().isdisjoint(values):
        raise OddError("a value that is here and gone", "gone")
    _default(option, values, gone, takes)
    _bounds(option)
    _conditions(options, option.get("when", ()), "when")
    for limit in option.get("ignored", ()):
        _conditions(options, limit.get("when", ()), "when", "ignored")
        if limit.keys() & {"only", "never", "needs"}:
            raise OddError("a limit that says more than where it counts", "ignored")
    for name, each in gone.items():
        _moments(known, each["on"])
        if each.get("use") is not None and (each["use"] == name or not (each["use"] in values or each["use"] in gone)):
            raise OddError("a stand-in that is not there", name, "gone")
    for each in option.get("aliases", ()):
        if not (each["means"] in values or each["means"] in gone) or each["name"] in values or each["name"] in gone:
            raise OddError(f"{each['name'][:60]!a} is no other name for a value", "aliases")
        _moments(known, each.get("until"))
    if option.get("switch") and not values | gone.keys() <= {"true", "false"}:
        raise OddError("a switch that takes more than true and false", "values")


def _default(option: Node, values: Collection[str], gone: Node, takes: list[str]) -> None:
    default = option.get("default")
    if default is not None:
        kind = "number" if type(default) is not str else "text"
        fits = (kind == "number" and "number" in takes) or (kind == "text" and {*takes} & {"size", "ratio", "text"})
        if not fits and not (default in values or default in gone):
            raise OddError("a default that it does not take", "default")
    said = option.get("defaults")
    if said is not None:
        leaves = (each for row in said["table"].values() for each in (row.values() if type(row) is dict else (row,)))
        if any(type(each) is list or type(each) is bool for each in leaves):
            raise OddError("a default that is no value", "defaults")
    if "follows" in takes and (default is not None or said is not None):
        raise OddError("a default of what is computed", "default")


def _bounds(option: Node) -> None:
    for name in ("number", "many", "text"):
        if option.get(name) is not None:
            (_length if name == "text" else _ordered)(option[name], name)
    size = option.get("size")
    for each in ("edge", "area") if size else ():
        _ordered((size or {}).get(each, {}), each, "size")
    for shape in (option.get("ratio"), (size or {}).get("ratio")):
        if shape and shape.get("min") is not None and shape.get("max") is not None:
            (least, over), (most, under) = (map(int, shape[each].split(":")) for each in ("min", "max"))
            if least * under > most * over:
                raise OddError("bounds that cross", "ratio")


def _ordered(bounds: Node, *where: str | int) -> None:
    least, most = bounds.get("min"), bounds.get("max")
    if least is not None and most is not None and least > most:
        raise OddError("bounds that cross", *where)


def _length(text: Node, *where: str) -> None:
    if text.get("longest") is not None and text.get("shortest", 0) > text["longest"]:
        raise OddError("bounds that cross", *where)


def _conditions(options: Node, tests: Iterable[Node], *where: str | int) -> None:
    for each in tests:
        if each["name"] not in options:
            raise OddError("no option of this model", each["name"], *where)
        asks = [key for key in ("any", "none", "given") if each.get(key) not in (None, [])]
        ranged = each.get("min") is not None or each.get("max") is not None
        if len(asks) + ranged != 1 and not (not asks and not ranged):
            raise OddError("a test that asks for several things", each["name"], *where)
        _ordered(each, each["name"], *where)


def _lookup(options: Node, said: Node | None, *where: str | int) -> None:
    if said is None:
        return
    if not all(each in options for each in said["by"]) or len(set(said["by"])) != len(said["by"]):
        raise OddError("a table by what is no option", "by", *where)
    if len(said["by"]) == 1 and any(type(each) is dict for each in said["table"].values()):
        raise OddError("a row in a table by one option", "table", *where)


def _no_circle(options: Node) -> None:
    """Look whether every option can be known before those that hang on it."""
    needs = {name: sources for name, each in options.items() if not _is_plain(each) and (sources := _sources(options, each))}
    if not needs:
        return
    waits: dict[str, set[str]] = {}
    for name, sources in needs.items():
        for each in sources:
            waits.setdefault(each, set()).add(name)
    left = {name: len(needs.get(name, ())) for name in options}
    ready = [name for name, count in left.items() if not count]
    for each in ready:  # it grows as it is walked
        for name in waits.get(each, ()):
            left[name] -= 1
            if not left[name]:
                ready.append(name)
    if len(ready) < len(options):
        raise OddError("options that hang on each other in a cycle", "options")


def _sources(options: Node, option: Node) -> set[str]:
    """Return the options that have to be known before this one is."""
    follows = option.get("follows")
    named = [] if follows is None else _followed(options, follows)
    if option.get("defaults") is not None:
        _lookup(options, option["defaults"], "defaults", option["name"], "options")
        named += option["defaults"]["by"]
    tests = [*option.get("when", ()), *(one for limit in option.get("ignored", ()) for one in limit.get("when", ()))]
    return {*named, *(each["name"] for each in tests)}


def _followed(options: Node, follows: Node) -> list[str]:
    of, pixels, total = follows.get("of"), follows.get("pixels", []), follows.get("total", [])
    named = [*([] if of is None else [of]), *pixels, *total]
    if ((of is not None) + bool(pixels) + bool(total)) != 1 or not all(each in options for each in named):
        raise OddError("what is computed from nothing, or from several things", "options")
    return named


def _cells(known: Known, options: Node, cells: list[Node]) -> None:
    kept = [{None, *(one["name"] for one in each.get("values", ()))} for each in options.values() if _is_bound(each)]
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


def _is_bound(option: Node) -> bool:
    if _is_plain(option):
        return True
    listed = option.get("values") or option.get("gone")
    other = any(option.get(each) is not None for each in ("number", "size", "ratio", "text", "many"))
    return bool(listed) and not other and not option.get("loose")


def _body(known: Known, options: Node, fields: frozenset[str], body: list[Node]) -> None:
    paths = tuple(tuple(each["path"]) for each in body)
    # True equals 1, but no flag is a part of a path.
    if paths not in known.bodies:
        _paths(paths)
        known.bodies.add(paths)
    for at, each in enumerate(body):
        name, said = each.get("name"), each.get("lookup")
        if (name is not None) + (said is not None) + (each.get("constant") is not None) != 1:
            raise OddError("a leaf that sends nothing, or several things", at, "body")
        if name is not None and name not in options and name not in fields:
            raise OddError("no option and no field", "name", at, "body")
        _lookup(options, said, "lookup", at, "body")


_Tree: TypeAlias = dict[str | int, Any]


def _paths(paths: Iterable[tuple[str | int, ...]]) -> None:
    """Look whether wire paths go together: none lies in another, and no array has a hole or names."""
    root: _Tree = {}
    for path in paths:
        node = root
        for at, part in enumerate(path):
            if at == len(path) - 1:
                if part in node:
                    raise OddError("a wire path that is sent twice, or lies in another", "body")
                node[part] = None
            else:
                node = node.setdefault(part, {})
                if node is None:
                    raise OddError("a wire path that lies in another", "body")
    if any(type(each) is int for each in root):
        raise OddError("a body is no array", "body")
    _arrays(root)


def _arrays(node: _Tree) -> None:
    places = [each for each in node if type(each) is int]
    if places and sorted(places) != list(range(len(node))):
        raise OddError("an array with a hole, or with names", "body")
    for each in node.values():
        if each is not None:
            _arrays(each)


def _rules(known: Known, options: Node, model: Node) -> None:
    """Look at limits, at gates before conditions, and at the formula of a price."""
    for at, limit in enumerate(model.get("limits", ())):
        for key in ("when", "only", "never"):
            _conditions(options, limit.get(key, ()), key, at, "limits")
        if not all(each in options for each in limit.get("needs", ())):
            raise OddError("no option of this model", "needs", at, "limits")
    for at, rule in enumerate(model.get("gates", ())):
        _conditions(options, rule["when"], "when", at, "gates")
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
    _conditions(options, line.get("when", ()), "when", *where)
    if line.get("per") is not None and line["per"] not in options:
        raise OddError("no option of this model", "per", *where)
    said = line.get("lookup")
    _lookup(options, said, "lookup", *where)
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
        _moments(known, gone["on"])
    _badges(known, model.get("badges", ()))


def _badges(known: Known, badges: Iterable[Node]) -> None:
    for each in badges:
        _moments(known, each.get("since"))
        _moments(known, each.get("until"))


def _moments(known: Known, moment: str | None) -> None:
    """Look whether there is such a second; the form of it is known."""
    if moment is not None and moment not in known.moments:
        try:
            read_moment(moment)
        except ValueError:
            raise OddError("no second of any calendar") from None
        known.moments.add(moment)
