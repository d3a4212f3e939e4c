"""Whoever only decides loads the standard library and the engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from imgrules import dumps, load

ROOT = Path(__file__).parents[2]
OWN = {
    "imgrules",
    "imgrules.engine",
    "imgrules.engine.accepts",
    "imgrules.engine.alike",
    "imgrules.engine.asks",
    "imgrules.engine.caps",
    "imgrules.engine.constructor",
    "imgrules.engine.decide",
    "imgrules.engine.decision",
    "imgrules.engine.document",
    "imgrules.engine.emit",
    "imgrules.engine.errors",
    "imgrules.engine.escapes",
    "imgrules.engine.exact",
    "imgrules.engine.expressions",
    "imgrules.engine.find",
    "imgrules.engine.gates",
    "imgrules.engine.generated",
    "imgrules.engine.labels",
    "imgrules.engine.memory",
    "imgrules.engine.moments",
    "imgrules.engine.most",
    "imgrules.engine.outcome",
    "imgrules.engine.parts",
    "imgrules.engine.picks",
    "imgrules.engine.plan",
    "imgrules.engine.price",
    "imgrules.engine.quantities",
    "imgrules.engine.readers",
    "imgrules.engine.record",
    "imgrules.engine.sha256",
    "imgrules.engine.table",
    "imgrules.engine.template",
    "imgrules.engine.unseen",
    "imgrules.engine.wording",
    "imgrules.rules",
}
OF_A_LOOK = {
    "imgrules.engine.known",
    "imgrules.engine.option_references",
    "imgrules.engine.patterns",
    "imgrules.engine.records",
    "imgrules.engine.references",
    "imgrules.engine.shapes",
    "imgrules.engine.verify",
    "imgrules.engine.wire_paths",
}
"""What looks at a table that is loaded from a file."""
CATALOGS = {"imgrules.catalog", "imgrules.catalog_document", "imgrules.catalog_records", "imgrules.catalogs"}
OF_REFUSALS = {
    "imgrules.engine.candidates",
    "imgrules.engine.closer",
    "imgrules.engine.explain",
    "imgrules.engine.faults",
    "imgrules.engine.given",
    "imgrules.engine.marks",
    "imgrules.engine.names",
    "imgrules.engine.plurals",
    "imgrules.engine.kept",
    "imgrules.engine.possible",
    "imgrules.engine.value_trials",
    "imgrules.engine.repair",
    "imgrules.engine.said",
    "imgrules.engine.search",
    "imgrules.engine.sentences",
    "imgrules.engine.takes",
}

OF_REPAIRS = {f"imgrules.engine.{each}" for each in ("candidates", "closer", "marks", "repair", "search")}
"""What only a refusal needs that somebody looks at."""


def loaded(code: str, *words: str) -> set[str]:
    """Return the modules that some code loads beyond those of the bare interpreter."""
    code = f"import sys; before = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    command = [sys.executable, "-c", code, *words]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.split())


DECIDE = """
import imgrules; rules = imgrules.load(sys.argv[1]); rules.digest
picked = dict(model="gpt-image-2", ratio="1:1", quality="low", prompt="x", language="en")
assert rules.decide(picked).credits == 5 and rules.emit(picked) and rules.emit_json(picked)
assert rules.decide(dict(model="gpt-image2")).status == "impossible"
"""
REFUSE = """
import imgrules; rules = imgrules.load(sys.argv[1])
assert rules.decide(dict(model="gpt-image2")).violations and rules.decide(None).as_dict()
"""
CATALOG = """
import imgrules; rules = imgrules.load(sys.argv[1])
rules.catalog(); rules.regenerate({}, {}); rules.read_result({})
"""


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("import imgrules", set()),
        (DECIDE.replace("argv[1]", "argv[1], verify=False"), set()),
        (DECIDE, OF_A_LOOK),
        (REFUSE, OF_A_LOOK | OF_REFUSALS),
        (CATALOG, OF_A_LOOK | (OF_REFUSALS - OF_REPAIRS) | CATALOGS | {"imgrules.creations"}),
    ],
    ids=["import", "decide without a look", "decide", "refuse", "catalog"],
)
def test_nothing_else_is_loaded(tmp_path: Path, code: str, more: set[str]) -> None:
    """Importing, and every answer from a table, load no third-party module and no compiler."""
    table = tmp_path / "table.json"
    table.write_text(dumps(load().table), encoding="utf-8")
    found = loaded(code, str(table))
    assert {each for each in found if each.startswith("imgrules")} == OWN | more
    assert {each.partition(".")[0] for each in found} - set(sys.stdlib_module_names) == {"imgrules"}


def test_no_slow_module_is_loaded() -> None:
    """What costs most of an import in the standard library is not loaded before it is needed."""
    assert loaded("import imgrules").isdisjoint(
        {
            "argparse",
            "asyncio",
            "dataclasses",
            "datetime",
            "difflib",
            "fractions",
            "hashlib",
            "inspect",
            "pathlib",
            "typing_extensions",
            "unittest",
            "urllib.request",
        }
    )
