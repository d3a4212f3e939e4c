"""A module imports only what its layer may import, and third-party packages only where they are listed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "imgrules"

_RECORDS = {"imgrules.table.record_base"}
_BASE = {"imgrules.escapes", "imgrules.errors", "imgrules.quoting"}
_TABLE = {*_BASE, "imgrules.table", "imgrules.table.texts", "imgrules.table.verify"}
_ENGINE = {*_TABLE, "imgrules.engine", "imgrules.engine.facts", "imgrules.engine.plan"}
_REFUSALS = {*_ENGINE, "imgrules.refusals", "imgrules.refusals.repairs"}
_RUN_TIME = {*_REFUSALS, "imgrules.views", "imgrules.views.catalog"}
_DIFF = {"imgrules.views.diff", "imgrules.views.diff.structure", "imgrules.views.diff.behaviour"}
_TEXT = {*_BASE, *_RECORDS, "imgrules.refusals.suggest", "imgrules.table.exact"}
_REPORT = {*_TEXT, "imgrules.compiler.file_caps", "imgrules.compiler.source", "imgrules.compiler.report"}
_SPEC = {*_REPORT, "imgrules.compiler.spec", "imgrules.table", "imgrules.table.verify.patterns"}
_LOWER = {*_SPEC, *_ENGINE, "imgrules.compiler.lower"}
_SOURCES = {*_SPEC, *(f"imgrules.compiler.{name}" for name in ("read", "bind", "parsed_file", "rule_places", "build"))}
_FIXES = {"imgrules.compiler.fixes.fix", "imgrules.compiler.fixes.example_update"}
_CLI = {f"imgrules.cli.{name}" for name in ("printing", "arguments")}
_RENDER = {"imgrules.repository", *(f"imgrules.cli.{name}" for name in ("printing", "render", "render.parts"))}

LAYERS: dict[str, set[str]] = {
    # What a service loads: the standard library only.
    "imgrules.escapes": set(),
    "imgrules.errors": {"imgrules.escapes"},
    "imgrules.quoting": set(),
    "imgrules.repository": set(),
    "imgrules.table": _TABLE,
    "imgrules.table.texts": _TABLE,
    "imgrules.table.verify": _TABLE,
    "imgrules.engine": _ENGINE,
    "imgrules.engine.facts": _ENGINE,
    "imgrules.engine.plan": _ENGINE,
    "imgrules.refusals.suggest": {"imgrules.quoting", "imgrules.table"},
    "imgrules.refusals": {*_REFUSALS, "imgrules.refusals.suggest"},
    "imgrules.refusals.repairs": {*_REFUSALS, "imgrules.refusals.suggest"},
    "imgrules.views": {*_RUN_TIME, "imgrules.refusals.suggest"},
    "imgrules.views.catalog": {*_REFUSALS, "imgrules.views.catalog"},
    "imgrules.views.diff": {*_RUN_TIME, *_DIFF},
    "imgrules.views.diff.structure": {*_RUN_TIME, "imgrules.views.diff", "imgrules.views.diff.structure"},
    "imgrules.views.diff.behaviour": {*_RUN_TIME, *_DIFF},
    "imgrules.rules": _RUN_TIME,
    "imgrules": {*_RUN_TIME, "imgrules.rules"},
    # What reads, checks and compiles rule files, stage after stage.
    "imgrules.compiler.file_caps": {"imgrules.table"},
    "imgrules.compiler.source": _RECORDS,
    "imgrules.compiler.report": _REPORT,
    "imgrules.compiler.read": {*_REPORT, "imgrules.compiler.read", "imgrules.repository", "imgrules.table.terms"},
    "imgrules.compiler.spec": {*_SPEC, "imgrules.engine"},
    "imgrules.compiler.bind": {*_SPEC, "imgrules.compiler.read", "imgrules.compiler.bind"},
    "imgrules.compiler.lower": _LOWER,
    "imgrules.compiler.samples": {*_LOWER, "imgrules.refusals", "imgrules.compiler.samples"},
    "imgrules.compiler.examples": {*_LOWER, "imgrules.refusals", "imgrules.compiler.examples"},
    "imgrules.compiler.contract": {
        *_LOWER,
        *(f"imgrules.compiler.{name}" for name in ("samples", "contract", "contract.judging")),
    },
    "imgrules.compiler.contract.judging": {*_LOWER, "imgrules.compiler.contract", "imgrules.compiler.contract.judging"},
    "imgrules.compiler.checks": {
        *_LOWER,
        *(
            f"imgrules.compiler.{name}"
            for name in ("checks", "contract", "examples", "read.scalars", "read.value_expressions", "samples")
        ),
        *("imgrules.refusals", "imgrules.refusals.repairs"),
    },
    "imgrules.compiler.accept_codes": _REPORT,
    "imgrules.compiler.accepted": {*_SPEC, *(f"imgrules.compiler.{name}" for name in ("accept_codes", "checks", "codes"))},
    "imgrules.compiler.codes": {
        *_REPORT,
        "imgrules.compiler.accept_codes",
        "imgrules.compiler.read",
        "imgrules.compiler.bind",
        "imgrules.compiler.checks",
    },
    "imgrules.compiler.fixes.layout": {*_REPORT, "imgrules.compiler.read"},
    "imgrules.compiler.fixes.edits": {*_REPORT, "imgrules.compiler.read", "imgrules.compiler.fixes.layout"},
    "imgrules.compiler.parsed_file": {*_SPEC, *(f"imgrules.compiler.{name}" for name in ("read", "bind"))},
    "imgrules.compiler.located_report": {
        *_REPORT,
        *(f"imgrules.compiler.{name}" for name in ("read", "fixes.edits", "parsed_file")),
    },
    "imgrules.compiler.stages": {*_LOWER, *(f"imgrules.compiler.{name}" for name in ("read", "checks", "parsed_file"))},
    "imgrules.compiler.build": {
        *_LOWER,
        *(f"imgrules.compiler.{name}" for name in ("read", "accepted", "checks", "contract.rule_set_proof", "parsed_file")),
        *("imgrules.compiler.stages", "imgrules.compiler.located_report"),
    },
    "imgrules.compiler.fixes.fix": {
        *_REPORT,
        *(f"imgrules.compiler.{name}" for name in ("read", "bind", "fixes.edits", "parsed_file", "build")),
    },
    "imgrules.compiler.rule_places": {*_RECORDS, *(f"imgrules.compiler.{name}" for name in ("read", "parsed_file"))},
    "imgrules.compiler.tested": {
        *_LOWER,
        *(f"imgrules.compiler.{name}" for name in ("checks", "examples", "located_report", "parsed_file", "build")),
    },
    "imgrules.compiler.fixes.example_update": {
        *_LOWER,
        *(
            f"imgrules.compiler.{name}"
            for name in ("read", "fixes.edits", "examples", "located_report", "parsed_file", "tested")
        ),
    },
    "imgrules.compiler.schemas.grammar": _SPEC,
    "imgrules.compiler.schemas.author_schemas": _SPEC,
    "imgrules.compiler.schemas.schema": {
        *_SPEC,
        *_RUN_TIME,
        "imgrules.views.diff",
        "imgrules.compiler.schemas.author_schemas",
    },
    "imgrules.compiler": set(),
    # What `check` proves over a compiled table.
    "imgrules.proofs": {*_RUN_TIME, "imgrules.proofs", "imgrules.compiler.report"},
    # The top: no other layer imports it.
    "imgrules.testing": {
        *_LOWER,
        "imgrules.compiler.build",
        "imgrules.compiler.parsed_file",
        "imgrules.compiler.read",
        "imgrules.testing",
        "imgrules.testing.shapes",
    },
    "imgrules.testing.shapes": {"imgrules.testing.shapes"},
    "imgrules.cli.printing": {*_RUN_TIME, "imgrules.cli.printing"},
    "imgrules.cli.arguments": {*_RUN_TIME, *_CLI, "imgrules.repository", "imgrules.rules", "imgrules.compiler.build"},
    "imgrules.cli.starting": {
        *_SOURCES,
        *("imgrules.repository", "imgrules.rules", "imgrules.cli.starting", "imgrules.compiler.schemas.author_schemas"),
    },
    "imgrules.cli.writing": {*_REPORT, *_CLI, "imgrules.cli.checking", "imgrules.cli.writing", *_FIXES},
    "imgrules.cli.comparison": {*_SOURCES, *_CLI, *_FIXES, "imgrules.cli.comparison", "imgrules.views.diff"},
    "imgrules.cli.checking": {
        *_SOURCES,
        *_CLI,
        *(f"imgrules.cli.{name}" for name in ("checking", "comparison", "render")),
        *("imgrules.compiler.checks", "imgrules.proofs", "imgrules.views.diff"),
    },
    "imgrules.cli.render.parts": {*_REPORT, *_RENDER, "imgrules.cli.render.findings"},
    "imgrules.cli.render.findings": {
        *_REPORT,
        *_RENDER,
        *("imgrules.cli.comparison", "imgrules.cli.render.findings", "imgrules.views.diff"),
    },
    "imgrules.cli.render": {
        *_REPORT,
        *_RENDER,
        *(f"imgrules.{name}" for name in ("cli.comparison", "cli.render.findings", "table", "views.diff")),
        "imgrules",
    },
    "imgrules.cli": {
        *_RUN_TIME,
        *_SOURCES,
        *_CLI,
        *_RENDER,
        *(f"imgrules.cli.{name}" for name in ("checking", "comparison", "starting", "writing")),
        *(f"imgrules.compiler.{name}" for name in ("codes", "tested", "schemas")),
        *("imgrules", "imgrules.cli", "imgrules.views.diff"),
    },
    "imgrules.__main__": {"imgrules.cli"},
}
"""What the modules of each package may import, by package or module; a module without a layer is an error."""

LATE = {
    (
        "imgrules.engine.decide",
        "imgrules.refusals.evaluate",
    ): "a service that reads no reasons, notes or choices never loads it",
    ("imgrules.rules", "imgrules.compiler.build"): "a service that loads a table never loads a YAML parser",
}
"""What a module may import in addition, only inside a function, and why."""

THIRD_PARTY: dict[str, set[str]] = {
    "yaml": {"imgrules.compiler.read.syntax", "imgrules.compiler.read.other_yaml_readers"},
    "pydantic": {
        *(
            f"imgrules.compiler.spec.{name}"
            for name in ("types", "bounds", "price", "examples", "facts", "model", "shared", "tables", "field_types")
        ),
        "imgrules.compiler.bind.bind",
        "imgrules.compiler.schemas.author_schemas",
        "imgrules.compiler.schemas.grammar",
        "imgrules.compiler.schemas.schema",
    },
    "typing_extensions": {"imgrules.compiler.spec.types", "imgrules.compiler.spec.tables"},
    "hypothesis": {
        "imgrules.testing",
        "imgrules.testing.rule_files",
        "imgrules.testing.model_parts",
        "imgrules.testing.shapes",
        "imgrules.testing.shapes.drawing",
    },
    "jsonschema": {"imgrules.compiler.contract.document", "imgrules.compiler.contract.reading"},
    "shtab": {"imgrules.cli.completion"},
}
"""The few modules that may import a third-party package."""

MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(tree: ast.AST, *, late: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every module that is imported, and whether the import is inside a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for name in (f"{node.module}.{alias.name}" for alias in node.names):
                yield (name if name in MODULES else str(node.module)), late
        yield from imports(node, late=late or isinstance(node, ast.FunctionDef | ast.Lambda))


@cache
def imported(module: str) -> list[tuple[str, bool]]:
    """Return what a module imports of this package and of third-party packages."""
    imported_names = imports(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    return [(name, late) for name, late in imported_names if name.partition(".")[0] not in sys.stdlib_module_names]


def layer(module: str) -> str | None:
    """Return the layer of a module: itself or its package; None where neither is listed."""
    return next((place for place in _module_and_package(module) if place in LAYERS), None)


def _module_and_package(module: str) -> tuple[str, str]:
    """Return a module and its package."""
    return module, module.rpartition(".")[0]


def forbidden(module: str) -> list[str]:
    """Return what a module imports of this package that its layer does not allow."""
    allowed = LAYERS[layer(module) or ""]
    own = [(name, late) for name, late in imported(module) if name.partition(".")[0] == "imgrules"]
    return [
        name for name, late in own if allowed.isdisjoint(_module_and_package(name)) and not (late and (module, name) in LATE)
    ]


def test_every_module_has_a_layer() -> None:
    """Every module has a layer, and every layer has a module."""
    assert [module for module in MODULES if layer(module) is None] == []
    assert {layer(module) for module in MODULES} == set(LAYERS)


def test_a_module_imports_what_its_layer_allows() -> None:
    """A module imports only what its layer allows; imports inside functions and for types count too."""
    assert {module: names for module in MODULES if (names := forbidden(module))} == {}


def test_every_late_import_is_needed() -> None:
    """Every import that is allowed inside functions exists there."""
    assert [(module, name) for module, name in LATE if (name, True) not in imported(module)] == []


def test_no_check_imports_another() -> None:
    """No check imports another one, so that each can be read and deleted alone."""
    checks = "imgrules.compiler.checks."
    pairs = [(module, name) for module in MODULES if module.startswith(checks) for name, _ in imported(module)]
    assert [(module, name) for module, name in pairs if name.startswith(checks)] == []


def test_third_party_packages_have_few_homes() -> None:
    """Each third-party package is imported by the modules that are named for it, and by no other."""
    pairs = {(name.partition(".")[0], module) for module in MODULES for name, _ in imported(module)}
    assert {(name, module) for name, module in pairs if name != "imgrules"} == {
        (name, module) for name, modules in THIRD_PARTY.items() for module in modules
    }


@pytest.mark.parametrize(
    "text", ["import a.b", "from a import b", "def f():\n    import a.b", "if TYPE_CHECKING:\n    import a.b"]
)
def test_an_import_is_seen(text: str) -> None:
    """An import is found at the top, inside a function, and for types alone."""
    assert next(name for name, _ in imports(ast.parse(text))).startswith("a")
