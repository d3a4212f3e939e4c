"""Write values, prices, conditions and options of a catalog as texts for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from imgrules.cli.printing.style import Style
from imgrules.engine.decision import Status
from imgrules.quoting import printable, shown
from imgrules.table.amounts import ABOUT
from imgrules.table.measures import is_whole
from imgrules.table.record_base import replace
from imgrules.table.terms import CREDITS, Condition, Credits, Follows, Numbers, Ratios, Sizes, Test, Text

if TYPE_CHECKING:  # most commands load no catalog
    from imgrules.views.catalog.catalog_records import LimitOffer, OptionOffer, ValueOffer

_MOST = 8


def value_words(value: object) -> str:
    """Return a value on one line; a list is truncated to its first 8 entries."""
    if isinstance(value, list | tuple):
        more = f", {len(value) - _MOST} more" if len(value) > _MOST else ""
        return f"[{', '.join(map(value_words, value[:_MOST]))}{more}]"
    return str(value).lower() if isinstance(value, bool) else printable(str(shown(value)))


def amount_words(credits_: Credits | None, currency: str, *, estimate: bool) -> str:
    """Return a price with its unit, such as `5 credits` or `about 0.03 USD`; None is an unknown price, not a free one."""
    if credits_ is None:
        return f"{price_word(currency)} unknown"
    return f"{about_words(credits_, estimate=estimate)} {unit_word(credits_, currency)}"


def about_words(credits_: Credits | None, *, estimate: bool) -> str:
    """Return the number of a price, such as `5`, `about 5` or `unknown`."""
    return "unknown" if credits_ is None else f"{ABOUT if estimate else ''}{number_words(credits_)}"


def unit_word(credits_: Credits, currency: str) -> str:
    """Return the unit of a price: `credit`, `credits`, or the code of a currency."""
    return "credit" if currency == CREDITS and credits_ == 1 else currency


def price_word(currency: str) -> str:
    """Return what a price is called: `credits`, or `price` in any other currency."""
    return CREDITS if currency == CREDITS else "price"


def number_words(number: object) -> str:
    """Return a number without an exponent."""
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def range_words(least: object, most: object, unit: str = "") -> str:
    """Return a range as text, such as `at most 4`; None is an open bound, and two open bounds are an empty text."""
    tail = f" {unit}" if unit else ""
    if least is not None and most is not None:
        return f"{number_words(least)}{tail}" if least == most else f"{number_words(least)} to {number_words(most)}{tail}"
    if most is not None:
        return f"at most {number_words(most)}{tail}"
    return "" if least is None else f"at least {number_words(least)}{tail}"


def condition_words(condition: Condition) -> str:
    """Return a condition as a phrase, such as `ratio 3:2 and no seed`."""
    return " and ".join(map(_test, condition))


def _test(test: Test) -> str:
    absent, some = f"no {test.name}", tuple(value for value in (*test.any, *test.none) if value is not None)
    if test.none:
        given = [f"{test.name} given"] if None in test.none else []
        others = [f"{test.name} {'neither' if len(some) > 1 else 'not'} {_listed(some, 'nor')}"] if some else []
        return " and ".join(given + others)
    if not test.any:
        return f"{test.name} {range_words(test.min, test.max)}"
    picked = f"{test.name} {_listed(some, 'or')}"
    return absent if not some else f"{picked} or {absent}" if None in test.any else picked


def _listed(values: tuple[object, ...], word: str) -> str:
    return f" {word} ".join(printable(number_words(value)) for value in values)


def when_words(when: Mapping[str, tuple[str | None, ...]]) -> str:
    """Return values by option as a phrase; None among the values means that the option is not picked."""
    return ", ".join(_values_of(name, values) for name, values in when.items())


def _values_of(name: str, values: tuple[str | None, ...]) -> str:
    named = [printable(value) for value in values if value is not None]
    return " or ".join(filter(None, (f"{name} {' or '.join(named)}" if named else "", f"no {name}" if None in values else "")))


def row(option: OptionOffer, style: Style, currency: str, *, prices: bool = True) -> str:
    """Return an option on one line: values with gates and badges, and prices unless told otherwise, then rules and conditions."""
    priced = [(value, _price(value, currency) if prices else "") for value in option.values]
    if option.follows is not None and not option.follows.of:
        known = [_value(replace(value, min=None, max=None), False, style, price) for value, price in priced]  # noqa: FBT003
        of_facts = [] if known or option.default is None else [value_words(option.default)]
        return ", ".join((*(known or of_facts or ["none"]), "follows from the facts"))
    values = [_value(value, value.name == option.default, style, price) for value, price in priced]
    choices = style("dim", " · ").join(filter(None, (*values, _rule(option)))) or _nothing(option)
    return ", ".join(filter(None, (choices, *map(printable, _other_facts(option)))))


def _nothing(option: OptionOffer) -> str:
    """Return what stands in place of values where there are none; empty for a number that is computed."""
    return "" if option.follows is not None else "no value at present"


def _value(value: ValueOffer, default: bool, style: Style, price: str) -> str:  # noqa: FBT001  marks the default among the values
    name = printable(value.label if value.label == value.name else f"{value.label} ({value.name})")
    span = range_words(value.min, value.max)
    locks = "".join(f" {style('warning', f'[{printable(gate.label)}]')}" for gate in value.gates)
    badges = "".join(f" [{printable(badge.text)}]" for badge in value.badges)
    marks = (", default" if default else "") + (", not possible" if value.status is Status.IMPOSSIBLE else "")
    return name + (f" where {span}" if span else "") + price + marks + locks + badges


def _price(value: ValueOffer, currency: str) -> str:
    """Return the price of a value behind a comma; empty where it has none of its own."""
    regular = "" if value.regular is None else f" ({about_words(value.regular, estimate=value.regular_estimate)})"
    return "" if value.credits is None else f", {amount_words(value.credits, currency, estimate=value.estimate)}{regular}"


def _rule(option: OptionOffer) -> str:
    """Return the rule of an option besides its listed values; empty if there is none."""
    if option.many is not None:
        counted = range_words(option.many.min or None, option.many.max)
        return f"{counted or 'any number'} of these" if option.values else f"{counted or 'any number of'} texts"
    if option.number is not None:
        return numbers_words(option.number)
    if option.text is not None:
        return _text(option.text)
    sizes = "" if option.size is None else _sizes(option.size)
    return " or ".join(filter(None, (sizes, "" if option.ratio is None else _ratios(option.ratio))))


def numbers_words(rule: Numbers) -> str:
    """Return the rule of a number as text: range and step."""
    steps = " in any decimals" if rule.step is None else "" if rule.step == 1 else f" in steps of {number_words(rule.step)}"
    anything = "any whole number" if is_whole(rule) else "any number"
    return (range_words(rule.min, rule.max) or anything) + steps


def _sizes(rule: Sizes) -> str:
    free = (rule.edge.min or 1) <= 1 and rule.edge.max is None and rule.edge.step in (None, 1)
    edges = "" if free else f"edges {numbers_words(Numbers(rule.edge.min or None, rule.edge.max, rule.edge.step))}"
    area = range_words(rule.area.min, rule.area.max, "pixels")
    return ", ".join(filter(None, ("WIDTHxHEIGHT", edges, area, _ratios(rule.ratio) if rule.ratio else "")))


def _ratios(rule: Ratios) -> str:
    return "aspect ratio " + (range_words(rule.min, rule.max) or "W:H")


def _text(rule: Text) -> str:
    # A minimum length of 1 is not shown.
    ranges = (range_words(one.shortest if one.shortest > 1 else None, one.longest, one.unit) for one in rule.rules)
    return f"text of {' and '.join(filter(None, ranges))}".removesuffix(" of ")


def _other_facts(option: OptionOffer) -> Iterator[str]:
    """Yield the other facts of an option: its sources, defaults, conditions and limits without effect."""
    if option.follows is not None:
        yield f"computed from {' and '.join(option.follows.names)}{_measure(option.follows)}"
    if option.default is not None and option.default not in {value.name for value in option.values}:
        yield f"default {value_words(option.default)}"
    if option.defaults is not None:
        yield f"default by {' and '.join(option.defaults.by)}"
    if option.optional:
        yield "optional"
    if option.snap is not None:
        yield _SNAPPING[option.snap]
    if option.when:
        yield f"only with {condition_words(option.when)}"
    yield from map(_without_effect, option.ignored)


_SNAPPING = {"nearest": "the nearest is used", "down": "rounded down", "up": "rounded up"}


def _measure(follows: Follows) -> str:
    if follows.measure in {"longest", "shortest"}:
        return f", the {follows.measure} side"
    return f" in units of {follows.unit} pixels" if follows.unit > 1 else ""


def _without_effect(limit: LimitOffer) -> str:
    return f"no effect with {condition_words(limit.when)}" if limit.when else "no effect"


def picked_words(selection: Mapping[str, Any], *, leave: str) -> str:
    """Return the picked values by name on one line, without the option named `leave`."""
    return ", ".join(f"{printable(name)} {value_words(value)}" for name, value in selection.items() if name != leave)
