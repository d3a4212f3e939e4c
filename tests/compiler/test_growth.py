"""
Twice the rules need at most 2.2 times the work, or exceed a cap that is reported at its place.

Work is counted, not timed: every line of imgrules that runs, and every call of anything else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.grown import GROWN, Texts
from imgrules.compiler import file_caps as caps
from imgrules.compiler.build import build, build_texts
from imgrules.table import caps as most
from tests.work import lines_run

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-26T00:00:00Z"
MOST_TIMES = 2.2

SQUARE = {
    "circle": "each option is followed until it comes back to itself",
    "dated_gates": "each moment has all gates",
    "dated_prices": "each price is compared with each other",
    "dated_values": "each moment has all values that are there by then",
    "languages": "each label is looked for in each language",
    "overlapping_prices": "as dated prices",
    "promotions": "each moment has all values",
    "unknown_gates": "up to 200 names are compared with each unknown one",
    "unknown_names": "as above; there are no more options than that",
}
"""Rules whose work grows faster than their file, up to a low cap, and why."""

LATE = ("mistakes", "stand_ins", "table_without_its_values", "unknown_keys", "unknown_values", "values_by_one_condition")
"""Rules whose work grows evenly once the maximum number of mistakes is reported."""

STEPS = {
    "diamonds_of_totals": "from some 40 sums on, a price may have more than 15 digits, and selections are tried",
    "factors": "as above, from some 40 factors on",
}
"""Rules whose work has one step between the usual two sizes, and grows evenly after it; they are measured at larger sizes."""

FIRST = {**dict.fromkeys(STEPS, 64), "limits": 100, "surcharges_of_many": 100, "impossible_sizes": 1}
"""The first of two sizes, where it is not the usual 24: many combinations, or sizes, are work by themselves."""

FEWER = {"limits": 6, "surcharges_of_many": 6}
"""The values of each of four options, where ten thousand combinations would hide what grows."""

CAPPED = {
    "accepted": 250,
    "aliases": 250,
    "any_of": 2500,
    "arrays": 500,
    "badges": 250,
    "body": 500,
    "brackets": 32,
    "circle": 250,
    "conditions": 250,
    "constants": 2500,
    "dated_gates": 250,
    "dated_prices": 250,
    "dated_values": 250,
    "detailed_values": 2500,
    "example_of_a_list": 2500,
    "examples": 1000,
    "factors": 250,
    "fields": 250,
    "gate_rules": 1000,
    "gates": 25,
    "grants": 250,
    "labels": 250,
    "languages": 250,
    "limits": 1000,
    "long_path": 125,
    "options": 250,
    "overlapping_prices": 250,
    "promotions": 125,
    "refused": 1000,
    "shared_dated_gates": 25,
    "sources": 250,
    "surcharges": 250,
    "surcharges_without_rows": 250,
    "total_of_many": 250,
    "types": 100,
    "unknown_gates": 100,
    "unknown_names": 250,
    "values": 2500,
}
"""The size, to within a few entries, above which a rule set is refused with a message."""


CACHED = type(cache(len))

OF_TYPES = "imgrules.compiler.spec"
"""The package whose caches are about the types of the language alone; each is filled once for all rule sets."""


def clear_caches() -> None:
    """Clear the caches of all functions that may hold something of a rule set, so that each count starts from the same state."""
    names = [name for name in sys.modules if name.startswith("imgrules.") and not name.startswith(OF_TYPES)]
    for module in map(sys.modules.__getitem__, names):
        for function in vars(module).values():
            if isinstance(function, CACHED):
                function.cache_clear()


def work_of(texts: Texts) -> int:
    """Return how much work it is to check some rule files."""
    clear_caches()
    return lines_run(lambda: build_texts(texts, TODAY))


@pytest.mark.parametrize("name", [name for name in GROWN if name not in (*SQUARE, *LATE)])
def test_twice_the_rules_are_twice_the_work(name: str) -> None:
    """Twice the entries of any list or mapping need at most 2.2 times the work."""
    size = FIRST.get(name, 24)
    make: Callable[..., Texts] = GROWN[name]
    work, doubled = (work_of(make(count, *filter(None, [FEWER.get(name)]))) for count in (size, 2 * size))
    assert doubled <= MOST_TIMES * work


@pytest.mark.parametrize("name", LATE)
def test_further_mistakes_cost_as_much_as_those_before(name: str, most_mistakes: int) -> None:
    """Mistakes beyond the maximum that is reported cost no more than their text."""
    # Stages stop at twice the maximum, so that what is reported costs the same in all three.
    grown = [GROWN[name](times * 3 * most_mistakes) for times in (1, 2, 3)]
    build_texts(grown[0], TODAY)  # what is imported once
    work, doubled, tripled = map(work_of, grown)
    assert tripled - doubled <= 1.1 * (doubled - work)


@pytest.mark.parametrize("name", SQUARE)
def test_what_grows_faster_has_a_cap(name: str) -> None:
    """Rules whose work grows faster than their file have a cap."""
    assert name in CAPPED


def test_grown_rule_sets_are_in_the_spelling_of_today() -> None:
    """A rule set in an old spelling stops at that, and would measure nothing else."""
    reports = {name: build_texts(make(6), TODAY).report for name, make in GROWN.items()}
    assert [name for name, report in reports.items() if "IR108" in {one.code.id for one in report.diagnostics}] == []


@pytest.mark.parametrize("name", CAPPED)
def test_beyond_a_cap_there_is_a_message(name: str) -> None:
    """Just above a cap, an error with a hint is reported at its place."""
    count = CAPPED[name] + 2
    report = build_texts(GROWN[name](count), TODAY).report
    diagnostics = [
        diagnostic for diagnostic in report.errors if diagnostic.code.id in {"IR003", "IR105", "IR107", "IR255", "IR256"}
    ]
    assert diagnostics, [diagnostic.code.id for diagnostic in report.diagnostics]
    assert all(diagnostic.message and diagnostic.hint and diagnostic.spot.excerpt for diagnostic in diagnostics)


@pytest.mark.parametrize("name", SQUARE)
def test_far_beyond_a_cap_nothing_is_worked_out(name: str) -> None:
    """A rule set above a cap is refused before anything is computed from it, also one of twice the size."""
    work, doubled = (work_of(GROWN[name](times * (CAPPED[name] + 2))) for times in (1, 2))
    assert doubled <= MOST_TIMES * work


@pytest.mark.parametrize("name", [name for name in CAPPED if name not in {"brackets", "detailed_values"}])
def test_at_the_cap_there_is_none(name: str) -> None:
    """Just below a cap, no error about the size is reported."""
    count = CAPPED[name] - 3
    codes = {diagnostic.code.id for diagnostic in build_texts(GROWN[name](count), TODAY).report.errors}
    assert codes.isdisjoint({"IR003", "IR107", "IR255", "IR256"})


def all_models() -> Iterator[Any]:
    """Yield every model of the packaged rules and of the cookbook."""
    for folder in (ROOT / "rules", ROOT / "docs" / "cookbook"):
        table = build(folder, today=TODAY).table
        assert table is not None
        yield from table.models.values()


def test_no_catalog_comes_near_a_cap() -> None:
    """The packaged rules and the cookbook use less than a tenth of every cap."""
    for model in all_models():
        options = model.options.values()
        needs = {
            most.MOST_OPTIONS: len(model.options),
            most.MOST_VALUES: max(len(option.values) + len(option.gone) for option in options),
            most.MOST_NAMES: max(len(option.aliases) for option in options),
            most.MOST_COMBINATIONS: len(model.cells),
            most.MOST_LIMITS: max(len(model.limits), len(model.gates)),
            most.MOST_LINES: max(len(model.price.plus), len(model.price.times)) if model.price else 0,
            most.MOST_SENDS: len(model.body),
            most.MOST_CHANGES: len(model.changes),
            most.MOST_DATED_COMBINATIONS: len(model.cells) + sum(len(change.model.cells) for change in model.changes),
            most.MOST_DEPTH_OF_PATH: max(len(send.path) for send in model.body),
            most.MOST_GATES_AT_ONCE: max(len(cell.gates) for cell in model.cells),
            most.MOST_LEAST_TEXT: max(option.text.shortest if option.text else 0 for option in options),
            most.MOST_LIST: max(option.many.max or 0 if option.many else 0 for option in options),
            most.MOST_LEAST_LIST: max(option.many.min or 0 if option.many else 0 for option in options),
        }
        near = {cap: count for cap, count in needs.items() if count * 10 > cap}
        assert not near, (model.id, near)
    for path in (*ROOT.glob("rules/*.yaml"), *ROOT.glob("docs/cookbook/*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert len(text.encode()) * 10 < caps.MOST_BYTES
        assert len(re.findall(r"[\w.\"]+:|[,\[]", text)) * 10 < caps.MOST_NODES, path


def test_the_page_lists_every_cap() -> None:
    """The table of the page has every cap with its number, and no other."""
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    section = page[page.index("### Rule files") : page.index("### Requests")]
    listed = {int(number.replace(",", "")) for number in re.findall(r"\| ([0-9,]+) \|", section)}
    defined = {cap for module in (most, caps) for name, cap in vars(module).items() if name.startswith("MOST_")}
    assert listed == defined
