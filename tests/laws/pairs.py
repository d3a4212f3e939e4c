"""Pairs of rule sets: a random one, and the same after a few random edits."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from imgrules.compiler.build import build_texts
from imgrules.table.records import Table
from imgrules.testing import Documents, written
from tests.laws.rule_sets import ANY_DOCUMENTS

Place = tuple[Any, ...]
_ATTEMPTS = 8


@st.composite
def pairs(draw: DrawFn) -> tuple[Table, Table]:
    """Draw two rule sets without errors, of which the second is the first after one to three edits."""
    documents = draw(ANY_DOCUMENTS)
    old = _table(documents)
    assert old is not None
    for _ in range(_ATTEMPTS):
        edited = deepcopy(documents)
        for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
            _edit(draw, edited)
        new = _table(edited)
        if new is not None and edited != documents:
            return (old, new) if draw(st.booleans()) else (new, old)
    assume(condition=False)
    raise AssertionError


def _table(documents: Documents) -> Table | None:
    build = build_texts(written(documents))
    return None if build.broken else build.table


def _edit(draw: DrawFn, documents: Documents) -> None:
    """Change, remove or swap one part of a rule file."""
    stem = draw(st.sampled_from(sorted(documents)))
    places = [place for place in _places(documents[stem]) if "examples" not in place and "source" not in place]
    if not places:
        return
    # A kind of place is drawn first, so that a rare key is as likely as the many values of options.
    keys = sorted({str(place[-1]) for place in places})
    key = draw(st.sampled_from(keys))
    place = draw(st.sampled_from([place for place in places if str(place[-1]) == key]))
    home = documents[stem]
    for name in place[:-1]:
        home = home[name]
    value = home[place[-1]]
    way = draw(st.sampled_from(["change", "change", "remove", "twin"]))
    if way == "remove" or (way == "change" and isinstance(value, dict | list)):
        del home[place[-1]]
    elif way == "twin":
        twins = [other for other in places if other[-1] == place[-1]]
        twin: Any = documents[stem]
        for name in draw(st.sampled_from(twins)):
            twin = twin[name]
        home[place[-1]] = deepcopy(twin)
    else:
        home[place[-1]] = _changed(draw, value)


def _changed(draw: DrawFn, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal | float):
        return draw(st.sampled_from([value + 1, value * 10, value - 1 if value > 1 else value + 2]))
    return draw(st.sampled_from([f"{value}x", "club", "2026-07-01T12:00:00Z", "unknown", "nearest"]))


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield from _places(item, (*place, name))
