"""Every amount that a model file states in the currency of its rule set."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.examples import ExpectSpec
from imgrules.compiler.spec.model import ModelSpec, ValuePromotionSpec, ValueSpec
from imgrules.compiler.spec.price import FormulaSpec, PromotionSpec, RoundSpec, SurchargeSpec
from imgrules.compiler.spec.tables import PriceTableSpec
from imgrules.compiler.spec.types import Role
from imgrules.compiler.spec.walk import walk
from imgrules.table.terms import Number

_BLOCKS = (ValueSpec, ValuePromotionSpec, PromotionSpec, FormulaSpec, SurchargeSpec, RoundSpec, ExpectSpec)
_KEYS = ("credits", "regular", "base", "up", "down", "nearest")
"""The keys of those blocks that hold an amount, if not a table of them."""


def amounts(spec: ModelSpec) -> Iterator[tuple[Path, Number | str]]:
    """Yield every amount with its path, also those that examples expect, and the steps to which prices are rounded."""
    stated = [*walk(spec, Role.PRICE)]
    stated += [((*path, key), getattr(block, key, None)) for path, block in walk(spec, *_BLOCKS) for key in _KEYS]
    for path, table in walk(spec, PriceTableSpec):
        stated += _entries((*path, "table"), table.table)
    yield from ((path, amount) for path, amount in stated if isinstance(amount, int | Decimal | str))


def _entries(path: Path, table: object) -> Iterator[tuple[Path, object]]:
    if isinstance(table, dict):
        for key, entry in table.items():
            yield from _entries((*path, key), entry)
    else:
        yield path, table
