"""Phrases that describe what an option takes, and which bounds a value breaks."""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.engine.request_caps import ENTRIES
from imgrules.refusals.phrases import Phrases
from imgrules.table.measures import MOST, exact, is_whole, limits, pair, shaped, within
from imgrules.table.options import Option
from imgrules.table.terms import Length, Numbers, Ratios, Sizes, Text
from imgrules.table.texts.messages import counting


def takes(phrases: Phrases, option: Option, given: object = None) -> str:
    """Return a phrase that describes what an option takes, in the language of the caller; `given` is a value that it refuses."""
    if option.many is not None:
        least, most = option.many.min, option.many.max
        return phrases(
            "lists", range=_range(phrases, least or (None if most is None else 0), ENTRIES if most is None else most)
        )
    unlisted = _takes_unlisted(phrases, option, given)
    return phrases("listed_or", allowed=phrases.list(option.values), takes=unlisted) if option.values else unlisted


def _takes_unlisted(phrases: Phrases, option: Option, given: object) -> str:
    if option.number is not None:
        return numbers(phrases, option.number, given)
    sizes = "" if option.size is None else _sizes(phrases, option.size)
    if option.ratio is not None:
        ratios = _with_shape(phrases, phrases("shapes", example="`16:9`"), option.ratio)
        return phrases("listed_or", allowed=sizes, takes=ratios) if sizes else ratios
    return sizes or _all_lengths(phrases, option.text or Text())


def numbers(phrases: Phrases, rule: Numbers, given: object = None) -> str:
    """Return a phrase that describes which numbers a rule allows; an open end is told where `given` is a number beyond it."""
    whole, number = is_whole(rule), exact(given)
    least, most = (rule.min, rule.max) if number is None or -MOST <= number <= MOST else limits(rule)
    if least is None or most is None:
        bounds = phrases("any_whole_number" if whole else "any_number")
        if least is not None or most is not None:
            bounds = phrases("with_range", takes=bounds, range=_range(phrases, least, most))
    else:
        bounds = phrases("whole_numbers" if whole else "numbers", least=least, most=most)
    return bounds if rule.step in (None, 1) else phrases("in_steps", takes=bounds, step=rule.step)


def _sizes(phrases: Phrases, rule: Sizes) -> str:
    text = phrases("sizes", example="`1536x1024`")
    edges = _range(phrases, rule.edge.min, rule.edge.max)
    if rule.edge.step not in (None, 1):
        edges = phrases("in_steps", takes=edges, step=rule.edge.step)
    text = phrases("with_edges", takes=text, range=edges)
    if rule.area.min is not None or rule.area.max is not None:
        text = phrases("with_area", takes=text, range=_range(phrases, rule.area.min, rule.area.max))
    return _with_shape(phrases, text, rule.ratio or Ratios())


def _with_shape(phrases: Phrases, text: str, rule: Ratios) -> str:
    bounded = rule.min is not None or rule.max is not None
    return phrases("with_shape", takes=text, range=_range(phrases, rule.min, rule.max)) if bounded else text


def _all_lengths(phrases: Phrases, rule: Text) -> str:
    """Return a phrase with every length that a text has to have, each in its unit."""
    first, *others = [lengths(phrases, one) for one in rule.rules]
    for other in others:
        first = phrases("and", first=first, last=other)
    return first


def lengths(phrases: Phrases, rule: Length | Text) -> str:
    """Return a phrase that describes how long a text may be, in its unit: characters, words or bytes."""
    number = rule.shortest if rule.longest is None else rule.longest
    if number == 1 and rule.shortest == 0:
        return phrases(rule.unit, range=_range(phrases, 0, 1))  # "0 to 1" takes the plural, although 1 takes the singular
    return counting(
        phrases.question.table, phrases.question.language, rule.unit, number, range=_range(phrases, rule.shortest, rule.longest)
    )


def _range(phrases: Phrases, least: object, most: object) -> str:
    if least is None:
        return phrases("at_most", most=most)
    return phrases("at_least", least=least) if most is None else phrases("from_to", least=least, most=most)


def broken(phrases: Phrases, option: Option, value: object) -> str:
    """Return a phrase that says which bounds of an option a size breaks; empty for a value that is not a size."""
    size = pair(value, "x")
    return "" if option.size is None or size is None else "; ".join(_broken(phrases, size, option.size))


def _broken(phrases: Phrases, size: tuple[int, int], rule: Sizes) -> Iterator[str]:
    for side in dict.fromkeys(size):
        if not within(side, Numbers(rule.edge.min, rule.edge.max, None)):
            yield phrases("broken_edge", value=side, range=_range(phrases, rule.edge.min, rule.edge.max))
        elif not within(side, rule.edge):
            yield phrases("broken_step", value=side, step=rule.edge.step)
    if not within(size[0] * size[1], rule.area):
        yield phrases("broken_area", value=size[0] * size[1], range=_range(phrases, rule.area.min, rule.area.max))
    if rule.ratio is not None and not shaped(size, rule.ratio):
        yield phrases("broken_shape", range=_range(phrases, rule.ratio.min, rule.ratio.max))
