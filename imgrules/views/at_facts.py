"""
What the rules of a model still say at the stated facts: what facts alone decide is taken out of them.

A condition that fails whatever is picked goes, with the gate, limit or surcharge that it is of. Of one that reads options too,
the tests of options stay. What is then about listed options alone is in the combinations: those that break a limit are left
out, and the others have their gates and, where nothing else counts, their prices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import eq, is_, is_not
from typing import Any

from imgrules.engine.pricing import prices
from imgrules.engine.resolve import holds, keeps, picks
from imgrules.table.amounts import stated as stated_amount
from imgrules.table.options import Option
from imgrules.table.record_base import record, replace
from imgrules.table.records import Cell, Formula, GateRule, Line, Model
from imgrules.table.terms import Condition, Limit


@record
class Decided:
    """The options about which the facts alone decide, `names`, and the `values` of those that have one; facts are among them."""

    model: Model
    names: frozenset[str]
    values: Mapping[str, Any]

    def left(self, condition: Condition) -> Condition | None:
        """Return the tests of a condition that are not decided yet; None if one of the others fails."""
        known = tuple(test for test in condition if test.name in self.names)
        return tuple(test for test in condition if test.name not in self.names) if self.holds(known) else None

    def holds(self, condition: Condition) -> bool:
        """Whether a condition about decided options holds."""
        return holds(condition, self.values, self.model)


def at_facts(model: Model, stated: Mapping[str, Any]) -> Model:
    """Return a model as its rules are at the stated facts."""
    decided = decided_by(model, stated)
    listed = decided.names.union(model.axes)
    limits = tuple(left for limit in model.limits if (left := _limit(decided, limit)) is not None)
    about_facts = [limit for limit in limits if limit not in model.limits or decided.names.issuperset(limit.names)]
    gates = [GateRule(when, rule.gates) for rule in model.gates if (when := decided.left(rule.when)) is not None]
    priced = model.price is not None and listed.issuperset(model.price.names)
    cells = cells_at(decided, [limit for limit in about_facts if listed.issuperset(limit.names)])
    in_cells = [rule for rule in gates if listed.issuperset(test.name for test in rule.when)]
    return replace(
        model,
        cells=tuple(_cell(decided, cell, in_cells, priced=priced) for cell in cells),
        limits=limits,
        gates=tuple(rule for rule in gates if rule not in in_cells),
        price=None if priced or model.price is None else _formula(decided, model.price),
        options={name: _option(decided, option) for name, option in model.options.items()},
    )


def decided_by(model: Model, stated: Mapping[str, Any]) -> Decided:
    """Return the options about which the stated facts decide: computed from them, or absent with them."""
    values = picks(model, stated).values
    decided = Decided(model, frozenset(model.facts), {name: value for name, value in values.items() if name in model.facts})
    for option in model.order:
        computed = option.follows is not None and decided.names.issuperset(option.depends_on)
        if not option.fact and (computed or is_absent(decided, option)):
            named = {option.name: values[option.name]} if computed and option.name in values else {}
            decided = Decided(model, decided.names | {option.name}, {**decided.values, **named})
    return decided


def is_absent(decided: Decided, option: Option) -> bool:
    """Whether an option does not exist, or has no effect, whatever is picked."""
    return decided.left(option.when) is None or any(decided.left(limit.when) == () for limit in option.ignored)


def cells_at(decided: Decided, limits: Sequence[Limit]) -> Sequence[Cell]:
    """Return the combinations that are left at the stated facts, and that keep limits about listed options."""
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
        elif option.conditional and not option.optional and _is_there(decided, option):
            yield axis, partial(is_not, None)


def _is_there(decided: Decided, option: Option) -> bool:
    """Whether an option exists whatever is picked."""
    return decided.left(option.when) == () and all(decided.left(limit.when) is None for limit in option.ignored)


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
    """Return what is left of a limit; None if it is kept whatever is picked."""
    when = decided.left(limit.when)
    if when is None:
        return None
    if _is_broken(decided, limit):
        return replace(limit, when=(), only=(), never=when, needs=()) if when else _of_facts(decided, limit)
    only = tuple(test for test in limit.only if test.name not in decided.names)
    never = decided.left(limit.never) or ()
    needs = tuple(name for name in limit.needs if name not in decided.names)
    return replace(limit, when=when, only=only, never=never, needs=needs) if only or never or needs else None


def _is_broken(decided: Decided, limit: Limit) -> bool:
    """Whether a limit is broken where the rest of its `when` holds, whatever else is picked."""
    if decided.left(limit.when) is None:
        return False
    of_facts = _of_facts(decided, limit)
    never = limit.never != () and decided.left(limit.never) == ()
    return never or not keeps(Limit(only=of_facts.only, needs=of_facts.needs), decided.values, decided.model)


def _of_facts(decided: Decided, limit: Limit) -> Limit:
    """Return what a limit says of decided options."""
    only = tuple(test for test in limit.only if test.name in decided.names)
    return replace(limit, only=only, needs=tuple(name for name in limit.needs if name in decided.names))


def _formula(decided: Decided, formula: Formula) -> Formula | None:
    """Return what is left of a formula; None if nothing is, so that the price is its base."""
    times, plus = (tuple(_lines(decided, lines)) for lines in (formula.times, formula.plus))
    left = replace(formula, times=times, plus=plus)
    return None if left == Formula(step=left.step) else left


def _lines(decided: Decided, lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        when = decided.left(line.when)
        if when is None:
            continue
        left = replace(line, when=when)
        if line.lookup is None or not decided.names.issuperset(line.lookup.by):
            yield left
        elif (entry := line.lookup.find(decided.values)) is not None:
            amount = stated_amount(entry)
            yield replace(left, lookup=None, amount=amount.credits, estimate=amount.estimate)


def _option(decided: Decided, option: Option) -> Option:
    """Return an option with what is left of its conditions and its default; one that is absent keeps its reason."""
    if option.fact or not option.depends_on or is_absent(decided, option):
        return option
    ignored = ((limit, decided.left(limit.when)) for limit in option.ignored)
    left = replace(
        option,
        when=decided.left(option.when) or (),
        ignored=tuple(replace(limit, when=when) for limit, when in ignored if when is not None),
    )
    if option.defaults is None or not decided.names.issuperset(option.defaults.by):
        return left
    return replace(left, defaults=None, default=option.defaults.find(decided.values))
