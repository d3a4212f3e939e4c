"""
Functions that are written out for a shape, so that what is known beforehand is neither looped over nor looked up.

A shape is which names are read, or how a body is nested; whose model it is matters not, so that ten thousand models have
a handful. Nothing in the source of a function comes from anywhere but the rules, and their texts only as literals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from imgrules.engine.quantities import is_whole_text
from imgrules.engine.readers import Computed, Slot

_MOST = 1024  # so many shapes are kept

_READ = """
def make(rules, outcomes, first, no, is_whole_text):
    {rules} = rules
    def read(selection, at):
        get = selection.get
        left = len(selection) - {needed}
        {lines}
        if left:
            return {unknown}
        key = {key}
        outcome = outcomes.get(key) or first(key, selection)
        return outcome and (outcome, {values}, {at})
    return read
"""

_FILL = """
def make(parts):
    {parts} = parts
    def fill(values):
        return {body}
    return fill
"""


class _Rules(list[Any]):
    """What a function needs beside what it is given, each with a name in its source."""

    def name(self, value: Any) -> str:
        self.append(value)
        return f"r{len(self) - 1}"


def read_of(slots: Sequence[Slot | Computed], known: tuple[Any, ...], *, renamed: bool, dated: bool) -> Callable[..., Any]:
    """
    Return what reads selections by their slots, in one frame.

    `known` are the outcomes by their keys, what finds one that is met for the first time, and what stands for a refusal.
    With other names for options (`renamed`), a name that is not known may be one of them, and so may what is missing.

    For an option `ratio` of listed values, an optional `seed` and a text `prompt` it is

        v0 = get('ratio')
        if not (type(v0) is str): return no
        v1 = get('seed')
        if v1 is not None:
            left -= 1
            if not (type(v1) is int and r0 <= v1 <= r1): return no
        v2 = get('prompt')
        ...
        if left:
            return no
        key = (v0, v1 is not None, v2 is not None, )
        outcome = outcomes.get(key) or first(key, selection)
        return outcome and (outcome, (v1, v2, ), None)
    """
    rules, names = _Rules(), {slot.name: f"v{at}" for at, slot in enumerate(slots)}
    unknown = "None" if renamed else "no"
    lines: list[str] = []
    for slot in slots:
        if isinstance(slot, Computed):
            given = ", ".join(names.get(each, "None") for each in slot.sources)
            lines.append(f"{names[slot.name]} = {rules.name(slot.compute)}({given})")
        else:
            lines += _slot_lines(slot, names[slot.name], rules, unknown)
    key = [_asked(each.ask, names[each.name], rules) for each in slots if each.ask]
    source = _READ.format(
        rules=_tuple(f"r{at}" for at in range(len(rules))),
        needed=1 + sum(isinstance(each, Slot) and each.needed for each in slots),
        lines="\n        ".join(lines),
        unknown=unknown,
        key=_tuple(key),
        values=_tuple(names[each.name] for each in slots if each.open),
        at="at" if dated else None,
    )
    made: Callable[..., Any] = _defined(source)(tuple(rules), *known, is_whole_text)
    return made


def _slot_lines(slot: Slot, v: str, rules: _Rules, unknown: str) -> Iterable[str]:
    test = slot.test.format(*map(rules.name, slot.bound), v=v) or f"({v} := {rules.name(slot.accept)}({v})) is not None"
    no = "None" if slot.unsure else "no"
    yield f"{v} = get({slot.name!r})"
    if slot.needed and slot.test:
        yield f"if not ({test}): return {'None' if slot.unsure else unknown}"
    elif slot.needed:
        yield f"if {v} is None or not ({test}): return {'None' if slot.unsure else unknown}"
    else:
        yield f"if {v} is not None:"
        yield "    left -= 1"
        yield f"    if not ({test}): return {no}"


def _asked(ask: Any, v: str, rules: _Rules) -> str:
    """Return what a key holds of a value."""
    if ask == "value":
        return v
    return f"{v} is not None" if ask == "given" else f"None if {v} is None else {rules.name(ask)}({v})"


def filler_of(body: Mapping[str, Any], marks: Mapping[str, tuple[int, Any]]) -> Callable[[tuple[Any, ...]], Any]:
    """
    Return what fills a body with open values, as a new dict all through.

    `marks` stand in the body for values: each has the place of one, and what spells it, or None where it is sent as it is.
    For a constant, a text and a number that is spelled as a text it is

        return {'type': p0, 'prompt': values[2], 'extra': {'scale': p1(values[0])}}
    """
    parts: list[Any] = []
    written = _literal(body, marks, parts)
    fill: Callable[[tuple[Any, ...]], Any] = _defined(
        _FILL.format(parts=_tuple(f"p{place}" for place in range(len(parts))), body=written)
    )(tuple(parts))
    return fill


def _literal(value: Any, marks: Mapping[str, tuple[int, Any]], parts: list[Any]) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_literal(each, marks, parts)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(each, marks, parts) for each in value) + "]"
    if type(value) is str and value in marks:
        place, spell = marks[value]
        if spell is None:
            return f"values[{place}]"
        parts.append(spell)
        return f"p{len(parts) - 1}(values[{place}])"
    parts.append(value)
    return f"p{len(parts) - 1}"


def _tuple(each: Iterable[Any]) -> str:
    return "(" + "".join(f"{one}, " for one in each) + ")"


@lru_cache(_MOST)
def _defined(source: str) -> Callable[..., Any]:
    """Return the one function that a source defines."""
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102  our own lines, with names of the rules as literals
    del names["__builtins__"]
    [made] = names.values()
    function: Callable[..., Any] = made
    return function
