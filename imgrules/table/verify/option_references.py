"""What an option of a compiled table has to be: it takes something, its bounds hold, and what it hangs on is there."""

from __future__ import annotations

from collections.abc import Collection

from imgrules.table.verify.known_names import (
    Known,
    Node,
    look_at_badges,
    look_at_bounds,
    look_at_conditions,
    look_at_length,
    look_at_lookup,
    look_at_moment,
)
from imgrules.table.verify.predicates import OddError


def look_at_option(known: Known, options: Node, option: Node) -> None:
    """Look at an option of a model, beside the others."""
    values = {each["name"] for each in option.get("values", ())}
    if len(values) != len(option.get("values", ())):
        raise OddError("two values of one name", "values")
    if not _is_plain(option):
        _rich(known, options, option, values)
    elif not values:
        raise OddError("nothing that it takes", "values")
    for each in option.get("values", ()):
        if len(each) > _BARE:
            look_at_badges(known, each.get("badges", ()))
            look_at_bounds(each, "values")


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
    look_at_conditions(options, option.get("when", ()), "when")
    for limit in option.get("ignored", ()):
        look_at_conditions(options, limit.get("when", ()), "when", "ignored")
        if limit.keys() & {"only", "never", "needs"}:
            raise OddError("a limit that says more than where it counts", "ignored")
    for name, each in gone.items():
        look_at_moment(known, each["on"])
        if each.get("use") is not None and (each["use"] == name or not (each["use"] in values or each["use"] in gone)):
            raise OddError("a stand-in that is not there", name, "gone")
    for each in option.get("aliases", ()):
        if not (each["means"] in values or each["means"] in gone) or each["name"] in values or each["name"] in gone:
            raise OddError(f"{each['name'][:60]!a} is no other name for a value", "aliases")
        look_at_moment(known, each.get("until"))
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
            (look_at_length if name == "text" else look_at_bounds)(option[name], name)
    size = option.get("size")
    for each in ("edge", "area") if size else ():
        look_at_bounds((size or {}).get(each, {}), each, "size")
    for shape in (option.get("ratio"), (size or {}).get("ratio")):
        if shape and shape.get("min") is not None and shape.get("max") is not None:
            (least, over), (most, under) = (map(int, shape[each].split(":")) for each in ("min", "max"))
            if least * under > most * over:
                raise OddError("bounds that cross", "ratio")


def look_for_cycles(options: Node) -> None:
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
        look_at_lookup(options, option["defaults"], "defaults", option["name"], "options")
        named += option["defaults"]["by"]
    tests = [*option.get("when", ()), *(one for limit in option.get("ignored", ()) for one in limit.get("when", ()))]
    return {*named, *(each["name"] for each in tests)}


def _followed(options: Node, follows: Node) -> list[str]:
    of, pixels, total = follows.get("of"), follows.get("pixels", []), follows.get("total", [])
    named = [*([] if of is None else [of]), *pixels, *total]
    if ((of is not None) + bool(pixels) + bool(total)) != 1 or not all(each in options for each in named):
        raise OddError("what is computed from nothing, or from several things", "options")
    return named


def is_bound(option: Node) -> bool:
    """Return whether cells hold a value of an option."""
    if _is_plain(option):
        return True
    listed = option.get("values") or option.get("gone")
    other = any(option.get(each) is not None for each in ("number", "size", "ratio", "text", "many"))
    return bool(listed) and not other and not option.get("loose")
