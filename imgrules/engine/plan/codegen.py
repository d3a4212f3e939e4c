"""
Functions that are written out for a shape, so that what is known beforehand is neither looped over nor looked up.

A shape is which names are read, or how a body is nested; whose model it is matters not, so that ten thousand models have
a handful. Nothing in the source of a function comes from anywhere but the rules, and their texts only as literals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from imgrules.engine.plan.readers import Computed, Slot
from imgrules.table.measures import is_whole_text

_MOST = 1024  # so many shapes are kept

_READ = """
def make(rules, known, first, no, bare, is_whole_text):
    {rules} = rules
    def read(selection, at):
        {lines}
        outcome = known({key})
        if outcome is None:
            outcome = first({key}, {given})
            if outcome is None: return None
        return {found}
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


class Shape(NamedTuple):
    """
    What a reader is written for: its slots, and whether it reads selections that have all that is `usual`, or any.

    With other names for options (`renamed`), a name that is not known may be one of them, and so may what is missing.
    """

    slots: Sequence[Slot | Computed]
    renamed: bool
    dated: bool
    usual: bool


def read_of(shape: Shape, known: tuple[Any, ...]) -> Callable[..., Any]:
    """
    Return what reads selections by their slots, in one frame.

    `known` are what looks an outcome up by its key, what finds one that is met for the first time, what stands for a refusal,
    and what reads a selection that lacks something usual. For an option `ratio` of listed values, an optional `seed`, and
    a text `prompt` that every request body needs, it is

        try:
            v0 = selection['ratio']
            v2 = selection['prompt']
        except KeyError:
            return bare(selection, at)
        get, left = selection.get, len(selection) - 3
        if not (type(v0) is str): return no
        v1 = get('seed')
        if v1 is not None:
            left -= 1
            if not (type(v1) is int and r0 <= v1 <= r1): return no
        if not (type(v2) is str and v2 and (v2.isascii() or is_whole_text(v2))): return no
        if left: return no
        outcome = known((v0, v1 is not None, ))
        if outcome is None:
            outcome = first((v0, v1 is not None, ), (v0, v1, v2, ))
            if outcome is None: return None
        return (outcome, v1, v2, )
    """
    rules, names = _Rules(), {slot.name: f"v{at}" for at, slot in enumerate(shape.slots)}
    key = [each.ask(names[each.name], rules.name) for each in shape.slots if each.ask and not _is_usual(shape, each)]
    source = _READ.format(
        lines="\n        ".join(_lines(shape, names, rules)),
        rules=_tuple(f"r{at}" for at in range(len(rules))),
        key=_tuple(key),
        given=_tuple(names.values()),
        found=_tuple(["outcome", *(names[each.name] for each in shape.slots if each.open), *["at"] * shape.dated]),
    )
    made: Callable[..., Any] = _defined(source)(tuple(rules), *known, is_whole_text)
    return made


def _is_usual(shape: Shape, slot: Slot | Computed) -> bool:
    """Whether a text is there in every selection that a reader reads."""
    return shape.usual and isinstance(slot, Slot) and slot.usual


def _lines(shape: Shape, names: Mapping[str, str], rules: _Rules) -> Iterator[str]:
    unknown = "None" if shape.renamed else "no"
    picked = [each for each in shape.slots if isinstance(each, Slot)]
    always = {each.name: names[each.name] for each in picked if each.needed or _is_usual(shape, each)}
    subscripts = shape.usual and always
    if subscripts:
        yield "try:"
        # One by one: Python makes a tuple of more than three.
        yield from (f"    {v} = selection[{name!r}]" for name, v in always.items())
        yield "except KeyError:"
        yield "    return bare(selection, at)"
    some = len(always) < len(picked) or not subscripts
    many = 1 + len(always)
    yield f"get, left = selection.get, len(selection) - {many}" if some else f"if len(selection) != {many}: return {unknown}"
    read = set[str]()
    for slot in shape.slots:
        v = names[slot.name]
        if isinstance(slot, Computed):
            # What is computed from itself, which `check` refuses, has no value when it is asked for.
            yield f"{v} = {slot.compute([names[each] if each in read else 'None' for each in slot.sources], rules.name)}"
            if slot.words is not None:
                yield f"{v} = {slot.words(v, rules.name)}"
            read.add(slot.name)
            continue
        read.add(slot.name)
        test = slot.test(v, rules.name)
        no = "None" if slot.unsure else "no"
        if slot.name not in always:
            yield f"{v} = get({slot.name!r})"
            yield f"if {v} is not None:"
            yield "    left -= 1"
            yield f"    if not ({test}): return {no}"
        elif subscripts:
            yield f"if not ({test}): return {no}"
        else:
            yield f"{v} = get({slot.name!r})"
            yield f"if {v} is None: return {unknown}"
            yield f"if not ({test}): return {no}"
    if some:
        yield f"if left: return {unknown}"


def filler_of(body: Mapping[str, Any], marks: Mapping[str, tuple[int, Any]]) -> Callable[[tuple[Any, ...]], Any]:
    """
    Return what fills a body with open values, as a new dict all through.

    `marks` stand in the body for values: each has the place of one, and what spells it, or None where it is sent as it is.
    For a constant, a text and a number that is spelled as a text it is

        return {'type': p0, 'prompt': values[3], 'extra': {'scale': p1(values[1])}}
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
