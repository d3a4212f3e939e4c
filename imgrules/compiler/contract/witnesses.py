"""
Values that may be the only ones of a region that a contract refuses: those that it names, and values beside them.

They are found in the schema of a refusal: constants and bounds, multiples and common multiples, and texts that patterns are
about. Each is a value that a caller could pick; whether the contract refuses it is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, islice
from math import lcm
from typing import Any, NamedTuple

from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.keywords import subschemas
from imgrules.compiler.contract.pattern_texts import texts_about
from imgrules.compiler.samples.sample_selections import accepted
from imgrules.table.exact import add, multiply, steps, subtract, tidy
from imgrules.table.measures import exact, fits_text, limits, nearest_size, number_in, pair, within
from imgrules.table.options import Option
from imgrules.table.records import CAP, Field, Model
from imgrules.table.terms import Number, Numbers

MOST_WITNESSES = 40
"""The most values of one option or field."""

_MOST_NAMED = 100  # constants of a schema that are looked at
_MOST_MULTIPLES = 24  # multiples that are looked at to find one on a step
_LONGEST = 100_000  # the longest side or text
_COMPARED = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class Hints(NamedTuple):
    """What a schema names: single values, entries of lists among them; lists; numbers of which it takes multiples; patterns."""

    values: tuple[Any, ...] = ()
    lists: tuple[list[Any], ...] = ()
    multiples: tuple[Number, ...] = ()
    patterns: tuple[str, ...] = ()


def hints_of(contract: Contract, schema: Mapping[str, Any], found: Iterable[Any] = ()) -> Hints:
    """Return what a schema and all inside it or named by it say, with values that were found to be refused before them."""
    parts = list(islice(_parts(contract, schema), _MOST_NAMED))
    constants = [*found, *(value for part in parts for value in _constants(part))]
    lists = [value for value in constants if isinstance(value, list)]
    values = [value for value in (*constants, *chain(*lists)) if type(value) in {int, float, str} or value in found]
    multiples = [number for part in parts if (number := exact(part.get("multipleOf"))) is not None]
    patterns = [part["pattern"] for part in parts if isinstance(part.get("pattern"), str)]
    return Hints(tuple(values[:_MOST_NAMED]), tuple(lists), (*multiples, *_common(multiples)), tuple(patterns))


def _parts(contract: Contract, schema: Any) -> Iterator[Mapping[str, Any]]:
    pending, known = [schema], set[int]()
    while pending:
        part = pending.pop(0)
        if isinstance(part, dict) and id(part) not in known:
            known.add(id(part))
            yield part
            pending += [child for _, child in subschemas(part)]
            pending += [contract.target(part["$ref"])] if isinstance(part.get("$ref"), str) else []


def _constants(part: Mapping[str, Any]) -> Iterator[Any]:
    yield from part["enum"] if isinstance(part.get("enum"), list) else ()
    yield from (part[keyword] for keyword in ("const", *_COMPARED) if keyword in part)


def _common(multiples: list[Number]) -> Iterator[int]:
    whole = [int(number) for number in multiples if number == int(number)]
    for count in range(2, min(len(whole), 3) + 1):
        yield from (lcm(*some) for some in combinations(whole, count))


def witnesses(model: Model, name: str, field: Field | None, hints: Hints) -> list[Any]:
    """Return values that can be picked for an option or a field, beside those that are tried anyway."""
    if field is not None:
        texts = (text for text in _texts(hints) if all(fits_text(text, rule) for rule in field.text.rules))
        return list(dict.fromkeys(_numbers(CAP, hints) if field.cap else texts))[:MOST_WITNESSES]
    option = model.options[name]
    forms = {send.form for send in model.body if send.name == name}
    given = hints._replace(values=(*hints.values, *_unformed(forms, hints.values)))
    return accepted(option, _of_option(option, given))[:MOST_WITNESSES]


def _unformed(forms: Iterable[str | None], values: Iterable[Any]) -> Iterator[str]:
    """Yield what a caller picks so that a form writes one of these texts."""
    for form in forms:
        before, value, after = (form or "").partition("{value}")
        for text in values if value else ():
            if isinstance(text, str) and text.startswith(before) and text.endswith(after):
                yield text.removeprefix(before).removesuffix(after)


def _of_option(option: Option, hints: Hints) -> Iterator[Any]:
    if option.many is not None:
        yield from _lists(option, hints)
        return
    if option.number is not None:
        yield from _numbers(option.number, hints)
    if option.size is not None:
        for side in islice(_numbers(option.size.edge, hints), MOST_WITNESSES):
            near = nearest_size((int(side), int(side)), option.size) if 0 < side < _LONGEST and side == int(side) else None
            yield from [] if near is None else [f"{near[0]}x{near[1]}"]
    if option.text is not None or option.size is not None or option.ratio is not None:
        yield from _texts(hints)
    yield from _pairs(option, hints)


def _pairs(option: Option, hints: Hints) -> Iterator[str]:
    """Yield sizes and ratios with the sides of texts that name a pair, such as `1024*768`."""
    for value in hints.values if option.size is not None or option.ratio is not None else ():
        sides = next((found for sign in "x:" if (found := pair(str(value).replace("*", "x"), sign)) is not None), None)
        yield from [] if sides is None else [f"{sides[0]}x{sides[1]}", f"{sides[0]}:{sides[1]}"]


def _numbers(rule: Numbers, hints: Hints) -> Iterator[Number]:
    """Yield numbers of a rule: those that are named and those next to them, and multiples."""
    step = rule.step or 1
    least, greatest = limits(rule)
    named = [number_in(value) if isinstance(value, str) else exact(value) for value in hints.values]
    near = (add(number, offset) for number in named if number is not None for offset in (0, -step, step))
    multiples = (number for multiple in hints.multiples for number in _multiples(rule, multiple, least))
    yield from (tidy(number) for number in chain(near, multiples) if least <= number <= greatest and within(number, rule))


def _multiples(rule: Numbers, multiple: Number, least: Number) -> Iterator[Number]:
    """Yield the first two multiples of a number that a rule takes, and what lies beside the first of them."""
    first = multiply(steps(max(least, -multiply(multiple, _MOST_MULTIPLES)), multiple)[0], multiple)
    tried = (add(first, multiply(count, multiple)) for count in range(_MOST_MULTIPLES))
    for number in islice((number for number in tried if number >= least and number and within(number, rule)), 2):
        yield number
        offset = rule.step if rule.step is not None else multiply(multiple, exact(0.5) or 1)
        yield from (add(number, offset), subtract(number, offset))


def _texts(hints: Hints) -> Iterator[str]:
    named = [value for value in hints.values if isinstance(value, str)]
    about = [text for pattern in hints.patterns for text in texts_about(pattern)]
    yield from named
    yield from about
    for text in (*named, *about):
        yield from (f"{text}x", f"x{text}", f"x {text} x", text[:-1], text.upper(), "x" * len(text))


def _lists(option: Option, hints: Hints) -> Iterator[list[Any]]:
    """Yield the lists that are named, lists of what is named, and lists of different entries in both orders."""
    yield from map(list, hints.lists)
    named = [value for value in hints.values if value in option.values] if option.values else [*_texts(hints)]
    values = [*named, *(value for value in option.values if value not in named)]
    least, greatest = int(option.many.min or 0) if option.many else 0, len(values)
    yield from ([value] * max(least, 1) for value in named)
    for length in (2, 3, greatest):
        yield from (values[:length], values[:length][::-1], values[-length:])
    yield from ([value, *values[:1]] for value in values)
