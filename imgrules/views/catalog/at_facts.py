"""
What the rules of a model still say at the stated facts: what facts alone decide is taken out of them.

A condition that fails whatever is picked goes, with the gate, limit or surcharge that it is of. Of one that reads options too,
the tests of options stay. What is then about listed options alone is in the combinations: those that break a limit are left
out, and the others have their gates and, where nothing else counts, their prices. Tables have the rows of the facts that are
left, and a computed option that they decide has its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import eq, is_, is_not
from typing import Any

from imgrules.engine.pricing import prices
from imgrules.engine.resolve import holds, keeps
from imgrules.table.options import Option
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, GateRule, Model
from imgrules.table.terms import Follows, Limit, Lookup
from imgrules.views.catalog.decided import Decided, decided_by, is_computed, is_there
from imgrules.views.catalog.prices_at_facts import formula_at, with_base


def at_facts(model: Model, stated: Mapping[str, Any]) -> Model:
    """Return a model as its rules are at the stated facts."""
    decided = decided_by(model, stated)
    listed = decided.names.union(model.axes)
    limits = tuple(left for limit in model.limits if (left := _limit(decided, limit)) is not None)
    gates = [GateRule(when, rule.gates) for rule in model.gates if (when := decided.left(rule.when)) is not None]
    in_cells = [rule for rule in gates if listed.issuperset(test.name for test in rule.when)]
    formula = None if model.price is None else formula_at(decided, model.price)
    priced = formula is not None and listed.issuperset(formula.names)
    kept = cells_at(decided, [limit for limit in limits if limit not in model.limits and listed.issuperset(limit.names)])
    cells = tuple(_cell(decided, cell, in_cells, priced=priced) for cell in kept)
    price, cells = (None, cells) if priced or formula is None else with_base(decided, formula, cells)
    requests = None if model.requests is None else decided.table(model.requests)
    is_table = requests is None or isinstance(requests, Lookup)
    return replace(
        model,
        cells=cells,
        limits=limits,
        gates=tuple(rule for rule in gates if rule not in in_cells),
        price=price,
        options={name: _option(decided, option) for name, option in model.options.items()},
        request=model.request if is_table else requests,
        requests=requests if is_table else None,
    )


def cells_at(decided: Decided, limits: Sequence[Limit]) -> Sequence[Cell]:
    """Return the combinations that are left at the stated facts, and that keep limits about listed options."""
    if any(map(_says_nothing, limits)):
        return ()
    model, wanted = decided.model, tuple(_wanted(decided))
    cells = [cell for cell in model.cells if all(fits(cell.values[axis]) for axis, fits in wanted)] if wanted else model.cells
    return [cell for cell in cells if _keeps_all(decided, cell, limits)] if limits else cells


def _keeps_all(decided: Decided, cell: Cell, limits: Iterable[Limit]) -> bool:
    values = _values(decided, cell)
    return all(keeps(limit, values, decided.model) for limit in limits)


def _values(decided: Decided, cell: Cell) -> Mapping[str, Any]:
    return {**decided.values, **cell.picks(decided.model)}


def _wanted(decided: Decided) -> Iterator[tuple[int, Callable[[str | None], bool]]]:
    """Yield the axes about which the facts alone decide, each with a test of its value."""
    for axis, name in enumerate(decided.model.axes):
        option = decided.model.options[name]
        if option.fact or (name in decided.names and option.follows is not None):
            yield axis, partial(eq, decided.values.get(name))
        elif name in decided.names:
            yield axis, partial(is_, None)
        elif option.conditional and not option.optional and is_there(decided, option):
            yield axis, partial(is_not, None)


def _cell(decided: Decided, cell: Cell, rules: Sequence[GateRule], *, priced: bool) -> Cell:
    """Return a combination with the gates of rules about listed options, and with its price if nothing else counts."""
    if not (rules or priced):
        return cell
    values = _values(decided, cell)
    ruled = [gate for rule in rules if holds(rule.when, values, decided.model) for gate in rule.gates]
    price = prices(decided.model, cell, values) if priced else cell.price
    return Cell(
        cell.values,
        price.credits,
        tuple(dict.fromkeys((*cell.gates, *ruled))),
        price.regular,
        price.regular is not None if priced else cell.promoted,
        price.estimate,
        price.regular_estimate,
    )


def _limit(decided: Decided, limit: Limit) -> Limit | None:
    """Return what is left of a limit: its reason alone if it is broken, and None if it is kept, whatever is picked."""
    when = decided.left(limit.when)
    if when is None:
        return None
    if _is_broken(decided, limit):
        return Limit(never=when, because=limit.because)
    only = tuple(test for test in limit.only if test.name not in decided.names)
    never = decided.left(limit.never) or ()
    needs = tuple(name for name in limit.needs if name not in decided.names)
    return replace(limit, when=when, only=only, never=never, needs=needs) if only or never or needs else None


def _is_broken(decided: Decided, limit: Limit) -> bool:
    """Whether a limit is broken where the rest of its `when` holds, whatever else is picked."""
    only = tuple(test for test in limit.only if test.name in decided.names)
    needs = tuple(name for name in limit.needs if name in decided.names)
    never = limit.never != () and decided.left(limit.never) == ()
    return never or not keeps(Limit(only=only, needs=needs), decided.values, decided.model)


def _says_nothing(limit: Limit) -> bool:
    """Whether all that is left of a limit is its reason: the facts alone break it."""
    return not limit.names


def _option(decided: Decided, option: Option) -> Option:
    """Return an option with what is left of its conditions, its default and its table; one that is absent keeps its reason."""
    if option.fact or not option.depends_on:
        return option
    failing = tuple(test for test in option.when if test.name in decided.names and not decided.holds((test,)))
    ignored = ((limit, decided.left(limit.when)) for limit in option.ignored)
    left = replace(
        option,
        when=failing or decided.left(option.when) or (),
        ignored=tuple(replace(limit, when=when) for limit, when in ignored if when is not None),
    )
    if is_computed(decided, option):
        return _known(left, decided.computed(option))
    if option.follows is not None and option.follows.table is not None:
        table = decided.table(option.follows.table)
        left = replace(left, follows=replace(option.follows, of=table.by, table=table))
    if option.defaults is None:
        return left
    defaults = decided.table(option.defaults)
    is_table = isinstance(defaults, Lookup)
    return replace(left, defaults=defaults if is_table else None, default=None if is_table else defaults)


def _known(option: Option, value: Any) -> Option:
    """Return a computed option that has one value, or none: it follows from nothing that is picked."""
    words = {word: named for word, named in option.values.items() if word == value}
    # An option of the combinations stays one.
    return replace(option, values=words if words or option.loose else option.values, follows=Follows(()), default=value)
