"""Where a rule file states amounts of its prices, and which of them make the price of a selection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.compiler.lower.convert import condition_of
from imgrules.compiler.lower.periods import is_in_effect
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.price import FactorSpec, FormulaSpec
from imgrules.compiler.spec.rule_set import details_of
from imgrules.compiler.spec.tables import TableSpec
from imgrules.engine.resolve import amount, holds
from imgrules.table.exact import subtract
from imgrules.table.records import Model
from imgrules.table.terms import NONE, OTHER, row_for

_Placed = tuple[Path, Any]


def amounts(spec: ModelSpec) -> Iterator[_Placed]:
    """Yield each amount that makes the price of a selection, with its path: prices, factors, surcharges and promotions."""
    for path, price in _prices(spec):
        if isinstance(price, FormulaSpec):
            yield from _leaves(price.base, (*path, "base"))
            for at, line in _lines(price, path):
                yield from _leaves(_amount_of(line), at)
        else:
            yield from _leaves(price, path)
    for name, option in spec.options.items():
        for value, details in details_of(option).items():
            yield from _leaves(details.credits, ("options", name, "values", value, "credits"))
            if details.promotion is not None:
                yield ("options", name, "values", value, "promotion", "credits"), details.promotion.credits
    if spec.promotion is not None:
        yield from _leaves(spec.promotion.credits, ("promotion", "credits"))


def _prices(spec: ModelSpec) -> Iterator[_Placed]:
    """Yield each price of the model as a whole, dated or not."""
    if isinstance(spec.credits, list):
        yield from ((("credits", at, "credits"), entry.credits) for at, entry in enumerate(spec.credits))
    elif spec.credits is not None:
        yield ("credits",), spec.credits


def _lines(formula: FormulaSpec, path: Path) -> Iterator[_Placed]:
    """Yield the factors and surcharges of a formula, each with the path of its amount."""
    yield from (((*path, "times", at, "factor"), line) for at, line in enumerate(formula.times or ()))
    yield from (((*path, "plus", at, "credits"), line) for at, line in enumerate(formula.plus or ()))


def _amount_of(line: Any) -> Any:
    return line.factor if isinstance(line, FactorSpec) else line.credits


def _leaves(price: Any, path: Path) -> Iterator[_Placed]:
    """Yield an amount, or those of a table; nothing for None."""
    if isinstance(price, TableSpec):
        rows: Mapping[str, Any] = getattr(price, "table", {})
        for key, row in rows.items():
            at = (*path, "table", key)
            yield from (((*at, other), entry) for other, entry in row.items()) if isinstance(row, dict) else [(at, row)]
    elif price is not None:
        yield path, price


def counting(spec: ModelSpec, model: Model, values: Mapping[str, Any], at: str | None) -> Iterator[Path]:
    """
    Yield the paths of the amounts that make the price of a selection that is sold, the regular ones of a promotion too.

    `model` is the version at the moment `at`, and `values` are its options with their values.
    """
    yield from _of_model(spec, model, values, at)
    promotion = spec.promotion
    if promotion is not None and is_in_effect(promotion, at):
        yield from _leaf(promotion.credits, ("promotion", "credits"), values)
    priced = [(name, details) for name, details in _picked_details(spec, model, values) if details.credits is not None]
    promoted = [(name, details) for name, details in _picked_details(spec, model, values) if details.promotion is not None]
    yield from (("options", name, "values", values[name], "credits") for name, _ in priced[:1])
    for name, details in promoted:
        if is_in_effect(details.promotion, at):
            yield "options", name, "values", values[name], "promotion", "credits"


def _picked_details(spec: ModelSpec, model: Model, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the listed options that are picked, each with the details of its value, if it has any."""
    for name in model.axes:
        details = details_of(spec.options[name]).get(values.get(name, ""))
        if details is not None:
            yield name, details


def _of_model(spec: ModelSpec, model: Model, values: Mapping[str, Any], at: str | None) -> Iterator[Path]:
    if isinstance(spec.credits, list):
        current = next((i for i, entry in enumerate(spec.credits) if is_in_effect(entry, at)), None)
        if current is None:
            return
        yield from _of_price(spec.credits[current].credits, ("credits", current, "credits"), (model, values))
    else:
        yield from _of_price(spec.credits, ("credits",), (model, values))


def _of_price(price: Any, path: Path, picked: tuple[Model, Mapping[str, Any]]) -> Iterator[Path]:
    model, values = picked
    if not isinstance(price, FormulaSpec):
        yield from _leaf(price, path, values)
        return
    yield from _leaf(price.base, (*path, "base"), values)
    for place, line in _lines(price, path):
        if holds(condition_of(line.when), values, model) and _counts(line, model, values):
            yield from _leaf(_amount_of(line), place, values)


def _counts(line: Any, model: Model, values: Mapping[str, Any]) -> bool:
    """Whether a line counts at all: a surcharge for each of a number counts where there are more than are free."""
    per = getattr(line, "per", None)
    return per is None or subtract(amount(model, per, values) or 0, line.beyond or 0) > 0


def _leaf(price: Any, path: Path, values: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the path of an amount, or of the entry of a table for some values; nothing where there is none."""
    if not isinstance(price, TableSpec):
        yield from () if price is None else (path,)
        return
    rows, at = getattr(price, "table", {}), (*path, "table")
    for name in price.by:
        if not isinstance(rows, dict):
            break
        key = row_for(rows, values.get(name))
        key = key if key in rows or key != OTHER else NONE
        if key not in rows:
            return
        rows, at = rows[key], (*at, key)
    yield at
