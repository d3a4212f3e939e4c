"""Verify the options of a model: each takes a value, its bounds are in order, and the options that it depends on exist."""

from __future__ import annotations

from collections.abc import Collection

from imgrules.quoting import either, quoted
from imgrules.table.verify.known_names import (
    Known,
    Node,
    verify_badges,
    verify_bounds,
    verify_conditions,
    verify_length,
    verify_lookup,
    verify_moment,
)
from imgrules.table.verify.predicates import InvalidTableError


def verify_option(known: Known, options: Node, option: Node) -> None:
    """Verify an option of a model, given all its options by name."""
    values = {value["name"] for value in option.get("values", ())}
    if len(values) != len(option.get("values", ())):
        raise InvalidTableError("two values have the same name", "values")
    if not _is_plain(option):
        _verify_rich(known, options, option, values)
    elif not values:
        raise InvalidTableError("the option takes no value: the list is empty", "values")
    for value in option.get("values", ()):
        if len(value) > _BARE:
            verify_badges(known, value.get("badges", ()))
            verify_bounds(value, "values")
            _verify_stand_ins(value, value["name"], values, option.get("gone", ()), "values")


def _verify_stand_ins(entry: Node, name: str, values: Collection[str], gone: Collection[str], *where: str) -> None:
    """Verify that the values to use in place of the value `name` are others of the option."""
    for use in entry.get("use", ()):
        if use == name or not (use in values or use in gone):
            raise InvalidTableError(f"its replacement {quoted(use)} is not another value of the option", *where)


def _is_plain(option: Node) -> bool:
    """Whether an option has only a name, a label and values, as most have."""
    return len(option) == _PLAIN and "values" in option


_PLAIN = 3  # keys of such an option
_BARE = 2  # keys of a value with a name and a label only, as most have
_UNLISTED = ("number", "size", "ratio", "text", "many")  # keys of what an option takes besides listed values


_PICKED = frozenset({"follows", "when", "ignored", "defaults", "aliases", "gone", "snap", "because"})
"""Keys of an option that is picked or computed, and not of a fact: nothing decides whether a fact is there."""


def _verify_rich(known: Known, options: Node, option: Node, values: Collection[str]) -> None:
    """Verify an option that is not plain; `values` are the names of its listed values."""
    gone = option.get("gone", {})
    takes = [key for key in (*_UNLISTED, "follows") if option.get(key) is not None]
    if not (values or gone or takes) or ("follows" in takes and len(takes) > 1):
        raise InvalidTableError("the option takes no value, or is computed and has a rule for picked values as well")
    if not gone.keys().isdisjoint(values):
        raise InvalidTableError("a value is both in `values` and in `gone`", "gone")
    _verify_default(option, values, gone, takes)
    if option.get("fact") and not _PICKED.isdisjoint(option):
        raise InvalidTableError(f"a fact has {either(sorted(_PICKED & option.keys()))}, as only options have")
    _verify_bounds(option)
    verify_conditions(options, option.get("when", ()), "when")
    for limit in option.get("ignored", ()):
        verify_conditions(options, limit.get("when", ()), "when", "ignored")
        if limit.keys() & {"only", "never", "needs"}:
            raise InvalidTableError("a limit in `ignored` has more than `when` and `because`", "ignored")
    for name, absence in gone.items():
        verify_moment(known, absence["on"])
        _verify_stand_ins(absence, name, values, gone, name, "gone")
    for alias in option.get("aliases", ()):
        if not (alias["means"] in values or alias["means"] in gone) or alias["name"] in values or alias["name"] in gone:
            raise InvalidTableError(
                f"the alias {quoted(alias['name'])} means no value of the option, or is a value itself", "aliases"
            )
        verify_moment(known, alias.get("until"))
    if option.get("switch") and not values | gone.keys() <= {"true", "false"}:
        raise InvalidTableError("a switch has other values than `true` and `false`", "values")


def _verify_default(option: Node, values: Collection[str], gone: Node, takes: list[str]) -> None:
    default = option.get("default")
    if default is not None:
        kind = "number" if type(default) is not str else "text"
        fits = (kind == "number" and "number" in takes) or (kind == "text" and {*takes} & {"size", "ratio", "text"})
        if not fits and not (default in values or default in gone):
            raise InvalidTableError(f"the option does not take its default {quoted(default)}", "default")
    lookup = option.get("defaults")
    if lookup is not None:
        leaves = (leaf for row in lookup["table"].values() for leaf in (row.values() if type(row) is dict else (row,)))
        if any(type(leaf) is list or type(leaf) is bool for leaf in leaves):
            raise InvalidTableError("a default is a list or a boolean, not a text or a number", "defaults")
    if "follows" in takes and (default is not None or lookup is not None):
        raise InvalidTableError("the option is computed, but has a default", "default")


def _verify_bounds(option: Node) -> None:
    for name in ("number", "many", "text"):
        if option.get(name) is not None:
            (verify_length if name == "text" else verify_bounds)(option[name], name)
    size = option.get("size")
    for key in ("edge", "area") if size else ():
        verify_bounds((size or {}).get(key, {}), key, "size")
    for shape in (option.get("ratio"), (size or {}).get("ratio")):
        if shape and shape.get("min") is not None and shape.get("max") is not None:
            (least, over), (most, under) = (map(int, shape[key].split(":")) for key in ("min", "max"))
            if least * under > most * over:
                raise InvalidTableError(f"the minimum {least}:{over} is greater than the maximum {most}:{under}", "ratio")


def verify_acyclic(options: Node) -> None:
    """Verify that no option depends on itself, directly or through others."""
    needs = {
        name: sources for name, option in options.items() if not _is_plain(option) and (sources := _depends_on(options, option))
    }
    if not needs:
        return
    dependents: dict[str, set[str]] = {}
    for name, sources in needs.items():
        for source in sources:
            dependents.setdefault(source, set()).add(name)
    open_counts = {name: len(needs.get(name, ())) for name in options}
    ready = [name for name, count in open_counts.items() if not count]
    for resolved in ready:  # the list grows in the loop
        for name in dependents.get(resolved, ()):
            open_counts[name] -= 1
            if not open_counts[name]:
                ready.append(name)
    if len(ready) < len(options):
        raise InvalidTableError("circular dependency: an option depends on itself, directly or through others", "options")


def _depends_on(options: Node, option: Node) -> set[str]:
    """Return the names of the options that an option depends on."""
    follows = option.get("follows")
    names = [] if follows is None else _followed(options, option, follows)
    if option.get("defaults") is not None:
        verify_lookup(options, option["defaults"], "defaults", option["name"], "options")
        names += option["defaults"]["by"]
    tests = [*option.get("when", ()), *(test for limit in option.get("ignored", ()) for test in limit.get("when", ()))]
    return {*names, *(test["name"] for test in tests)}


def _followed(options: Node, option: Node, follows: Node) -> list[str]:
    names, measure, table = [*follows["of"]], follows.get("measure"), follows.get("table")
    if table is not None:
        verify_lookup(options, table, "table", "follows", option["name"], "options")
        words = {value["name"] for value in option.get("values", ())}
        rows = (row.values() if type(row) is dict else (row,) for row in table["table"].values())
        if names != table["by"] or measure is not None or not all(word in words for row in rows for word in row):
            raise InvalidTableError(
                "the table of a computed option is by other options, or has a word that is no value", "options"
            )
        return names
    most = len(names) if measure == "total" else 1 if measure is None else _SIDES
    if len(names) > most or not all(name in options for name in names):
        message = "a computed option is computed from too many options, or from one that does not exist"
        raise InvalidTableError(message, "options")
    return names


_SIDES = 2  # the most options from which the sides of an image are taken


def is_bound(option: Node) -> bool:
    """Whether cells have a value for an option."""
    if _is_plain(option):
        return True
    listed = option.get("values") or option.get("gone")
    unlisted = any(option.get(key) is not None for key in _UNLISTED)
    return bool(listed) and not unlisted and not option.get("loose")
