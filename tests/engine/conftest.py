"""The packaged rules, and a small table made by hand that has what the packaged rules have not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imgrules import Rules, load
from imgrules.table.records import Badge, Cell, Field, Gate, Model, Option, Send, Table, Type, Value
from imgrules.table.terms import Text


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
            "size": Option("size", "Size", {each: Value(each, each) for each in sizes}),
            "shape": Option("shape", "Shape", {each: Value(each, each, (Badge("New"),)) for each in shapes}, "square"),
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
