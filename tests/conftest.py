"""
How hard Hypothesis tries, whether rendered reports are written anew, and the rules that most tests ask.

Those are the packaged ones, and a small table made by hand that has what the packaged rules have not.
"""

from __future__ import annotations

import gc
import os
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.strategies import none

from imgrules import Rules, load
from imgrules.compiler.read import folder
from imgrules.table.records import Badge, Cell, Field, Gate, Model, Option, Send, Table, Type, Value
from imgrules.table.terms import Text

# Rule sets are large values to draw; a busy machine must not turn that into a failure.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("few", max_examples=6, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("fast", max_examples=8, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("thorough", max_examples=50, deadline=None, suppress_health_check=_SLOW)
# Shrinking a whole rule set takes minutes; to see whether anything fails, it is not needed.
_FIND = [Phase.explicit, Phase.reuse, Phase.generate]
settings.register_profile("find", max_examples=100, deadline=None, suppress_health_check=_SLOW, phases=_FIND)
settings.register_profile("seeds", settings.get_profile("find"), print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "thorough" if os.environ.get("CI") else "fast"))

# Nobody else writes to the folders of a test, so none waits for its own folder to come to rest; some tests are about that.
folder.REST = 0.0


def pytest_collection_finish() -> None:
    """Leave what was collected out of each garbage collection, of which there are fewer: they walked over all tests again and again."""
    # Hypothesis makes its random numbers at its first example, and 6.100 warns where it finds nobody who holds them.
    # Whoever is frozen is not found.
    find(none(), lambda _: True)
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the reports of the corpus anew, to be read in the diff."""
    parser.addoption("--update-reports", action="store_true", help="write the rendered reports of tests/corpus anew")


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Return the packaged rules."""
    return load()


@pytest.fixture(scope="session")
def table(rules: Rules) -> Table:
    """Return the packaged table."""
    return rules.table


@pytest.fixture
def holed() -> Table:
    """
    Return a table with holes, a default, two gates, decimals and an optional field.

    `pixel` sells every size in every shape, except large squares; huge is offered by name and sold in no shape.
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
