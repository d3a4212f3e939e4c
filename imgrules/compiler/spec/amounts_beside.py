"""The amounts of a model that stand beside each other, so that one can be compared with its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.price import DatedPriceSpec, FormulaSpec, PromotionSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, formulas, source_names
from imgrules.compiler.spec.tables import TableSpec
from imgrules.quoting import quoted
from imgrules.table.amounts import stated
from imgrules.table.terms import Number

_PAIR = (0, 1)


class Stated(NamedTuple):
    """A known amount of a rule file, with its path and with words or the values that say what costs it."""

    path: Path
    said: str | tuple[str, ...]
    amount: Number
    keys: tuple[str, ...] = ()
    """In a table, the value of each of its options; only the first of a row with one amount."""

    @property
    def name(self) -> str:
        """What costs it, in words."""
        return self.said if isinstance(self.said, str) else " with ".join(map(quoted, self.said))


class Group(NamedTuple):
    """Amounts that stand beside each other. With `may_be_zero`, 0 is no mistake: it is a surcharge, or a fact decides it."""

    amounts: list[Stated]
    may_be_zero: bool = False

    @property
    def lines(self) -> Iterator[list[Stated]]:
        """The rows and the columns of a table by two options; all amounts together of anything else."""
        if all(len(one.keys) < len(_PAIR) for one in self.amounts):
            yield self.amounts
            return
        for axis in _PAIR:
            lines: dict[str, list[Stated]] = {}
            for one in self.amounts:
                if len(one.keys) > axis:
                    lines.setdefault(one.keys[axis], []).append(one)
            # A row with one amount is in all columns.
            whole = [one for one in self.amounts if len(one.keys) <= axis]
            yield from ([*line, *whole] for line in lines.values())


def groups_of(rules: RuleSet, model: str) -> tuple[Group, ...]:
    """Return the groups of known amounts of a model; cached in `rules.amounts`."""
    cached: tuple[Group, ...] | None = rules.amounts.get(model)
    if cached is None:
        cached = rules.amounts[model] = tuple(_groups(rules.models[model]))
    return cached


def _groups(spec: ModelSpec) -> Iterator[Group]:
    """Yield the groups of known amounts of a model: values, tables, factors, dated prices, promotions beside regular prices."""
    for name, option in spec.options.items():
        amounts = list(_of_values(spec, name))
        if amounts:
            yield Group(amounts, _is_of_facts(spec, name))
        for value, details in details_of(option).items():
            path: Path = ("options", name, "values", value)
            if details.promotion is not None:
                own = [
                    *_stated((*path, "promotion", "credits"), f"the promotion of {quoted(value)}", details.promotion.credits)
                ]
                yield Group([*own, *_stated((*path, "credits"), (value,), details.credits)])
    yield from _of_prices(spec)
    for path, formula in formulas(spec):
        yield from _of_formula(spec, path, formula)


def _of_values(spec: ModelSpec, name: str) -> Iterator[Stated]:
    for value, details in details_of(spec.options[name]).items():
        yield from _stated(("options", name, "values", value, "credits"), (value,), details.credits)


def _of_prices(spec: ModelSpec) -> Iterator[Group]:
    """Yield the prices of the model as a whole, with its promotion."""
    dated = spec.credits if isinstance(spec.credits, list) else []
    prices: list[tuple[Path, str, Any]] = [
        (("credits", index, "credits"), f"the price {_dates(price)}", price.credits) for index, price in enumerate(dated)
    ]
    yield Group([entry for place in prices for entry in _stated(*place)])
    whole: list[tuple[Path, Any]] = [(path, price) for path, _, price in prices] if dated else [(("credits",), spec.credits)]
    for path, price in whole:
        if isinstance(price, TableSpec):
            yield _of_table(spec, path, price)
    if isinstance(spec.promotion, PromotionSpec):
        price = spec.promotion.credits
        regular = [] if dated else [*_stated(("credits",), "the model", spec.credits)]
        if isinstance(price, TableSpec):
            yield _of_table(spec, ("promotion", "credits"), price)
        yield Group([*_stated(("promotion", "credits"), "the promotion", price), *regular])


def _dates(price: DatedPriceSpec) -> str:
    return f"from {quoted(price.from_)}" if price.from_ is not None else f"until {quoted(price.until or '')}"


def _of_formula(spec: ModelSpec, path: Path, formula: FormulaSpec) -> Iterator[Group]:
    if isinstance(formula.base, TableSpec):
        yield _of_table(spec, (*path, "base"), formula.base)
    for index, surcharge in enumerate(formula.plus or ()):
        if isinstance(surcharge.credits, TableSpec):
            yield _of_table(spec, (*path, "plus", index, "credits"), surcharge.credits)._replace(may_be_zero=True)
    for index, line in enumerate(formula.times or ()):
        at: Path = (*path, "times", index, "factor")
        factor = line.factor
        factors = (
            _of_table(spec, at, factor).amounts if isinstance(factor, TableSpec) else [*_stated(at, "this factor", factor)]
        )
        # A factor of 0 is an error.
        yield Group([*factors, Stated((*path, "times", index), "everything else", 1)], may_be_zero=True)


def _of_table(spec: ModelSpec, path: Path, table: TableSpec) -> Group:
    amounts = list[Stated]()
    for row, entry in getattr(table, "table", {}).items():
        cells = {(row, column): cell for column, cell in entry.items()} if isinstance(entry, dict) else {(row,): entry}
        for keys, cell in cells.items():
            own = _stated((*path, "table", *keys), keys, cell)
            amounts += [stated._replace(keys=keys) for stated in own]
    return Group(amounts, any(_is_of_facts(spec, name) for name in table.by))


def _stated(path: Path, said: str | tuple[str, ...], amount: object) -> Iterator[Stated]:
    """Yield an amount if it is one, and is known."""
    known = stated(amount).credits if isinstance(amount, int | Decimal | str) else None
    if known is not None:
        yield Stated(path, said, known)


def _is_of_facts(spec: ModelSpec, name: str) -> bool:
    """Whether facts alone decide the value of an option, or it is a fact."""
    option = spec.options.get(name)
    sources = source_names(option) if option is not None else ()
    facts = spec.facts or {}
    return name in facts or (bool(sources) and all(source in facts for source in sources))
