"""Records are frozen, since threads share them."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[2] / "imgrules"

OPEN = {
    "imgrules.compiler.read.syntax._Block": "it fills while a file is read, and never leaves the module",
    "imgrules.compiler.read.syntax._Builder": "as above",
    "imgrules.refusals.evaluate.Evaluation": "every refusal makes one, nobody shares it, and frozen takes three times as long to make",
    "imgrules.refusals.faults.Fault": "as above",
    "imgrules.refusals.questions.Question": "as above",
    "imgrules.refusals.constraints.Verdict": "as above",
    "imgrules.engine.resolve.Picks": "as above",
    "imgrules.refusals.phrases.Phrases": "as above",
}
"""The records that may be changed, and why."""


def records() -> Iterator[type[Any]]:
    """Yield every class of the package that is a dataclass, by the module that defines it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        if name == "imgrules.__main__":
            continue
        module = importlib.import_module(name)
        for record in vars(module).values():
            if isinstance(record, type) and record.__module__ == name and dataclasses.is_dataclass(record):
                yield record


def test_every_record_is_frozen() -> None:
    """Exactly the records of `OPEN`, which gives the reasons, may be changed, and the search finds the public records."""
    found = {f"{record.__module__}.{record.__qualname__}": record for record in records()}
    assert {name for name, record in found.items() if not record.__dataclass_params__.frozen} == OPEN.keys()
    assert {"imgrules.engine.decision_records.Repair", "imgrules.table.terms.Numbers"} <= found.keys()
