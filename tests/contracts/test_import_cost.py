"""A service that only decides loads the standard library and the engine."""

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
    "imgrules.engine.plan.accepts",
    "imgrules.engine.plan.asks",
    "imgrules.engine.request_caps",
    "imgrules.engine.decide",
    "imgrules.engine.decision",
    "imgrules.table.codec",
    "imgrules.engine.body",
    "imgrules.errors",
    "imgrules.escapes",
    "imgrules.table.amounts",
    "imgrules.table.exact",
    "imgrules.engine.plan.expressions",
    "imgrules.engine.find",
    "imgrules.engine.gates",
    "imgrules.engine.plan.codegen",
    "imgrules.table.texts.labels",
    "imgrules.table.bounded_cache",
    "imgrules.table.moments",
    "imgrules.table.caps",
    "imgrules.engine.plan.outcome",
    "imgrules.table.terms",
    "imgrules.engine.resolve",
    "imgrules.engine.plan.plan",
    "imgrules.engine.pricing",
    "imgrules.engine.decision_records",
    "imgrules.table",
    "imgrules.table.texts",
    "imgrules.engine.plan",
    "imgrules.table.measures",
    "imgrules.engine.plan.readers",
    "imgrules.table.record_base",
    "imgrules.table.sha256",
    "imgrules.table.record_readers",
    "imgrules.table.dependency_order",
    "imgrules.table.options",
    "imgrules.table.records",
    "imgrules.engine.plan.template",
    "imgrules.engine.lazy",
    "imgrules.quoting",
    "imgrules.rules",
}
OF_VERIFICATION = {
    "imgrules.table.verify",
    "imgrules.table.verify.known_names",
    "imgrules.table.verify.option_references",
    "imgrules.table.verify.patterns",
    "imgrules.table.verify.attributes",
    "imgrules.table.verify.references",
    "imgrules.table.verify.predicates",
    "imgrules.table.verify.verified",
    "imgrules.table.verify.wire_paths",
}
"""The modules that verify a table that is loaded from a file."""
CATALOGS = {
    "imgrules.views",
    "imgrules.views.catalog",
    "imgrules.views.catalog.catalog",
    "imgrules.views.catalog.view",
    "imgrules.views.catalog.catalog_document",
    "imgrules.views.catalog.catalog_records",
    "imgrules.views.catalog.cached_catalogs",
    "imgrules.views.catalog.record_offers",
    "imgrules.table.texts.record_labels",
}
OF_REFUSALS = {
    "imgrules.refusals.suggest",
    "imgrules.refusals",
    "imgrules.refusals.repairs",
    "imgrules.refusals.repairs.candidates",
    "imgrules.refusals.evaluate",
    "imgrules.refusals.explanations",
    "imgrules.refusals.violations",
    "imgrules.refusals.constraints",
    "imgrules.refusals.faults",
    "imgrules.refusals.first_fault",
    "imgrules.refusals.joint_faults",
    "imgrules.refusals.questions",
    "imgrules.engine.caller_input",
    "imgrules.refusals.repairs.boundaries",
    "imgrules.engine.near_misses",
    "imgrules.engine.normalize",
    "imgrules.table.texts.plurals",
    "imgrules.refusals.cached_answers",
    "imgrules.refusals.alternatives",
    "imgrules.refusals.value_trials",
    "imgrules.refusals.repairs.repairs",
    "imgrules.refusals.phrases",
    "imgrules.refusals.repairs.nearest_picks",
    "imgrules.table.texts.messages",
    "imgrules.refusals.option_phrases",
}

OF_RESULTS = {"imgrules.views.regenerate", "imgrules.views.results", "imgrules.views.shared_paths"}
OF_INPUT = {"imgrules.engine.caller_input", "imgrules.engine.near_misses", "imgrules.engine.normalize"}
"""The modules that read a selection with names other than the model's own."""


def loaded(code: str, *words: str) -> set[str]:
    """Return the modules that some code loads, without those that the interpreter has loaded before."""
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
        (DECIDE, OF_VERIFICATION),
        (REFUSE, OF_VERIFICATION | OF_REFUSALS),
        (CATALOG, OF_VERIFICATION | OF_INPUT | CATALOGS | OF_RESULTS),
    ],
    ids=["import", "decide without a look", "decide", "refuse", "catalog"],
)
def test_nothing_else_is_loaded(tmp_path: Path, code: str, more: set[str]) -> None:
    """Importing, and every answer from a table, loads exactly the listed modules and no third-party module."""
    table = tmp_path / "table.json"
    table.write_text(dumps(load().table), encoding="utf-8")
    modules = loaded(code, str(table))
    assert {module for module in modules if module.startswith("imgrules")} == OWN | more
    assert {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names) == {"imgrules"}


def test_no_slow_module_is_loaded() -> None:
    """Slow modules of the standard library are not loaded by the import."""
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


BUILD = """
from imgrules.compiler.build import build_texts
shared = "language: 1\\ntypes: {image: {model: {send: model}}}\\n"
built = build_texts({"_shared": shared, "m": "model: m\\noptions: {size: {send: size, values: [a, b], default: a}}\\n"})
assert built.table is not None and not built.report.errors
"""


def test_no_contract_is_proved_where_none_is_named() -> None:
    """A build of rules that name no contract loads nothing that proves one."""
    modules = loaded(BUILD)
    assert "imgrules.compiler.build" in modules
    assert {
        module for module in modules if module.startswith(("imgrules.compiler.contract.", "imgrules.proofs", "jsonschema"))
    } == set()
