"""
Generate the source of Python functions, so that a call does not loop over or look up what is known in advance.

A function is generated for a shape, which is the names to read or the nesting of a body. It does not depend on the model, so
that ten thousand models share a few functions. Names and texts of the rules become literals in the source; nothing in it
comes from a caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from imgrules.engine.plan.readers import Computed, Slot
from imgrules.table.bounded_cache import Memory
from imgrules.table.measures import is_whole_text
from imgrules.table.sha256 import sha256

FUNCTIONS = Memory(1024)
"""The generated functions, by the digest of their source."""

_READ = """
def make(rules, known, first, no, bare, is_whole_text):
    {rules} = rules
    def read(selection, at{facts}):
        {lines}
        outcome = known({key})
        if outcome is None:
            {unknown}outcome = first({key}, {given})
            if outcome is None: return None
        {cap}return {answer}
    return read
"""

_CAP = """if {v} is not None and outcome.costs_more({answer}, {v}): return no
        """

_FILL = """
def make(parts):
    {parts} = parts
    def fill(values):
        return {body}
    return fill
"""


class _Rules(list[Any]):
    """The constants of a generated function, each with a name in its source."""

    def name(self, value: Any) -> str:
        self.append(value)
        return f"r{len(self) - 1}"


class Shape(NamedTuple):
    """
    The slots of a generated reader, and whether it reads only selections that have all `usual` texts, or any selection.

    `renamed` says that options have aliases: then a name may be unknown or missing because an alias was given. `factual` says
    that the model has facts, which are read from a mapping of their own. `cap` is the name of the number that is the most that
    the caller pays: above it, the answer is that for a refusal.
    """

    slots: Sequence[Slot | Computed]
    renamed: bool
    dated: bool
    usual: bool
    factual: bool = False
    cap: str | None = None


def read_of(shape: Shape, known: tuple[Any, ...]) -> Callable[..., Any]:
    """
    Return the function that reads selections by their slots, in one call.

    `known` holds the arguments of `make`: a look-up of outcomes by key, a function that evaluates a new key, the answer for
    a refusal, and the reader for selections without a usual text. For an option `ratio` of listed values, an optional
    `seed`, and a text `prompt` that every request body needs, the source is

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
            if v0 not in r2: return no
            outcome = first((v0, v1 is not None, ), (v0, v1, v2, ))
            if outcome is None: return None
        return (outcome, v1, v2, )
    """
    rules, names = _Rules(), {slot.name: f"v{at}" for at, slot in enumerate(shape.slots)}
    answer = _tuple(["outcome", *(names[slot.name] for slot in shape.slots if slot.open), *["at"] * shape.dated])
    key = [slot.ask(names[slot.name], rules.name) for slot in shape.slots if slot.ask and not _is_usual(shape, slot)]
    source = _READ.format(
        lines="\n        ".join(_lines(shape, names, rules)),
        facts=", facts={}" * shape.factual,
        unknown="".join(_unknown(shape, names, rules)),
        rules=_tuple(f"r{at}" for at in range(len(rules))),
        key=_tuple(key),
        given=_tuple(names.values()),
        cap="" if shape.cap is None else _CAP.format(v=names[shape.cap], answer=answer),
        answer=answer,
    )
    reader: Callable[..., Any] = _defined(source)(tuple(rules), *known, is_whole_text)
    return reader


def _unknown(shape: Shape, names: Mapping[str, str], rules: _Rules) -> Iterator[str]:
    """Yield the tests of a new key for values that no option has; without them, `first` says the same more slowly."""
    for slot in shape.slots:
        if isinstance(slot, Slot) and slot.words:
            given = "" if slot.needed else f"{names[slot.name]} is not None and "
            no = "None" if slot.unsure else "no"
            yield f"if {given}{names[slot.name]} not in {rules.name(slot.words)}: return {no}\n            "


def _is_usual(shape: Shape, slot: Slot | Computed) -> bool:
    """Whether a text is in every selection that this reader reads."""
    return shape.usual and isinstance(slot, Slot) and slot.usual


def _lines(shape: Shape, names: Mapping[str, str], rules: _Rules) -> Iterator[str]:
    unknown = "None" if shape.renamed else "no"
    picked = [slot for slot in shape.slots if isinstance(slot, Slot) and not slot.fact]
    always = {slot.name: names[slot.name] for slot in picked if slot.needed or _is_usual(shape, slot)}
    subscripts = shape.usual and always
    if subscripts:
        yield "try:"
        # One statement each: Python builds a tuple if more than three are assigned at once.
        yield from (f"    {v} = selection[{name!r}]" for name, v in always.items())
        yield "except KeyError:"
        yield f"    return bare(selection, at{', facts' * shape.factual})"
    counts_keys = len(always) < len(picked) or not subscripts
    fixed = 1 + len(always)
    yield (
        f"get, left = selection.get, len(selection) - {fixed}"
        if counts_keys
        else f"if len(selection) != {fixed}: return {unknown}"
    )
    read = set[str]()
    for slot in shape.slots:
        v = names[slot.name]
        if isinstance(slot, Computed):
            # An option that is computed from itself, which `check` refuses, reads itself as None.
            yield f"{v} = {slot.compute([names[name] if name in read else 'None' for name in slot.sources], rules.name)}"
            if slot.words is not None:
                yield f"{v} = {slot.words(v, rules.name)}"
            read.add(slot.name)
            continue
        read.add(slot.name)
        test = slot.test(v, rules.name)
        no = "None" if slot.unsure else "no"
        if slot.fact:
            yield f"{v} = facts.get({slot.name!r})"
            yield f"if {v} is None: return None" if slot.needed else f"if {v} is not None:"
            yield f"{'' if slot.needed else '    '}if not ({test}): return no"
            continue
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
    if counts_keys:
        yield f"if left: return {unknown}"


def filler_of(body: Mapping[str, Any], marks: Mapping[str, tuple[int, Any]]) -> Callable[[tuple[Any, ...]], Any]:
    """
    Return the function that fills a body with open values; each call builds new dicts and lists.

    `marks` maps each text in `body` that is a placeholder to the index of its value, and to a function that converts the
    value, or None if it is sent unchanged. For a constant, a text and a number that is sent as text, the source is

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
        return "{" + ", ".join(f"{name!r}: {_literal(inner, marks, parts)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(inner, marks, parts) for inner in value) + "]"
    if type(value) is str and value in marks:
        place, spell = marks[value]
        if spell is None:
            return f"values[{place}]"
        parts.append(spell)
        return f"p{len(parts) - 1}(values[{place}])"
    parts.append(value)
    return f"p{len(parts) - 1}"


def _tuple(sources: Iterable[Any]) -> str:
    return "(" + "".join(f"{source}, " for source in sources) + ")"


def _defined(source: str) -> Callable[..., Any]:
    """Return the one function that a source defines; cached by a digest, since a source takes as much memory as its function."""
    key = sha256((source.encode("utf-8", "surrogatepass"),))
    cached: Callable[..., Any] | None = FUNCTIONS.get(key)
    if cached is not None:
        return cached
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102  generated here; texts of the rules are literals in it
    del names["__builtins__"]
    [defined] = names.values()
    function: Callable[..., Any] = defined
    return FUNCTIONS.keep(key, function)
