"""
Functions that are written out for a shape, so that what is known beforehand is neither looped over nor looked up.

A shape is which names are read, or how a body is nested; whose model it is matters not, so that ten thousand models have
a handful. Nothing in the source of a function comes from anywhere but the rules, and their texts only as literals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

_MOST = 1024  # so many shapes are kept

_READER = """
def reader(answers, first, rules, is_whole_text, fits_text, impossible):
    {rules} = rules
    def read(selection):
        try:
            {values} = {given}
        except KeyError:
            return None
        if {sound}:
            picked = {picked}
            return answers.get(picked) or first(picked)
        return impossible
    return read
"""

_FILLER = """
def fill(parts, texts):
    {parts} = parts
    return {body}
"""


@lru_cache(_MOST)
def reader_of(options: tuple[str, ...], texts: tuple[str, ...], measured: tuple[str, ...]) -> Callable[..., Any]:
    """
    Answer what makes a reader of selections: of options, of texts that have to hold something, and of measured texts.

    A reader answers None to a selection of other names, `impossible` where a value is no text or a text is unsound, and
    else what lies ready for the options, in their order; where nothing lies ready yet, it asks `first` for it.
    """
    values = {name: f"v{place}" for place, name in enumerate((*options, *texts, *measured))}
    rules = {name: f"r{place}" for place, name in enumerate(measured)}
    sound = [f"type({each}) is str" for each in values.values()]
    sound += [f"{values[each]} and ({values[each]}.isascii() or is_whole_text({values[each]}))" for each in texts]
    sound += [f"is_whole_text({values[each]}) and fits_text({values[each]}, {rule})" for each, rule in rules.items()]
    source = _READER.format(
        rules=_tuple(rules.values()),
        values=_tuple(values.values()),
        given=_tuple(f"selection[{each!r}]" for each in values),
        sound=" and ".join(sound) or "True",
        picked=_tuple(values[each] for each in options),
    )
    return _defined(source)


def filler_of(body: Mapping[str, Any], blanks: Mapping[str, str]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """
    Answer what fills a body, as a new dict all through, and the parts that it fills it with, beside the texts.

    `blanks` are what stands in the body in place of texts, with their names.
    """
    parts: list[Any] = []
    written = _literal(body, blanks, parts)
    return _defined(_FILLER.format(parts=_tuple(f"p{place}" for place in range(len(parts))), body=written)), tuple(parts)


def _literal(value: Any, blanks: Mapping[str, str], parts: list[Any]) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_literal(each, blanks, parts)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(each, blanks, parts) for each in value) + "]"
    if type(value) is str and value in blanks:
        return f"texts[{blanks[value]!r}]"
    parts.append(value)
    return f"p{len(parts) - 1}"


def _tuple(each: Any) -> str:
    return "(" + "".join(f"{one}, " for one in each) + ")"


@lru_cache(_MOST)
def _defined(source: str) -> Callable[..., Any]:
    """Answer the one function that a source defines."""
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102  our own lines, with names of the rules as literals
    del names["__builtins__"]
    [made] = names.values()
    function: Callable[..., Any] = made
    return function
