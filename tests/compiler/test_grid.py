"""Set operations on combinations give the same result as testing each combination alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.lower.grid import Grid
from imgrules.engine.resolve import holds, keeps
from imgrules.table.options import Option, Value
from imgrules.table.records import Model
from imgrules.table.terms import Limit, Lookup, Test

NAMES, WORDS = ("a", "b", "c"), ("x", "y", "1")
ROWS = st.lists(st.tuples(*[st.sampled_from((None, *WORDS))] * 3), unique=True, max_size=40)
NAMED = st.lists(st.sampled_from((*WORDS, "z", 1, 2, None)), max_size=3).map(tuple)
BOUND = st.none() | st.integers(-1, 3)
TESTS = st.builds(Test, st.sampled_from(NAMES), NAMED, NAMED, BOUND, BOUND)
CONDITIONS = st.lists(TESTS, max_size=3).map(tuple)
LIMITS = st.builds(Limit, CONDITIONS, CONDITIONS, CONDITIONS, st.lists(st.sampled_from(NAMES), max_size=2).map(tuple))
LEAVES = st.sampled_from((None, 1, "sent"))
KEYS = st.sampled_from((*WORDS, "z", "(none)"))
LOOKUPS = st.builds(
    Lookup,
    st.sampled_from((("a",), ("a", "b"), ("b", "a"))),
    st.dictionaries(KEYS, LEAVES | st.dictionaries(KEYS, LEAVES, max_size=3), max_size=4),
)
MODEL = Model("m", "M", "t", {name: Option(name, name, {word: Value(word, word) for word in WORDS}) for name in NAMES}, (), ())


def picked(row: Any) -> dict[str, str]:
    """Return the values of a row by option."""
    return {name: value for name, value in zip(NAMES, row, strict=True) if value is not None}


def has_entry(table: Lookup, values: dict[str, str], *, whole: bool) -> bool:
    """Return whether a combination is sold by a table: unless it is needed `whole`, also where no row is for no value."""
    tables = (table.table, *(row for row in table.table.values() if isinstance(row, dict)))
    levels = (set(tables[0]), {name for row in tables[1:] for name in row})
    if not whole and any(name not in values and "(none)" not in level for name, level in zip(table.by, levels, strict=False)):
        return True
    entry: object = table.table
    for name in table.by:
        if isinstance(entry, dict):
            row = values.get(name, "(none)")
            if row not in entry:
                return row == "(none)" and not whole
            entry = entry[row]
    return True


@given(ROWS, CONDITIONS, LIMITS, LOOKUPS, st.booleans())
def test_sets_find_what_a_look_at_each_finds(rows: Any, condition: Any, limit: Limit, table: Lookup, whole: bool) -> None:  # noqa: FBT001
    """A condition, a limit and a table select the same rows, whether the rows are tested one by one or as sets."""
    grid = Grid(MODEL, rows)
    assert list(grid.rows_of(grid.holding(condition))) == [row for row in rows if holds(condition, picked(row), MODEL)]
    assert list(grid.rows_of(grid.breaking(limit))) == [row for row in rows if not keeps(limit, picked(row), MODEL)]
    expected = [row for row in rows if has_entry(table, picked(row), whole=whole)]
    assert list(grid.rows_of(grid.matching(table, whole=whole))) == expected
    assert [rows[at] for at in grid.indexes_of(grid.holding(condition))] == list(grid.rows_of(grid.holding(condition)))
