"""Explain conditions that authors write with the words of other languages, such as `in`, `or` and `not` around several tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from imgrules.compiler.bind.foreign_keywords import VALUES_ALONE
from imgrules.compiler.bind.key_groups import Group, UnknownKeys
from imgrules.compiler.bind.misplaced import MisplacedValue, is_picked_or_known
from imgrules.compiler.read.scalars import UNUSABLE, range_in
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import Help, certainly, explain, typed, write
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.field_types import keys, members
from imgrules.compiler.spec.model import GateRuleSpec, LimitSpec
from imgrules.compiler.spec.types import TestSpec
from imgrules.quoting import quoted

_IS_ONE_OF = frozenset({"in", "or", "any", "either", "one_of", "oneOf", "any_of", "anyOf", "among"})
_IS = frozenset({"is", "eq", "equals", "equal", "value", "const"})
_LONGEST = 120
"""The most characters of a condition that a hint shows."""

_NOT = "`not` stands at one option: `{OPTION: {not: VALUE}}`"
_OR = "several values of one option are a list, `{OPTION: [VALUE, VALUE]}`; write an entry of its own for any other case"
_AND = "all entries of a condition have to hold: write them beside each other"
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("not", "none_of", "nor"), _NOT),
    **dict.fromkeys(("or", "any", "either", "any_of", "anyOf", "one_of", "oneOf"), _OR),
    **dict.fromkeys(("and", "all", "both", "all_of", "allOf"), _AND),
}
CONDITIONS = frozenset({"when", "only", "never"})
_BESIDE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CONDITIONS, frozenset({*keys(LimitSpec), *keys(GateRuleSpec)})),
    "select": frozenset(keys(ExampleSpec)),
}
"""By key of a condition or a selection: the keys that stand beside it."""


def word_meant(path: Path, root: Any) -> str | None:
    """
    Return what to write in place of a name in a condition or a selection; None for a name that may be right.

    It may be a word of another language, or a key that belongs beside the condition. `path` is that of the name, and `root` the
    value of the whole file.
    """
    around, word = path[-2:-1], str(path[-1])
    beside = _BESIDE.get(str(around[0])) if around else None
    if beside is None or is_picked_or_known(root, word):
        return None
    if word in beside:
        return f"{quoted(word)} belongs beside `{around[0]}:`, not inside it"
    return None if around == ("select",) else _WORDS.get(word)


def joined_tests(unknown: UnknownKeys) -> Group | None:
    """Return the group of names that stand below a word such as `all`, which no condition has; or None."""
    meant = word_meant(unknown.parent, unknown.root) if TestSpec in members(unknown.shape) else None
    if meant is None:
        return None
    message = f"a condition has no {quoted(unknown.parent[-1])}"
    text = typed(unknown.block)
    alone = meant == _AND and None not in unknown.block.values() and len(text) <= _LONGEST
    return unknown.group(explain(f"{meant}, as in `{text}`" if alone else meant), message)


def test_of_values(unknown: UnknownKeys) -> Group | None:
    """Return the group of a test such as `{in: [low, high]}`, which is written as the values alone; or None."""
    if TestSpec not in members(unknown.shape) or len(unknown.block) > 1:
        return None
    ((name, value),) = unknown.block.items()
    message = f"a test has no {quoted(name)}"
    if name in _IS_ONE_OF:
        return unknown.group(_values_alone(value), message)
    return unknown.group(certainly(write(typed(value))), message) if name in _IS and _is_scalar(value) else None


def _values_alone(value: Any) -> Help:
    """Return a hint to write the values of a test, or its range, without a word before them."""
    bounds = range_in(value) if isinstance(value, str) else None
    if bounds is not None:
        return write(bounds)
    is_list = isinstance(value, list) and bool(value) and all(map(_is_scalar, value))
    text = typed(value) if is_list else ""
    return write(text) if is_list and len(text) <= _LONGEST else explain(VALUES_ALONE)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | Decimal) and value is not UNUSABLE


def as_condition(misplaced: MisplacedValue) -> Help:
    """Return a hint to write a text such as `quality == low and outputs >= 2` as a condition."""
    tests = [_as_test(part.strip(), misplaced.root) for part in re.split(r"\s(?:and|&&)\s", misplaced.value)]
    otherwise = "a condition names an option with what it has to be, as in `{OPTION: VALUE}`"
    if None in tests:
        return explain(otherwise)
    return misplaced.write("{" + ", ".join(map(str, tests)) + "}", otherwise)


def _as_test(text: str, root: Any) -> str | None:
    """Return a comparison with an option or a fact as an entry of a condition, or None if it is none."""
    compared = _COMPARED.fullmatch(text)
    if compared is None or not is_picked_or_known(root, compared[1]):
        return None
    name, sign, value = compared.groups()
    if sign[0] in "<>":
        bounds = range_in(f"{sign}{value}", whole=True) if sign != "<>" else f"{{not: {value}}}"
        return bounds and f"{name}: {bounds}"
    return f"{name}: {{not: {value}}}" if sign in _DIFFERS else f"{name}: {value}"


_DIFFERS = frozenset({"!=", "is not", "not in"})
_COMPARED = re.compile(
    r"([a-z][a-z0-9_]*)\s*(==?|!=|<>|[<>]=?|\bis not\b|\bis\b|\bnot in\b|\bin\b)\s*([\w.:-]+|\"[^\"]*\"|\[[^\[\]{}]*\])"
)
