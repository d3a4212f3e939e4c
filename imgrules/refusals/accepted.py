"""What an option takes, and which bound a value breaks, in words."""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.engine.request_caps import ENTRIES
from imgrules.refusals.phrases import Said
from imgrules.table.measures import limits, pair, shaped, within
from imgrules.table.messages import counting
from imgrules.table.records import Option
from imgrules.table.terms import Numbers, Ratios, Sizes, Text


def takes(said: Said, option: Option) -> str:
    """Return in words what an option takes."""
    if option.many is not None:
        least, most = option.many.min, option.many.max
        return said("lists", range=_range(said, least or (None if most is None else 0), ENTRIES if most is None else most))
    by_rule = _takes_by_rule(said, option)
    return said("listed_or", allowed=said.list(option.values), takes=by_rule) if option.values else by_rule


def _takes_by_rule(said: Said, option: Option) -> str:
    if option.number is not None:
        return _numbers(said, option.number)
    if option.size is not None:
        return _sizes(said, option.size)
    if option.ratio is not None:
        shapes = said("shapes", example="`16:9`")
        return _with_shape(said, shapes, option.ratio)
    return lengths(said, option.text or Text())


def _numbers(said: Said, rule: Numbers) -> str:
    whole = type(rule.step) is int and type(rule.min or 0) is int
    least, most = limits(rule)
    bounds = said("whole_numbers" if whole else "numbers", least=least, most=most)
    return bounds if rule.step in (None, 1) else said("in_steps", takes=bounds, step=rule.step)


def _sizes(said: Said, rule: Sizes) -> str:
    text = said("sizes", example="`1536x1024`")
    edges = _range(said, rule.edge.min, rule.edge.max)
    if rule.edge.step not in (None, 1):
        edges = said("in_steps", takes=edges, step=rule.edge.step)
    text = said("with_edges", takes=text, range=edges)
    if rule.area.min is not None or rule.area.max is not None:
        text = said("with_area", takes=text, range=_range(said, rule.area.min, rule.area.max))
    return _with_shape(said, text, rule.ratio or Ratios())


def _with_shape(said: Said, text: str, rule: Ratios) -> str:
    bounded = rule.min is not None or rule.max is not None
    return said("with_shape", takes=text, range=_range(said, rule.min, rule.max)) if bounded else text


def lengths(said: Said, rule: Text) -> str:
    """Return in words how long a text may be."""
    number = rule.shortest if rule.longest is None else rule.longest
    if number == 1 and rule.shortest == 0:
        return said(rule.unit, range=_range(said, 0, 1))  # a range that ends with one is of several
    return counting(said.asked.table, said.asked.language, rule.unit, number, range=_range(said, rule.shortest, rule.longest))


def _range(said: Said, least: object, most: object) -> str:
    if least is None:
        return said("at_most", most=most)
    return said("at_least", least=least) if most is None else said("from_to", least=least, most=most)


def broken(said: Said, option: Option, value: object) -> str:
    """Return which bounds of its rule a size breaks; nothing for what is no size."""
    size = pair(value, "x")
    return "" if option.size is None or size is None else "; ".join(_broken(said, size, option.size))


def _broken(said: Said, size: tuple[int, int], rule: Sizes) -> Iterator[str]:
    for side in dict.fromkeys(size):
        if not within(side, Numbers(rule.edge.min, rule.edge.max, None)):
            yield said("broken_edge", value=side, range=_range(said, rule.edge.min, rule.edge.max))
        elif not within(side, rule.edge):
            yield said("broken_step", value=side, step=rule.edge.step)
    if not within(size[0] * size[1], rule.area):
        yield said("broken_area", value=size[0] * size[1], range=_range(said, rule.area.min, rule.area.max))
    if rule.ratio is not None and not shaped(size, rule.ratio):
        yield said("broken_shape", range=_range(said, rule.ratio.min, rule.ratio.max))
