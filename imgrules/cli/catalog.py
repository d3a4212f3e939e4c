"""
Print what a user can pick: as a table on a terminal, else as JSON.

  imgrules catalog
  imgrules catalog --grant member --language de
  imgrules catalog --at 2027-01-01
  imgrules catalog --fact used_today=3
  imgrules catalog --fact used_today=0 --fact gpt-image-2:used_today=3
  imgrules catalog --format json > catalog.json

Models that are retired or not yet available are left out. Exits with 1 if a file is left out because it has mistakes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from imgrules.cli.arguments import moment_argument
from imgrules.cli.arguments.rules_and_picks import add_facts, add_grants, add_language, add_rules, facts, open_rules
from imgrules.cli.printing.catalog_words import number_words, price_word, range_words, row, value_words
from imgrules.cli.printing.style import Style, add_color
from imgrules.quoting import printable
from imgrules.table.amounts import ABOUT, Amount, stated
from imgrules.table.exact import add, multiply, tidy, total
from imgrules.table.record_base import replace
from imgrules.table.records import Formula, Line
from imgrules.table.terms import CREDITS, Number, Numbers
from imgrules.views.catalog.catalog import offers
from imgrules.views.catalog.catalog_records import Catalog, FactOffer, ModelOffer, OptionOffer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_grants(parser)
    add_facts(parser)
    moment_argument.add_at(parser)
    add_language(parser, "labels")
    add_rules(parser)
    parser.add_argument("--format", choices=("text", "json"), help="default: text on a terminal, else json")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Print the catalog for some grants, and return the exit code."""
    at = moment_argument.asked(args)
    rules, whole = open_rules(args)
    stated = facts(args, rules.table)
    output_format = args.format or ("text" if sys.stdout.isatty() else "json")
    if output_format == "json":
        print(json.dumps(rules.catalog(args.grant, args.language, at, stated), ensure_ascii=False, indent=2))
    else:
        catalog = offers(rules.table, args.grant, args.language, at, stated)
        print("\n".join(_lines(catalog, at, Style(sys.stdout, args.color))))
    return int(not whole)


def _lines(catalog: Catalog, at: str, style: Style) -> Iterator[str]:
    for model in catalog.models:
        badges = "".join(f" [{printable(badge.text)}]" for badge in model.badges)
        locks = "".join(f" {style('warning', f'[{printable(label)}]')}" for label in _locks(model))
        yield f"{style('bold', printable(model.label))} ({printable(model.id)}){locks}{badges}"
        if model.description is not None:
            yield f"  {printable(model.description)}"
        rows = [(option.label, row(option, style, catalog.currency, prices=_differ(option))) for option in model.options]
        rows += [(price_word(catalog.currency), text) for text in _price(model, catalog.currency)]
        rows += [("limits", text) for text in _reasons(model)]
        rows += [(fact.label, given_words(fact)) for fact in model.facts]
        rows = rows or [("no options, and no price is stated", "")]
        wide = max(len(label) for label, _ in rows)
        yield from (f"  {printable(label).ljust(wide)}  {text}".rstrip() for label, text in rows)
    if catalog.until is not None:
        yield moment_argument.line(at, catalog.until, style)


def _differ(option: OptionOffer) -> bool:
    """Whether the values of an option differ in price, so that their prices stand beside them; else it is that of the model."""
    return len({(value.credits, value.estimate, value.regular, value.regular_estimate) for value in option.values}) > 1


def _locks(model: ModelOffer) -> list[str]:
    """Return what a caller lacks for everything of a model, as far as no value shows it; or that nothing can be created."""
    if not model.offers:
        return ["not possible at present"]
    shown = {gate.name for option in model.options for value in option.values for gate in value.gates}
    first, *others = (offer.gates for offer in model.offers)
    return [gate.label for gate in first if gate.name not in shown and all(gate in gates for gates in others)]


def given_words(fact: FactOffer) -> str:
    """Return what the service states of a fact, as far as the rules tell values apart."""
    given, rule = fact.given, fact.number or fact.many or Numbers()
    if given is None:
        return "not stated"
    length = "length " if fact.many is not None else ""
    if given.exact:
        return length + value_words(given.value)
    if given.value is None:
        return "none that the rules name"
    least, most = rule.min if given.min is None else given.min, rule.max if given.max is None else given.max
    beside = [f"above {number_words(given.above)}" if given.above is not None else ""]
    beside += [f"below {number_words(given.below)}" if given.below is not None else ""]
    bounds = range_words(None if given.above is not None else least, None if given.below is not None else most)
    return length + (" and ".join(filter(None, (*beside, bounds))) or "a number; the rules compare it with none")


def _price(model: ModelOffer, currency: str) -> Iterator[str]:
    """Yield one line with the price of a model; nothing if its values show their prices."""
    shown = any(map(_differ, model.options))
    fixed, bases = _fixed(model.price), _bases(model)
    formula = fixed.rest
    prices = sorted({fixed.at(base.credits) for base in bases if base.credits is not None})
    if shown or not model.offers or not (prices or formula):
        return
    or_not = ", or unknown" if prices and any(base.credits is None for base in bases) else ""
    labels = {option.name: printable(option.label) for option in model.options}
    only = prices == [0] and formula is not None and bool(formula.plus)
    about = ABOUT if any(base.estimate for base in bases) or _is_about(model.price) else ""
    base = "" if only else about + _span(prices) if prices else "unknown"
    unit = f" {currency}" if currency != CREDITS else ""
    parts = "" if formula is None else _parts(formula, labels, unit, only=only)
    yield base + (unit if prices and not only else "") + or_not + _regular_price(model) + parts


def _bases(model: ModelOffer) -> list[Amount]:
    """Return the base prices of a model: those of its offers, or those of the table that its formula has in their place."""
    table = None if model.price is None else model.price.promotion or model.price.base
    if table is not None:
        return list(_amounts(Line(lookup=table)))
    return [Amount(offer.credits, offer.estimate) for offer in model.offers]


class _Fixed(NamedTuple):
    """A formula without the factors and surcharges that always count, and the product and the sum of those."""

    rest: Formula | None
    factor: Number = 1
    credits: Number = 0

    def at(self, base: Number) -> Number:
        """Return a base price with the factors and surcharges that always count."""
        return add(multiply(base, self.factor), self.credits)


def _fixed(formula: Formula | None) -> _Fixed:
    if formula is None:
        return _Fixed(None)
    factors, times = _parted(formula.times)
    # A surcharge is not multiplied by the factors that are left.
    sums, plus = ([], formula.plus) if times else _parted(formula.plus)
    return _Fixed(replace(formula, times=times, plus=plus), reduce(multiply, [1, *factors]), total(sums))


def _parted(lines: tuple[Line, ...]) -> tuple[list[Number], tuple[Line, ...]]:
    """Return the amounts of the lines that always count, and the other lines."""
    others = tuple(line for line in lines if line.amount is None or line.when or line.lookup or line.per)
    return [line.amount for line in lines if line not in others and line.amount is not None], others


def _span(prices: Sequence[Number]) -> str:
    """Return the range of sorted prices as text; empty if there is none."""
    return " to ".join(dict.fromkeys(map(number_words, map(tidy, (prices[0], prices[-1]))))) if prices else ""


def _regular_price(model: ModelOffer) -> str:
    """Return the price without promotions in parentheses; empty if no promotion runs."""
    fixed = _fixed(model.price)
    regular = sorted({fixed.at(offer.regular) for offer in model.offers if offer.regular is not None})
    about = ABOUT if any(offer.regular_estimate for offer in model.offers) or _is_about(model.price) else ""
    return f" (regularly {about}{_span(regular)})" if regular else ""


def _is_about(formula: Formula | None) -> bool:
    """Whether a surcharge that always applies is an estimate."""
    rest = _fixed(formula).rest
    return formula is not None and rest is not None and any(line.estimate for line in formula.plus if line not in rest.plus)


def _reasons(model: ModelOffer) -> Iterator[str]:
    """Yield the reasons of all limits that give one, joined on one line."""
    reasons = dict.fromkeys(printable(limit.because) for limit in model.limits if limit.because is not None)
    if reasons:
        yield " · ".join(reasons)


def _parts(formula: Formula, labels: Mapping[str, str], unit: str, *, only: bool) -> str:
    """Return the parts of a price besides its base; with `only`, the base is 0 and surcharges are the whole price."""
    times = f"a factor for {_names(formula.times, labels)}" if formula.times and not only else ""
    amounts = [amount for line in formula.plus for amount in _amounts(line)]
    known = sorted({amount.credits for amount in amounts if amount.credits is not None})
    of_known = f" of {_span(known)}{unit}" if known else ""
    plus = f"surcharges{of_known} for {_names(formula.plus, labels)}" if formula.plus else ""
    added = " and ".join(filter(None, (times, plus)))
    unknown = ", some of them unknown" if any(amount.credits is None for amount in amounts) else ""
    unknown += ", some of them estimates" if any(amount.estimate for amount in amounts) else ""
    counted = f", for each of {' and '.join(labels.get(name, name) for name in formula.each)}" if formula.each else ""
    rounded = f", rounded {_ROUNDED[formula.rounding]} {number_words(formula.step)}" if formula.rounding else ""
    return (f"{'only ' if only else ', with '}{added}{unknown}" if added else "") + counted + rounded


_ROUNDED = {"up": "up to a multiple of", "down": "down to a multiple of", "nearest": "to the nearest multiple of"}


def _amounts(line: Line) -> Iterator[Amount]:
    """Yield the amounts of a surcharge: its own, or each entry of its table."""
    if line.lookup is None:
        yield Amount(line.amount, line.estimate)
    for entry in () if line.lookup is None else line.lookup.table.values():
        yield from map(stated, entry.values() if isinstance(entry, Mapping) else (entry,))


def _names(lines: tuple[Line, ...], labels: Mapping[str, str]) -> str:
    asked = [name for line in lines for name in (*(test.name for test in line.when), *(line.lookup.by if line.lookup else ()))]
    options = dict.fromkeys((*asked, *(line.per for line in lines if line.per)))
    names = [labels.get(option, option) for option in options]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or "all"
