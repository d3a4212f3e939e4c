"""
a value that nobody can ever choose

What: every combination with the value has a gate that no grant opens, is ruled out by a limit, or is missing in a table;
or a limit rules an option out that has no listed values, such as a text, because another option always has a value.
Why: users see the value, but nobody can ever use it.

Avoid:
    gates: {staff: {opens_with: [], label: Staff}}
Prefer:
    gates: {staff: {opens_with: [staff], label: Staff}}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.presence import Presence
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.nothing_hints import is_presence, way_to_lack
from imgrules.compiler.spec.rule_set import RuleSet, bool_as_word, values_of, wire_tables
from imgrules.compiler.spec.tables import RequestTableSpec, WireTableSpec
from imgrules.quoting import quoted
from imgrules.table.records import Cell, Model, Table

CODE = Code("IR207", "unreachable-value", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each value or option that nobody can choose in some period, with any grants; each is reported once."""
    for name, first in table.models.items():
        reported: set[Path] = set()
        for start, model in ((None, first), *((change.at, change.model) for change in first.changes)):
            if model.gone is not None:
                continue
            when = f" from {quoted(start.removesuffix('T00:00:00Z'))} on" if start else ""
            if not model.cells:
                yield _nothing_sold(rules.models[name], name, when)
                break
            for what, place, hint in _unreachable(rules, table, name, model):
                if place.path not in reported:
                    reported.add(place.path)
                    yield Finding(CODE, f"nobody can ever choose {quoted(what)}{when}", place, hint)


def _unreachable(rules: RuleSet, table: Table, name: str, model: Model) -> Iterator[tuple[str, Place, str]]:
    """Yield each value and each option without listed values that nobody can choose, with its place and a hint."""
    presence = Presence(model)
    state = presence.alone(presence.grid.all, ()) if presence.limits else None
    cells = model.cells if state is None else [model.cells[index] for index in presence.grid.indexes_of(state.rows)]
    for option, value, hint in _unreachable_values(rules, table, name, model, cells):
        yield value, _place(rules, name, option, value), hint
    for option in () if state is None else presence.never_picked(state):
        yield option, Place(("options", option), on_key=True, file=name), _why_never(rules, name, option)


def _unreachable_values(
    rules: RuleSet, table: Table, name: str, model: Model, cells: Sequence[Cell]
) -> Iterator[tuple[str, str, str]]:
    """Yield `(option, value, hint)` for each value that is in none of some combinations whose gates all have a grant."""
    open_to_some = [cell for cell in cells if not cell.gates or all(table.gates[gate].opens_with for gate in cell.gates)]
    for index, axis in enumerate(model.axes):
        option = model.options[axis]
        if option.fact:
            continue  # nobody chooses it; for one of its values nothing may be left
        sold, possible = ({cell.values[index] for cell in cells} for cells in (cells, open_to_some))
        # If the gates of one option lock all combinations, only the values of that option are reported.
        blamed = option.values if open_to_some else _values_with_gates(rules, name, axis)
        for value in (candidate for candidate in blamed if candidate in option.values and candidate not in possible):
            hint = _why(rules.models[name], axis, value)
            yield axis, value, "give its gate a grant under `opens_with:`, or delete the value" if value in sold else hint


def _nothing_sold(spec: ModelSpec, name: str, when: str) -> Finding:
    """Return the finding for a model without any combination: limits rule them out, or tables have no entries for them."""
    by_path = wire_tables(spec)
    first = ("limits",) if spec.limits else next(iter(by_path), ("options",))
    tables = " and ".join(sorted({f"`{path[0]}:`" for path in by_path}))
    subject = " and ".join(
        part for part in ("the limits" if spec.limits else "", f"the tables of {tables}" if by_path else "") if part
    )
    hints = ["allow more in a limit" if spec.limits else "", "add what is offered to the tables" if by_path else ""]
    hint = ", or ".join(part for part in hints if part) or "list what is offered"
    return Finding(
        CODE, f"{subject or 'the values'} leave no possible combination{when}", Place(first, on_key=True, file=name), hint
    )


def _why(spec: ModelSpec, option: str, value: str) -> str:
    """Return the hint for a value that no combination has: a table has no entry for it, or a limit rules it out."""
    for path, table in wire_tables(spec).items():
        if option in table.by and not _has_entry(table, option, value):
            where = f"the table of {quoted(f'{path[0]}:')}" if len(path) == 1 else f"the table at {quoted(path[-1])}"
            return f"{where} has no {quoted(value)}; add it there, or delete the value"
    return (
        "a limit or a table rules it out; allow it there, or delete the value"
        if wire_tables(spec)
        else ("a limit rules it out; allow it there, or delete the value")
    )


def _why_never(rules: RuleSet, model: str, option: str) -> str:
    """Return the hint for an option that a limit never lets anybody choose: which other option could be absent, if one is found."""
    spec, known = rules.models[model], known_options_of_model(rules, model)
    for limit in spec.limits or ():
        tests = {**(limit.when or {}), **(limit.only or {}), **(limit.never or {})}
        for other, test in tests.items() if option in tests else ():
            way = way_to_lack(spec, other, option) if other != option and is_presence(test) else ""
            if way and not known[other].may_be_nothing:
                return f"a limit wants it without {quoted(other)}, which always has a value: {way}"
    return "a limit rules it out; allow it there, or delete the option"


def _has_entry(table: WireTableSpec | RequestTableSpec, option: str, value: str) -> bool:
    """Whether a table has an entry for a value of one of its options."""
    if option == table.by[0] and value in table.table:
        return True
    rows = [row for row in table.table.values() if isinstance(row, dict)]
    return option == table.by[-1] and len(table.by) > 1 and (len(rows) < len(table.table) or any(value in row for row in rows))


def _values_with_gates(rules: RuleSet, model: str, option: str) -> list[str]:
    return [value for value, details in values_of(rules.models[model].options[option]).items() if details.gate is not None]


def _place(rules: RuleSet, model: str, option: str, value: str) -> Place:
    values = rules.models[model].options[option].values
    path = ("options", option, "values")
    if values is None:
        return Place(("options", option, "of"), on_key=True, file=model)
    if isinstance(values, list):
        return Place((*path, [bool_as_word(item) for item in values].index(value)), file=model)
    return Place((*path, value), on_key=True, file=model)
