"""
Profiles of Hypothesis, the option that rewrites rendered reports, and the rules that most tests use.

The rules are the packaged ones, and a small table made by hand with what the packaged rules do not have.
"""

from __future__ import annotations

import gc
import os
import sys
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.strategies import none

from imgrules import Rules
from imgrules.compiler.read import folder
from imgrules.table.options import Badge, Option, Value
from imgrules.table.records import Cell, Field, Gate, Model, Send, Table, Type
from imgrules.table.terms import Text

# Rule sets are large values to draw; a busy machine must not turn that into a failure. Shrinking one takes minutes, so only
# `thorough` does that; a failure is a whole rule set otherwise.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
_FIND = [Phase.explicit, Phase.reuse, Phase.generate]


def _profile(name: str, examples: int, *, same: bool, shrinks: bool = False) -> None:
    phases = [*_FIND, *[Phase.shrink] * shrinks]
    settings.register_profile(
        name,
        max_examples=examples,
        derandomize=same,
        print_blob=True,
        phases=phases,
        deadline=None,
        suppress_health_check=_SLOW,
    )


# A usual run draws the same examples each time, so that its verdict is about the change and not about chance. Other
# examples are drawn by `python -m tests.laws.seeds`, each night and by whoever changes what a law is about.
_profile("fast", 4, same=True)
_profile("more", 10, same=True)
_profile("thorough", 50, same=False, shrinks=True)
_profile("find", 100, same=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

# Tests start Python some hundred times, and pytest rewrites their asserts: without bytecode, all that is compiled again each
# time, which takes a tenth of the run. `__pycache__` is in no commit and in no package.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No other process writes to the folders of a test, so reading does not wait until they are unchanged for a while.
folder.QUIET = 0.0


# Collected tests stay until the end, so garbage collection would find nothing among them.
gc.disable()


def pytest_collection_finish() -> None:
    """Freeze the collected tests, and run garbage collection seldom: it took a tenth of the time of all tests."""
    # Hypothesis creates its random generator at its first example, and 6.100 warns if it finds no reference to it.
    # Frozen objects are not found, so the generator is created first.
    find(none(), lambda _: True)
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 100)
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the reports of the corpus, to be reviewed in the diff."""
    parser.addoption("--update-reports", action="store_true", help="write the rendered reports of tests/corpus anew")


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Return the packaged rules."""
    from tests import folders  # noqa: PLC0415  the process that starts the others needs no rules

    return Rules(folders.PACKAGED)


@pytest.fixture(scope="session")
def table(rules: Rules) -> Table:
    """Return the packaged table."""
    return rules.table


@pytest.fixture
def holed() -> Table:
    """
    Return a table with holes, a default, two gates, decimals and an optional field.

    `pixel` offers every size in every shape, except large squares; the size `huge` is declared but offered in no shape.
    """
    sizes, shapes = ("small", "large", "huge"), ("square", "wide", "tall")
    cells = (
        Cell(("small", "square"), Decimal("0.5")),
        Cell(("small", "wide"), 1),
        Cell(("small", "tall"), 1, ("team",)),
        Cell(("large", "wide"), 2, ("team", "beta")),
        Cell(("large", "tall"), None),
    )
    pixel = Model(
        "pixel",
        {"en": "Pixel", "de": "Bildpunkt"},
        "picture",
        {
            "size": Option("size", "Size", {size: Value(size, size) for size in sizes}),
            "shape": Option("shape", "Shape", {shape: Value(shape, shape, (Badge("New"),)) for shape in shapes}, "square"),
        },
        (
            Send(("kind",), None, "picture"),
            Send(("draft",), None, constant=False),
            Send(("meta", "version"), None, 3),
            Send(("text",), "text"),
            Send(("meta", "note"), "note"),
            Send(("out", "size"), "size"),
            Send(("out", "shape"), "shape"),
        ),
        cells,
    )
    gates = {
        "team": Gate("team", ("team", "staff"), {"en": "Teams only", "de": "Nur für Teams"}, "people", "invite"),
        "beta": Gate("beta", ("beta",), "In beta"),
    }
    fields = {"text": Field("text", required=True, text=Text(2, 5)), "note": Field("note")}
    kind = Type("picture", fields, {"speed": {"en": "pictures do not move", "de": "Bilder bewegen sich nicht"}})
    return Table(1, gates, {"picture": kind}, {"pixel": pixel})
