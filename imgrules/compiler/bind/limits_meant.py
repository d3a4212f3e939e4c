"""Propose the entry of `limits` for what authors write about other options at a value, at an option or in another form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from imgrules.compiler.bind.rewrites import shown
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import key_typed
from imgrules.quoting import quoted
from imgrules.table.terms import NONE

_ONLY = frozenset({"when", "if", "only_if", "show_if", "visible_if", "visible_when", "available_if", "condition", "only"})
_NEVER = frozenset({"never", "unless", "not_with", "not_if", "except", "hidden_if", "disabled_if"})
_NEEDS = frozenset({"needs", "requires", "require", "depends_on", "with"})
_EXCLUDES = frozenset({"excludes", "exclude", "conflicts", "conflicts_with", "forbids", "incompatible_with", "without"})
_HOLDS = _ONLY | _NEEDS
_ONE_OF = frozenset({"exactly_one", "exactlyOne", "one_of", "oneOf", "exactly_one_of", "xor"})
_ANY_OF = frozenset({"at_least_one", "any_of", "anyOf", "at_least_one_of", "some_of"})
_LONGEST = 120
"""The most characters of a proposed limit."""

_PLACE_OF_A_VALUE = 5
_PLACE_OF_AN_OPTION = 3


def limit_meant(path: Path, block: Mapping[str, Any], options: Collection[str]) -> str | None:
    """
    Return the limits that a key at a value or an option, or in a limit, most likely means; None for any other key.

    `block` has the key, and `options` are the names of the options of the model.
    """
    name, about = str(path[-1]), _condition_of(path)
    value = block[name]
    if path[:1] == ("limits",) and name in _EXCLUDES and (names := _names(value)):
        return _excluded(names, is_conditional="when" in block)
    if len(path) == _PLACE_OF_A_VALUE and about and name in _NEEDS and isinstance(value, str) and value not in options:
        return f"use `gate: {shown(value)}` if {quoted(value)} is a gate; the model has no option {quoted(value)}"
    limits = _alternatives(name, value) if about is None else _limits(name, about, value)
    text = " and ".join(f"`- {{{limit}}}`" for limit in limits)
    return f"limits stand under `limits:`: {text}" if text and len(text) <= _LONGEST * len(limits) else None


def _excluded(names: list[str], *, is_conditional: bool) -> str:
    """Return the limit for options that are excluded where a condition holds; without one, several exclude each other."""
    if is_conditional or len(names) == 1:
        return f"use `only: {{{_each(names, NONE)}}}`"
    test = f"{{not: {NONE}}}"
    return f"use `never: {{{_each(names, test)}}}`, which forbids them together"


def _condition_of(path: Path) -> str | None:
    """Return the condition for the value or the option in whose block a key stands, or None for another block."""
    if path[:1] != ("options",):
        return None
    if len(path) == _PLACE_OF_A_VALUE and path[2] == "values":
        return f"{key_typed(str(path[1]))}: {shown(path[3])}"
    return f"{key_typed(str(path[1]))}: {{not: {NONE}}}" if len(path) == _PLACE_OF_AN_OPTION else None


def _limits(name: str, about: str, value: Any) -> list[str]:
    """Return the limits for a key that stands where a condition, `about`, holds; none if the key means something else."""
    if isinstance(value, Mapping):
        tests = {key_typed(option): test for option, test in value.items()}
        if name in _NEVER | _EXCLUDES:
            return [f"never: {{{', '.join((about, *(f'{option}: {_test(test)}' for option, test in tests.items())))}}}"]
        return (
            [limit for option, test in tests.items() for limit in _has_to_hold(about, option, test)] if name in _HOLDS else []
        )
    names = _names(value)
    if not names:
        return []
    if name in _NEEDS:
        return [f"when: {{{about}}}, needs: {_listed(names)}"]
    return [f"when: {{{about}}}, only: {{{_each(names, NONE)}}}"] if name in _EXCLUDES else []


def _names(value: Any) -> list[str]:
    """Return one name or a list of names as a list; an empty list for anything else."""
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return names if all(isinstance(name, str) for name in names) else []


def _has_to_hold(about: str, option: str, test: Any) -> list[str]:
    """Return the limits by which a test holds where `about` does; `only` says nothing of an option that is not there."""
    if not isinstance(test, Mapping):
        return [f"never: {{{about}, {option}: {{not: {_test(test)}}}}}"]
    when = f"when: {{{about}}}"
    return [f"{when}, only: {{{option}: {_test(test)}}}", f"{when}, needs: {option}"]


def _alternatives(name: str, value: Any) -> list[str]:
    """Return the limits for exactly one, or at least one, of some options."""
    if not isinstance(value, list) or len(value) <= 1 or not all(isinstance(option, str) for option in value):
        return []
    none, both = (f"never: {{{_each(value, test)}}}" for test in (NONE, f"{{not: {NONE}}}"))
    # For three and more, each pair would need a limit of its own.
    pair = [both] if len(value) == 2 else []  # noqa: PLR2004  two are a pair
    return [none, *pair] if name in _ONE_OF else [none] if name in _ANY_OF else []


def _each(names: list[str], test: str) -> str:
    return ", ".join(f"{key_typed(name)}: {test}" for name in names)


def _listed(names: list[str]) -> str:
    return key_typed(names[0]) if len(names) == 1 else f"[{', '.join(map(key_typed, names))}]"


def _test(test: Any) -> str:
    """Return a test of a condition as it is typed."""
    if isinstance(test, Mapping):
        return "{" + ", ".join(f"{key_typed(name)}: {_test(bound)}" for name, bound in test.items()) + "}"
    return f"[{', '.join(map(_test, test))}]" if isinstance(test, list) else shown(test)
