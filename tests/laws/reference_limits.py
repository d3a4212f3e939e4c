"""Conflicts between options: limits, and the combinations that are sold."""

from __future__ import annotations

import itertools
from typing import Any

from tests.laws.reference_plain import Facts, is_computed, is_finite, is_table, listed
from tests.laws.reference_there import Settled, computed, holds, ignoring, row_of, sources

Faults = set[tuple[str, str]]


def conflicts(model: Facts, picked: dict[str, Any], settled: Settled) -> Faults:
    """Return the options that conflict: by a limit, or else because no sold combination has all of them."""
    return broken(model, settled) | misplaced(model, picked, settled) or unsold(model, settled)


def broken(model: Facts, settled: Settled) -> Faults:
    """Return the faults of the broken limits that name no open option."""
    faults: Faults = set()
    for limit in model["limits"]:
        if not named(limit) & settled.open and not keeps(limit, model["options"], settled.present):
            faults |= limit_faults(model, limit, settled)
    return faults


def named(limit: Facts) -> set[str]:
    """Return the options that a limit names."""
    conditions = [limit.get(key, {}) for key in ("when", "only", "never")]
    return {name for condition in conditions for name in condition} | set(listed(limit.get("needs", [])))


def keeps(limit: Facts, options: Facts, present: dict[str, Any]) -> bool:
    """Return whether the present options keep a limit; a limit with `ignores` is never broken."""
    if not holds(limit.get("when", {}), options, present):
        return True
    if "never" in limit:
        return not holds(limit["never"], options, present)
    # What is not there is not restricted; a list that is not there has a length.
    only = {name: asked for name, asked in limit.get("only", {}).items() if name in present or "list" in options[name]}
    return holds(only, options, present) and set(listed(limit.get("needs", []))) <= with_content(present)


def with_content(present: dict[str, Any]) -> set[str]:
    """Return the options that have content: a list without entries has none."""
    return {name for name, value in present.items() if value not in ([], ())}


def limit_faults(model: Facts, limit: Facts, settled: Settled) -> Faults:
    """Return the faults of a broken limit."""
    if "needs" in limit:
        return {("missing_field", name) for name in listed(limit["needs"]) if name not in with_content(settled.present)}
    return conflicts_among(model, named(limit), settled)


def conflicts_among(model: Facts, names: set[str], settled: Settled) -> Faults:
    """Return a conflict for each of the options that is picked, or for all of them if none is; for facts if there are only facts."""
    origins = {origin for name in names for origin in origins_of(model, name)}
    origins = {name for name in origins if not model["options"][name].get("fact")} or origins
    return {("not_together", name) for name in origins & set(settled.present) or origins}


def origins_of(model: Facts, name: str) -> set[str]:
    """Return the options that a caller picks for an option: itself, or those that it is computed from."""
    option = model["options"][name]
    return {origin for source in sources(option) for origin in origins_of(model, source)} if is_computed(option) else {name}


def misplaced(model: Facts, picked: dict[str, Any], settled: Settled) -> Faults:
    """Return the faults of options that are picked where they are not available."""
    alone = set(picked) - set(settled.present) - settled.open - settled.ignored
    asked = {origin for name in alone for test in model["options"][name]["when"] for origin in origins_of(model, test)}
    return {("not_together", name) for name in alone | asked & set(settled.present)}


def unsold(model: Facts, settled: Settled) -> Faults:
    """Return the faults of the picked listed options, if no combination agrees with all that is not open."""
    finite = {name: option for name, option in model["options"].items() if is_finite(option)}
    choices = [
        [*option["values"], None] if name in settled.open else [settled.present.get(name)] for name, option in finite.items()
    ]
    for values in itertools.product(*choices):
        pairs = zip(finite, values, strict=True)
        if is_sold(model, set(finite), {name: value for name, value in pairs if value is not None}):
            return set()
    names = set(finite) & set(settled.present) or set(finite)
    return conflicts_among(model, {name for name in names if not is_computed(finite[name])} or names, settled)


def is_sold(model: Facts, finite: set[str], whole: dict[str, Any]) -> bool:
    """Return whether a combination is possible, keeps the limits on listed options, and can be sent."""
    limits = [limit for limit in model["limits"] if named(limit) <= finite]
    return (
        all(can_be(model, finite, name, whole) for name in finite)
        and all(keeps(limit, model["options"], whole) for limit in limits)
        and not leaves_out(model, finite, whole)
    )


def can_be(model: Facts, finite: set[str], name: str, whole: dict[str, Any]) -> bool:
    """Return whether an option can be present or absent in a combination, as far as finite options decide that."""
    option, options = model["options"][name], model["options"]
    ignored = [condition for condition in ignoring(model, name) if set(condition) <= finite]
    away = any(holds(condition, options, whole) for condition in ignored)
    away = away or (set(option.get("when", {})) <= finite and not holds(option.get("when", {}), options, whole))
    loose = any(not set(condition) <= finite for condition in [option.get("when", {}), *ignoring(model, name)])
    if is_computed(option) and is_decided(model, finite, name):
        value = decided(model, name, whole)
        return (not away and whole[name] == value) if name in whole else (away or loose or value is None)
    if name in whole:
        return not away
    return away or loose or bool(option.get("optional")) or any(may_lack(model, source) for source in sources(option))


def is_decided(model: Facts, finite: set[str], name: str) -> bool:
    """Return whether the value of an option is in a combination, or follows from those that are."""
    option = model["options"][name]
    if not is_computed(option):
        return name in finite
    steady = name in finite or not ("when" in option or ignoring(model, name))
    return steady and all(is_decided(model, finite, source) for source in sources(option))


def decided(model: Facts, name: str, whole: dict[str, Any]) -> Any:
    """Return the value of a computed option that follows from a combination."""
    options = model["options"]
    between = [source for source in sources(options[name]) if is_computed(options[source]) and source not in whole]
    values = {source: decided(model, source, whole) for source in between if not is_finite(options[source])}
    return computed(
        options, options[name], {**whole, **{source: value for source, value in values.items() if value is not None}}
    )


def may_lack(model: Facts, name: str) -> bool:
    """Return whether a source of a computed option can be without a number; a list always has a length."""
    option = model["options"][name]
    if "list" in option:
        return False
    if {"optional", "when", "values"} & set(option) or ignoring(model, name):
        return True
    return option.get("measure") != "total" and any(may_lack(model, source) for source in sources(option))


def leaves_out(model: Facts, finite: set[str], whole: dict[str, Any]) -> bool:
    """Return whether a table of the body, of the model or of the request has no entry for a combination."""
    in_body = [entry for entry in model["body"].values() if is_table(entry) and set(entry["by"]) <= finite]
    asked = [entry for entry in in_body if all(name in whole or has_row_for_none(entry, name) for name in entry["by"])]
    by_model = [entry for entry in [model["model"], model["request"]] if is_table(entry) and set(entry["by"]) <= finite]
    return any(lacks(table, whole, needed=False) for table in asked) or any(
        lacks(table, whole, needed=True) for table in by_model
    )


def lacks(table: Facts, whole: dict[str, Any], *, needed: bool) -> bool:
    """Return whether a table has no entry for a combination; an entry may say that nothing is sent."""
    row = table["table"]
    for name in table["by"]:
        if isinstance(row, dict):
            own = row_of(row, whole.get(name))
            if own not in row:
                return needed or name in whole
            row = row[own]
    return False


def has_row_for_none(table: Facts, name: str) -> bool:
    """Return whether a table has a row `(none)` for an option; without one, nothing is sent where the option is absent."""
    rows = [table["table"]] if table["by"][0] == name else table["table"].values()
    return any(isinstance(row, dict) and "(none)" in row for row in rows)
