"""Draw parts of a model file: limits, tables of prices, gates, labels, and what options and values state."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from imgrules.table.exact import written as written_number
from imgrules.table.terms import NONE, OTHER

_WRITTEN = st.characters(categories=("L", "N", "P", "S"), exclude_characters="\ufffc\ufffd")
TEXT = st.text(_WRITTEN, min_size=1, max_size=6).filter(lambda text: text not in {NONE, OTHER})
_NUMBERS = st.integers(0, 100) | st.decimals(Decimal("0.01"), 999, places=2).map(lambda amount: amount.normalize())
CREDITS = st.one_of(_NUMBERS, _NUMBERS, st.just("unknown"), _NUMBERS.map(lambda amount: f"about {written_number(amount)}"))


@st.composite
def limits(draw: DrawFn, options: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    """Draw limits that exclude something, and leave at least one combination for every value."""
    kept: list[dict[str, Any]] = []
    for _ in range(draw(st.sampled_from([2, 1, 0]))) if len(options) > 1 else ():
        first, second = draw(st.permutations(sorted(options)))[:2]
        when, other = ({option: draw(_some_of(options[option]["values"]))} for option in (first, second))
        limit = draw(st.sampled_from([{"when": when, "only": other}, {"never": when | other}, {"when": when, "never": other}]))
        limit |= maybe(draw, "because", labels(languages))
        if (
            _leaves_every_value(options, kept)
            and _leaves_every_value(options, [*kept, limit])
            and not _is_ineffective(options, limit)
        ):
            kept.append(limit)
    return {"limits": kept} if kept else {}


def _leaves_every_value(options: Mapping[str, Any], limits: list[dict[str, Any]]) -> bool:
    sold = _sold(options, limits)
    return all({cell[name] for cell in sold} == set(option["values"]) for name, option in options.items())


def _is_ineffective(options: Mapping[str, Any], limit: dict[str, Any]) -> bool:
    return len(_sold(options, [limit])) == len(_sold(options, []))


def _sold(options: Mapping[str, Any], limits: list[dict[str, Any]]) -> list[dict[str, str]]:
    whole = (
        dict(zip(options, values, strict=True)) for values in product(*(list(option["values"]) for option in options.values()))
    )
    return [cell for cell in whole if all(_keeps(limit, cell) for limit in limits)]


def _keeps(limit: Mapping[str, Any], picked: Mapping[str, str]) -> bool:
    if not _holds(limit.get("when", {}), picked):
        return True
    return _holds(limit["only"], picked) if "only" in limit else not _holds(limit["never"], picked)


def _holds(condition: Mapping[str, Any], picked: Mapping[str, str]) -> bool:
    return all(picked[name] in (allowed if isinstance(allowed, list) else [allowed]) for name, allowed in condition.items())


def _some_of(values: Any) -> SearchStrategy[Any]:
    listed = list(values)
    return st.sampled_from(listed) | st.lists(st.sampled_from(listed), min_size=1, unique=True)


@st.composite
def price_tables(draw: DrawFn, options: Mapping[str, Any]) -> dict[str, Any]:
    """Draw a table of prices by one option or two, in any order."""
    by = draw(st.permutations(sorted(options)))[: draw(st.sampled_from([2, 1]))]
    return draw(tables(options, by, CREDITS))


@st.composite
def tables(draw: DrawFn, options: Mapping[str, Any], by: list[str], entries: SearchStrategy[Any]) -> dict[str, Any]:
    """Draw a table by options, with some of the entries."""
    first, *others = (list(options[option]["values"]) for option in by)
    rows = {value: _row(draw, others[0] if others else [], entries) for value in first}
    return {"by": by, "table": rows}


def _row(draw: DrawFn, others: list[str], entries: SearchStrategy[Any]) -> Any:
    """Draw a table row with an entry for each value of the other option, or one entry for all of them."""
    whole = not others or draw(st.sampled_from([False, False, True]))
    return draw(entries) if whole else {value: draw(entries) for value in others}


def gate_names(gates: tuple[str, ...]) -> SearchStrategy[Any]:
    """Return the names of one gate, or of several, any of which opens."""
    return st.sampled_from(gates) | st.lists(st.sampled_from(gates), min_size=1, unique=True)


@st.composite
def gate_rules(draw: DrawFn, options: Mapping[str, Any], gates: tuple[str, ...]) -> dict[str, Any]:
    """Draw a rule that puts gates before combinations."""
    named = draw(st.lists(st.sampled_from(sorted(options)), unique=True, min_size=1, max_size=2))
    when = {option: draw(_some_of(options[option]["values"])) for option in named}
    return maybe(draw, "gates", st.just([{"when": when, "gate": draw(gate_names(gates))}]))


@st.composite
def option_facts(draw: DrawFn, priced: bool, gates: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, Any]:  # noqa: FBT001
    """Draw the values of an option with what it states of each, and a label and a default."""
    names = draw(st.lists(TEXT, min_size=draw(st.sampled_from([2, 2, 3, 1])), max_size=3, unique=True))
    facts = maybe(draw, "label", labels(languages)) | maybe(draw, "default", st.sampled_from(names))
    if not priced and draw(st.booleans()):
        return facts | {"values": names}
    return facts | {"values": {value: draw(_value_facts(priced, gates, languages)) for value in names}}


@st.composite
def _value_facts(draw: DrawFn, priced: bool, gates: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, Any]:  # noqa: FBT001
    # The labels of one option are either all translated or all single texts.
    facts = maybe(draw, "label", _translated(languages)) | maybe(draw, "badges", st.lists(badges(languages), max_size=1))
    if gates:
        facts |= maybe(draw, "gate", gate_names(gates))
    return facts | ({"credits": draw(CREDITS)} if priced else {})


@cache
def labels(languages: tuple[str, ...]) -> SearchStrategy[Any]:
    """Return texts, also translated into some languages."""
    return TEXT | _translated(languages)


@cache
def _translated(languages: tuple[str, ...]) -> SearchStrategy[Any]:
    return st.fixed_dictionaries(dict.fromkeys(languages, TEXT)) if languages else TEXT


@cache
def badges(languages: tuple[str, ...]) -> SearchStrategy[dict[str, Any]]:
    """Return badges, with or without a style."""
    return st.fixed_dictionaries({"text": labels(languages)}, optional={"style": st.just("launch")})


def maybe(draw: DrawFn, key: str, strategy: SearchStrategy[Any]) -> dict[str, Any]:
    """Draw an entry of a mapping, or an empty mapping."""
    return {key: draw(strategy)} if draw(st.booleans()) else {}
