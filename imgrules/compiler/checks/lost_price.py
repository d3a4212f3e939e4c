"""
a value that costs nothing, since no surcharge has a row for it

What: the base of a price is 0, so that surcharges make the price; a table of them has no row for something that is offered,
and no other surcharge has to be paid there.
Why: without a row, nothing is added, so that a value that is new is free for everybody.

A row of 0 says that it is meant. What a fact decides, such as an allowance, is not reported, nor a row for what another
surcharge may charge for.

Avoid:
    credits: {base: 0, plus: [{credits: {by: quality, table: {low: 1}}}]}
Prefer:
    credits: {base: 0, plus: [{credits: {by: quality, table: {low: 1, high: 4}}}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.known_options import known_options_of_version
from imgrules.compiler.lower.lower import formula_of
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, formulas
from imgrules.quoting import quoted
from imgrules.table.amounts import stated
from imgrules.table.exact import written
from imgrules.table.records import Formula, Line, Model, Table
from imgrules.table.terms import NONE, OTHER, Condition, Lookup

CODE = Code("IR327", "lost-price", Severity.WARNING, __doc__)

_MOST_NAMED = 3
"""How many missing rows a message names; it gives only the number of the others."""


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each table of surcharges without a row for what is offered, and then costs 0."""
    for name, first in table.models.items():
        versions = [version for version in first.versions if version.price is not None and _is_free(version)]
        for path, spec in formulas(rules.models[name]) if versions else ():
            formula = formula_of(spec)
            # What is missing in several periods is reported once.
            lacking: dict[int, dict[tuple[str, ...], None]] = {}
            for version in versions:
                for at, keys in _lacking(version, formula) if version.price == formula else ():
                    lacking.setdefault(at, {})[keys] = None
            for at, missing in lacking.items():
                place = Place((*path, "plus", at, "credits", "table"), on_key=True, file=name)
                yield _finding(formula.plus[at].lookup, list(missing), place)


def _finding(table: Lookup | None, missing: list[tuple[str, ...]], place: Place) -> Finding:
    keys, amount = next(entry for entry in _entries(table) if _counts(entry[1]))
    known = stated(amount).credits
    more = len(missing) - _MOST_NAMED
    shown = ", nor for ".join((*map(_name, missing[:_MOST_NAMED]), *((f"{more} more",) if more > 0 else ())))
    added = "an unknown price" if known is None else written(known)
    message = f"no row for {shown}, so the price can be 0 there; {_name(keys)} adds {added}"
    row, *column = map(quoted, missing[0])
    rows = "each" if len(missing) > 1 else f"{column[0]} to the row {row}," if column else f"the row {row}"
    return Finding(CODE, message, place, f"add {rows} with its price, `unknown` if no price is stated, or 0 if it is free")


def _name(keys: tuple[str, ...]) -> str:
    return " with ".join(map(quoted, keys))


def _is_free(model: Model) -> bool:
    """Whether the base of every combination is 0."""
    bases = (cell.credits if cell.regular is None else cell.regular for cell in model.cells)
    return bool(model.cells) and model.price is not None and model.price.base is None and all(base == 0 for base in bases)


def _lacking(model: Model, formula: Formula) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the place of each surcharge whose table lacks a row where nothing else has a price, with what has no row."""
    grid = Grid(model, [cell.values for cell in model.cells])
    charged = [_charged(grid, model, line) for line in formula.plus]
    once = twice = 0
    for rows in charged:
        once, twice = once | rows, twice | (once & rows)
    for at, line in enumerate(formula.plus):
        # What only this surcharge charges for is free where it has no row.
        free = _where(grid, model, line.when) & ~(twice | (once & ~charged[at]))
        if free and line.lookup is not None and any(_counts(amount) for _, amount in _entries(line.lookup)):
            yield from ((at, keys) for keys in _missing(grid, model, line.lookup, free))


def _charged(grid: Grid, model: Model, line: Line) -> Bits:
    """Return the combinations in which a surcharge may be above 0, or is unknown; none if nobody has to pay it."""
    if line.per is not None and _may_be_left_out(model, line):
        return 0
    rows = _where(grid, model, line.when)
    if line.lookup is None:
        return 0 if line.amount == 0 else rows
    if any(name not in model.axes or _is_of_facts(model, name) for name in line.lookup.by):
        return rows
    return rows & grid.matching(Lookup(line.lookup.by, _charging(line.lookup.table)), whole=True)


def _charging(rows: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the entries of a table that are not 0."""
    inner = {row: _charging(entry) if isinstance(entry, Mapping) else entry for row, entry in rows.items()}
    return {row: entry for row, entry in inner.items() if isinstance(entry, Mapping) or _counts(entry)}


def _may_be_left_out(model: Model, line: Line) -> bool:
    """Whether so few units as cost nothing can always be picked, since no rule is about their number."""
    known = known_options_of_version(model)[line.per or ""]
    few = known.numbers is not None and known.numbers.least <= line.beyond
    is_picked = not known.option.fact and known.option.follows is None
    return few and is_picked and not known.option.when and line.per not in _names_in_rules(model)


def _names_in_rules(model: Model) -> set[str]:
    """Return the options that a limit names, the presence of another option, or a computed one."""
    names = {name for limit in model.limits for name in limit.names}
    for option in model.options.values():
        names.update(test.name for limit in option.ignored for test in limit.when)
        names.update(test.name for test in option.when)
        names.update(option.follows.names if option.follows is not None else ())
    return names | {option.name for option in model.options.values() if option.ignored}


def _where(grid: Grid, model: Model, condition: Condition) -> Bits:
    """Return the combinations in which a condition may hold, whatever the facts and the numbers are."""
    return grid.holding(tuple(test for test in condition if test.name in model.axes and not _is_of_facts(model, test.name)))


def _missing(grid: Grid, model: Model, table: Lookup, free: Bits) -> Iterator[tuple[str, ...]]:
    """Yield the values that a table has no row for, of some combinations; one key if a whole row is missing."""
    if any(_is_of_facts(model, name) for name in table.by):
        return
    first, *others = [_rows(grid, model, table, name) for name in table.by]
    for key, rows in first.items():
        entry = _entry(table.table, key)
        if entry is None and rows & free:
            yield (key,)
        elif isinstance(entry, Mapping):
            for ((second, found),) in product(*(other.items() for other in others)):
                if _entry(entry, second) is None and rows & found & free:
                    yield key, second


def _entry(rows: Mapping[str, Any], key: str) -> Any:
    return rows.get(key, None if key == NONE else rows.get(OTHER))


def _rows(grid: Grid, model: Model, table: Lookup, name: str) -> dict[str, Bits]:
    """Return the combinations of each value of an option; of one that no combination holds, those in which it is possible."""
    option = model.options[name]
    if name in model.axes:
        return {value: grid.having(name, value) for value in option.values} | {NONE: grid.having(name, None)}
    if option.when or name in _names_in_rules(model):
        return {}
    named = table.levels[table.by.index(name)] - {NONE, OTHER}
    absent = [NONE] if known_options_of_version(model)[name].may_be_nothing and option.default is None else []
    return dict.fromkeys((*sorted(named), OTHER, *absent), grid.all)


def _entries(table: Lookup | None) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the entries of a table, each with the names of its rows."""
    for row, entry in table.table.items() if table is not None else ():
        if isinstance(entry, Mapping):
            yield from (((row, column), amount) for column, amount in entry.items())
        else:
            yield (row,), entry


def _counts(amount: Any) -> bool:
    """Whether an entry is not 0; an unknown one counts."""
    return stated(amount).credits != 0


def _is_of_facts(model: Model, name: str) -> bool:
    """Whether facts alone decide the value of an option, or it is a fact."""
    option = model.options[name]
    sources = option.follows.names if option.follows is not None else ()
    return option.fact or (bool(sources) and all(_is_of_facts(model, source) for source in sources))
