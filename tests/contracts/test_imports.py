"""Every module imports what the design lets it import, and nothing else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "imgrules"

ENGINE = {"imgrules.engine.*"}
CHECK = {
    "imgrules.compiler.bounds_spec",
    "imgrules.compiler.caps",
    "imgrules.compiler.combinations",
    "imgrules.compiler.diagnostics",
    "imgrules.compiler.eras",
    "imgrules.compiler.grid",
    "imgrules.compiler.helps",
    "imgrules.compiler.meaning",
    "imgrules.compiler.reach",
    "imgrules.compiler.rule_set",
    "imgrules.compiler.scalars",
    "imgrules.compiler.shared_spec",
    "imgrules.compiler.spec",
    "imgrules.compiler.trials",
    "imgrules.compiler.words",
    "imgrules.engine.*",
}
COMPILER_CODES = {"imgrules.compiler.diagnostics"}

MAY_IMPORT: dict[str, set[str]] = {
    "imgrules": {"imgrules.engine.*", "imgrules.rules"},
    "imgrules.__main__": {"imgrules.cli.main"},
    "imgrules.boxes": {"imgrules.engine.parts", "imgrules.engine.table"},
    "imgrules.calendar": {"imgrules.catalog", "imgrules.engine.parts", "imgrules.engine.table", "imgrules.turns"},
    "imgrules.catalog_records": {
        "imgrules.engine.decision",
        "imgrules.engine.gates",
        "imgrules.engine.parts",
        "imgrules.engine.table",
    },
    "imgrules.catalog_document": {"imgrules.catalog_records", "imgrules.engine.*"},
    "imgrules.catalog": {"imgrules.catalog_document", "imgrules.catalog_records", "imgrules.engine.*"},
    "imgrules.catalogs": {"imgrules.catalog", "imgrules.catalog_document", "imgrules.engine.*"},
    "imgrules.choices": {"imgrules.catalog", "imgrules.catalog_records", "imgrules.engine.*"},
    "imgrules.creations": ENGINE,
    "imgrules.rules": ENGINE,
    "imgrules.testing": {"hypothesis", "imgrules.compiler.*", "imgrules.engine.*", "imgrules.testing_rules"},
    "imgrules.testing_rules": {
        "hypothesis",
        "imgrules.compiler.build",
        "imgrules.compiler.folder",
        "imgrules.testing_shapes",
    },
    "imgrules.testing_shapes": {"hypothesis"},
    "imgrules.turns": {"imgrules.boxes", "imgrules.catalog", "imgrules.catalog_records", "imgrules.engine.*"},
    "imgrules.engine": set(),
    "imgrules.engine.errors": {
        "imgrules.engine.escapes",
    },
    "imgrules.engine.escapes": set(),
    "imgrules.engine.parts": {
        "imgrules.engine.record",
    },
    "imgrules.engine.generated": {
        "imgrules.engine.quantities",
        "imgrules.engine.readers",
    },
    "imgrules.engine.accepts": {
        "imgrules.engine.caps",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
    },
    "imgrules.engine.asks": {
        "imgrules.engine.parts",
        "imgrules.engine.table",
    },
    "imgrules.engine.expressions": {
        "imgrules.engine.accepts",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
    },
    "imgrules.engine.find": {
        "imgrules.engine.moments",
        "imgrules.engine.plan",
        "imgrules.engine.table",
    },
    "imgrules.engine.gates": {
        "imgrules.engine.labels",
        "imgrules.engine.picks",
        "imgrules.engine.record",
        "imgrules.engine.table",
    },
    "imgrules.engine.given": {
        "imgrules.engine.caps",
        "imgrules.engine.explain",
        "imgrules.engine.faults",
        "imgrules.engine.gates",
        "imgrules.engine.moments",
        "imgrules.engine.names",
        "imgrules.engine.outcome",
        "imgrules.engine.plan",
        "imgrules.engine.table",
        "imgrules.engine.wording",
    },
    "imgrules.engine.outcome": {
        "imgrules.engine.decision",
        "imgrules.engine.emit",
        "imgrules.engine.gates",
        "imgrules.engine.memory",
        "imgrules.engine.moments",
        "imgrules.engine.price",
        "imgrules.engine.record",
        "imgrules.engine.table",
        "imgrules.engine.template",
        "imgrules.engine.unseen",
    },
    "imgrules.engine.plan": {
        "imgrules.engine.asks",
        "imgrules.engine.decision",
        "imgrules.engine.expressions",
        "imgrules.engine.generated",
        "imgrules.engine.memory",
        "imgrules.engine.moments",
        "imgrules.engine.outcome",
        "imgrules.engine.picks",
        "imgrules.engine.readers",
        "imgrules.engine.table",
        "imgrules.engine.unseen",
    },
    "imgrules.engine.readers": {
        "imgrules.engine.accepts",
        "imgrules.engine.asks",
        "imgrules.engine.expressions",
        "imgrules.engine.parts",
        "imgrules.engine.picks",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
    },
    "imgrules.engine.template": {
        "imgrules.engine.emit",
        "imgrules.engine.generated",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
    },
    "imgrules.engine.memory": set(),
    "imgrules.engine.most": set(),
    "imgrules.engine.patterns": set(),
    "imgrules.engine.shapes": set(),
    "imgrules.engine.records": {
        "imgrules.engine.most",
        "imgrules.engine.patterns",
        "imgrules.engine.shapes",
    },
    "imgrules.engine.known": {
        "imgrules.engine.moments",
        "imgrules.engine.record",
        "imgrules.engine.shapes",
    },
    "imgrules.engine.wire_paths": {
        "imgrules.engine.shapes",
    },
    "imgrules.engine.option_references": {
        "imgrules.engine.known",
        "imgrules.engine.shapes",
    },
    "imgrules.engine.references": {
        "imgrules.engine.known",
        "imgrules.engine.most",
        "imgrules.engine.option_references",
        "imgrules.engine.shapes",
        "imgrules.engine.table",
        "imgrules.engine.wire_paths",
    },
    "imgrules.engine.verify": {
        "imgrules.engine.most",
        "imgrules.engine.records",
        "imgrules.engine.references",
        "imgrules.engine.shapes",
    },
    "imgrules.engine.exact": {
        "imgrules.engine.parts",
    },
    "imgrules.engine.table": {
        "imgrules.engine.memory",
        "imgrules.engine.parts",
        "imgrules.engine.record",
    },
    "imgrules.engine.alike": {
        "imgrules.engine.memory",
    },
    "imgrules.engine.wording": {
        "imgrules.engine.alike",
    },
    "imgrules.engine.moments": {
        "imgrules.engine.errors",
    },
    "imgrules.engine.document": {
        "imgrules.engine.errors",
        "imgrules.engine.exact",
        "imgrules.engine.parts",
        "imgrules.engine.record",
        "imgrules.engine.sha256",
        "imgrules.engine.table",
    },
    "imgrules.engine.quantities": {
        "imgrules.engine.exact",
        "imgrules.engine.parts",
    },
    "imgrules.engine.plurals": set(),
    "imgrules.engine.sentences": {
        "imgrules.engine.labels",
        "imgrules.engine.memory",
        "imgrules.engine.plurals",
        "imgrules.engine.table",
    },
    "imgrules.engine.picks": {
        "imgrules.engine.exact",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.record",
        "imgrules.engine.table",
    },
    "imgrules.engine.caps": {
        "imgrules.engine.most",
    },
    "imgrules.engine.names": {
        "imgrules.engine.alike",
        "imgrules.engine.caps",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.record",
        "imgrules.engine.table",
    },
    "imgrules.engine.price": {
        "imgrules.engine.exact",
        "imgrules.engine.parts",
        "imgrules.engine.picks",
        "imgrules.engine.table",
    },
    "imgrules.engine.faults": {
        "imgrules.engine.caps",
        "imgrules.engine.names",
        "imgrules.engine.parts",
        "imgrules.engine.picks",
        "imgrules.engine.quantities",
        "imgrules.engine.record",
        "imgrules.engine.table",
    },
    "imgrules.engine.value_trials": {
        "imgrules.engine.parts",
        "imgrules.engine.picks",
        "imgrules.engine.record",
        "imgrules.engine.table",
    },
    "imgrules.engine.kept": {
        "imgrules.engine.asks",
        "imgrules.engine.memory",
        "imgrules.engine.table",
    },
    "imgrules.engine.possible": {
        "imgrules.engine.faults",
        "imgrules.engine.kept",
        "imgrules.engine.picks",
        "imgrules.engine.table",
        "imgrules.engine.value_trials",
    },
    "imgrules.engine.said": {
        "imgrules.engine.faults",
        "imgrules.engine.labels",
        "imgrules.engine.names",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.record",
        "imgrules.engine.sentences",
        "imgrules.engine.table",
        "imgrules.engine.wording",
    },
    "imgrules.engine.takes": {
        "imgrules.engine.caps",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.said",
        "imgrules.engine.sentences",
        "imgrules.engine.table",
    },
    "imgrules.engine.explain": {
        "imgrules.engine.caps",
        "imgrules.engine.faults",
        "imgrules.engine.names",
        "imgrules.engine.parts",
        "imgrules.engine.possible",
        "imgrules.engine.quantities",
        "imgrules.engine.record",
        "imgrules.engine.said",
        "imgrules.engine.sentences",
        "imgrules.engine.table",
        "imgrules.engine.takes",
        "imgrules.engine.unseen",
        "imgrules.engine.wording",
    },
    "imgrules.engine.marks": {
        "imgrules.engine.parts",
        "imgrules.engine.picks",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
    },
    "imgrules.engine.candidates": {
        "imgrules.engine.caps",
        "imgrules.engine.exact",
        "imgrules.engine.faults",
        "imgrules.engine.marks",
        "imgrules.engine.names",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
        "imgrules.engine.wording",
    },
    "imgrules.engine.search": {
        "imgrules.engine.candidates",
        "imgrules.engine.caps",
        "imgrules.engine.faults",
        "imgrules.engine.marks",
        "imgrules.engine.parts",
        "imgrules.engine.picks",
        "imgrules.engine.record",
        "imgrules.engine.table",
    },
    "imgrules.engine.repair": {
        "imgrules.engine.candidates",
        "imgrules.engine.faults",
        "imgrules.engine.gates",
        "imgrules.engine.kept",
        "imgrules.engine.marks",
        "imgrules.engine.names",
        "imgrules.engine.record",
        "imgrules.engine.search",
        "imgrules.engine.table",
    },
    "imgrules.engine.constructor": set(),
    "imgrules.engine.record": {
        "imgrules.engine.constructor",
    },
    "imgrules.engine.sha256": set(),
    "imgrules.engine.labels": {
        "imgrules.engine.parts",
    },
    "imgrules.engine.unseen": set(),
    "imgrules.engine.decision": {
        "imgrules.engine.document",
        "imgrules.engine.errors",
        "imgrules.engine.escapes",
        "imgrules.engine.exact",
        "imgrules.engine.gates",
        "imgrules.engine.parts",
        "imgrules.engine.record",
        "imgrules.engine.unseen",
        "imgrules.engine.wording",
    },
    "imgrules.engine.emit": {
        "imgrules.engine.exact",
        "imgrules.engine.parts",
        "imgrules.engine.quantities",
        "imgrules.engine.table",
    },
    "imgrules.engine.decide": {
        "imgrules.engine.decision",
        "imgrules.engine.find",
        "imgrules.engine.gates",
        "imgrules.engine.moments",
        "imgrules.engine.outcome",
        "imgrules.engine.plan",
        "imgrules.engine.table",
        "imgrules.engine.unseen",
    },
    "imgrules.engine.closer": {
        "imgrules.engine.caps",
        "imgrules.engine.decision",
        "imgrules.engine.emit",
        "imgrules.engine.explain",
        "imgrules.engine.faults",
        "imgrules.engine.find",
        "imgrules.engine.gates",
        "imgrules.engine.given",
        "imgrules.engine.names",
        "imgrules.engine.outcome",
        "imgrules.engine.record",
        "imgrules.engine.repair",
        "imgrules.engine.sentences",
        "imgrules.engine.table",
        "imgrules.engine.unseen",
    },
    "imgrules.compiler": set(),
    "imgrules.compiler.source": set(),
    "imgrules.compiler.caps": {"imgrules.engine.most"},
    "imgrules.compiler.scalars": {"imgrules.compiler.caps", "imgrules.engine.exact"},
    "imgrules.compiler.diagnostics": {"imgrules.compiler.source", "imgrules.compiler.caps"},
    "imgrules.compiler.syntax_codes": COMPILER_CODES,
    "imgrules.compiler.shape_codes": COMPILER_CODES,
    "imgrules.compiler.folder_codes": COMPILER_CODES,
    "imgrules.compiler.helps": {"imgrules.compiler.diagnostics"},
    "imgrules.compiler.left_sign": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.helps",
        "imgrules.compiler.scalars",
        "imgrules.compiler.source",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.characters": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.source",
        "imgrules.compiler.syntax_codes",
        "imgrules.compiler.caps",
    },
    "imgrules.compiler.folder": {
        "imgrules.compiler.characters",
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.folder_codes",
        "imgrules.compiler.syntax_codes",
        "imgrules.engine.errors",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.slips": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.helps",
        "imgrules.compiler.scalars",
        "imgrules.compiler.source",
        "imgrules.compiler.syntax_codes",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.other_readers": {"imgrules.compiler.scalars", "yaml"},
    "imgrules.compiler.syntax": {
        "imgrules.compiler.other_readers",
        "imgrules.compiler.characters",
        "imgrules.compiler.helps",
        "imgrules.compiler.left_sign",
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.scalars",
        "imgrules.compiler.slips",
        "imgrules.compiler.source",
        "imgrules.compiler.syntax_codes",
        "imgrules.engine.errors",
        "imgrules.engine.wording",
        "yaml",
        "imgrules.compiler.caps",
    },
    "imgrules.compiler.words": {"imgrules.engine.patterns", "pydantic", "pydantic_core", "imgrules.engine.most"},
    "imgrules.compiler.bounds_spec": {"imgrules.compiler.words", "imgrules.engine.most", "pydantic"},
    "imgrules.compiler.spec": {
        "imgrules.compiler.words",
        "imgrules.engine.decision",
        "imgrules.engine.faults",
        "imgrules.engine.names",
        "pydantic",
        "imgrules.compiler.caps",
        "imgrules.engine.most",
        "imgrules.compiler.bounds_spec",
    },
    "imgrules.compiler.shared_spec": {
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "pydantic",
        "imgrules.engine.most",
        "imgrules.compiler.bounds_spec",
    },
    "imgrules.compiler.rule_set": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
    },
    "imgrules.compiler.meaning": {
        "imgrules.compiler.rule_set",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.exact",
        "imgrules.engine.moments",
        "imgrules.engine.parts",
        "imgrules.engine.table",
        "imgrules.compiler.bounds_spec",
    },
    "imgrules.compiler.eras": {
        "imgrules.compiler.rule_set",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.moments",
        "imgrules.engine.parts",
        "imgrules.engine.table",
        "imgrules.engine.most",
    },
    "imgrules.compiler.grid": {"imgrules.engine.parts", "imgrules.engine.picks", "imgrules.engine.table"},
    "imgrules.compiler.combinations": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.eras",
        "imgrules.compiler.grid",
        "imgrules.compiler.meaning",
        "imgrules.compiler.rule_set",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.picks",
        "imgrules.engine.parts",
        "imgrules.engine.table",
    },
    "imgrules.compiler.trials": ENGINE,
    "imgrules.compiler.shapes": {"imgrules.compiler.diagnostics", "imgrules.compiler.words", "pydantic"},
    "imgrules.compiler.edits": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.source",
        "imgrules.compiler.syntax",
    },
    "imgrules.compiler.better_names": {"imgrules.compiler.helps", "imgrules.compiler.words"},
    "imgrules.compiler.habits": {
        "imgrules.compiler.bounds_spec",
        "imgrules.compiler.helps",
        "imgrules.compiler.scalars",
        "imgrules.compiler.shapes",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.misplaced": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.helps",
        "imgrules.compiler.shapes",
        "imgrules.compiler.source",
        "imgrules.compiler.syntax",
        "imgrules.compiler.words",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.wanted_number": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.helps",
        "imgrules.compiler.misplaced",
        "imgrules.compiler.scalars",
        "imgrules.compiler.words",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.wanted_block": {
        "imgrules.compiler.bounds_spec",
        "imgrules.compiler.helps",
        "imgrules.compiler.misplaced",
        "imgrules.compiler.scalars",
        "imgrules.compiler.shapes",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.wanted": {
        "imgrules.compiler.helps",
        "imgrules.compiler.misplaced",
        "imgrules.compiler.scalars",
        "imgrules.compiler.shapes",
        "imgrules.compiler.wanted_block",
        "imgrules.compiler.wanted_number",
        "imgrules.compiler.words",
    },
    "imgrules.compiler.unknown_names": {
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.habits",
        "imgrules.compiler.helps",
        "imgrules.compiler.misplaced",
        "imgrules.compiler.shape_codes",
        "imgrules.compiler.shapes",
        "imgrules.compiler.spec",
        "imgrules.compiler.syntax",
        "imgrules.compiler.wanted",
        "imgrules.compiler.wanted_block",
        "imgrules.compiler.wanted_number",
        "imgrules.compiler.words",
        "imgrules.engine.wording",
    },
    "imgrules.compiler.bind": {
        "imgrules.compiler.better_names",
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.helps",
        "imgrules.compiler.misplaced",
        "imgrules.compiler.shape_codes",
        "imgrules.compiler.shapes",
        "imgrules.compiler.syntax",
        "imgrules.compiler.unknown_names",
        "imgrules.compiler.wanted",
        "imgrules.compiler.wanted_block",
        "imgrules.compiler.words",
        "imgrules.engine.wording",
        "pydantic",
    },
    "imgrules.compiler.lower": {
        "imgrules.compiler.combinations",
        "imgrules.compiler.eras",
        "imgrules.compiler.grid",
        "imgrules.compiler.meaning",
        "imgrules.compiler.rule_set",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.picks",
        "imgrules.engine.parts",
        "imgrules.engine.table",
    },
    "imgrules.compiler.schema": {
        "imgrules.calendar",
        "imgrules.catalog_records",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.decision",
        "imgrules.engine.document",
        "imgrules.engine.explain",
        "imgrules.engine.names",
        "imgrules.engine.parts",
        "imgrules.engine.records",
        "imgrules.engine.repair",
        "imgrules.engine.shapes",
        "imgrules.engine.table",
        "pydantic",
    },
    "imgrules.compiler.reach": {
        "imgrules.compiler.meaning",
        "imgrules.compiler.rule_set",
        "imgrules.compiler.spec",
        "imgrules.compiler.words",
        "imgrules.engine.quantities",
        "imgrules.engine.parts",
        "imgrules.engine.table",
    },
    "imgrules.compiler.codes": {
        "imgrules.compiler.checks",
        "imgrules.compiler.diagnostics",
        "imgrules.compiler.folder_codes",
        "imgrules.compiler.left_sign",
        "imgrules.compiler.shape_codes",
        "imgrules.compiler.syntax_codes",
    },
    "imgrules.compiler.checks": {"imgrules.compiler.checks.*"},
    "imgrules.compiler.checks.*": CHECK,
    "imgrules.compiler.build": {"imgrules.compiler.*", "imgrules.engine.*"},
    "imgrules.cli": set(),
    "imgrules.cli.*": {
        "imgrules",
        "imgrules.calendar",
        "imgrules.catalog",
        "imgrules.catalog_document",
        "imgrules.catalog_records",
        "imgrules.choices",
        "imgrules.cli.*",
        "imgrules.compiler.*",
        "imgrules.engine.*",
        "imgrules.rules",
        "imgrules.turns",
        "shtab",
    },
}
"""Per module what it may import when it is loaded; a star stands for every module below. The standard library is free."""

INSIDE_FUNCTIONS: dict[str, set[str]] = {
    "imgrules.rules": {
        "imgrules.calendar",
        "imgrules.catalog",
        "imgrules.catalog_document",
        "imgrules.catalogs",
        "imgrules.choices",
        "imgrules.compiler.build",
        "imgrules.creations",
    },
}
"""What a module may import in addition when a function is called, or for annotations alone."""

ONLY: dict[str, set[str]] = {
    "yaml": {"imgrules.compiler.syntax", "imgrules.compiler.other_readers"},
    "pydantic": {
        "imgrules.compiler.words",
        "imgrules.compiler.bounds_spec",
        "imgrules.compiler.spec",
        "imgrules.compiler.shared_spec",
        "imgrules.compiler.shapes",
        "imgrules.compiler.bind",
        "imgrules.compiler.schema",
    },
    "pydantic_core": {"imgrules.compiler.words"},
    "hypothesis": {"imgrules.testing", "imgrules.testing_rules", "imgrules.testing_shapes"},
    "shtab": {"imgrules.cli.completion"},
}
"""The few modules that may import a third-party package."""

PATHS = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(tree: ast.AST, *, late: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every module that is imported, and whether that waits for a call or is for annotations alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((each.name, late) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = str(node.module)
            for each in node.names:
                inner = f"{base}.{each.name}"
                yield (inner if inner in PATHS else base), late
        waits = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        yield from imports(node, late=late or waits or for_types)


@cache
def outside(module: str) -> list[tuple[str, bool]]:
    """Return what a module imports from outside the standard library."""
    tree = ast.parse(PATHS[module].read_text(encoding="utf-8"))
    found = [(name, late) for name, late in imports(tree) if name.partition(".")[0] not in sys.stdlib_module_names]
    return [(name if name.startswith("imgrules") else name.partition(".")[0], late) for name, late in found]


def row(module: str) -> str | None:
    """Return the row of the table that is about a module: its own, else the one of its family."""
    if module in MAY_IMPORT:
        return module
    return next((each for each in MAY_IMPORT if each.endswith(".*") and fnmatchcase(module, each)), None)


def within(name: str, allowed: set[str]) -> bool:
    """Return whether a module is among those that are allowed."""
    return any(name == each or fnmatchcase(name, each) for each in allowed)


def forbidden(module: str) -> list[str]:
    """Return what a module imports that its row does not allow."""
    allowed = MAY_IMPORT[row(module) or ""]
    late = allowed | INSIDE_FUNCTIONS.get(module, set())
    # An engine module may name a neighbour in an annotation, which loads nothing.
    if module.startswith("imgrules.engine."):
        late |= ENGINE
    return [each for each, waits in outside(module) if not within(each, late if waits else allowed)]


def test_modules_import_what_their_rows_allow() -> None:
    """A module imports only what its row allows; a module without a row is not allowed to exist."""
    assert [each for each in PATHS if row(each) is None] == []
    assert {module: found for module in PATHS if (found := forbidden(module))} == {}


def test_third_party_packages_have_few_homes() -> None:
    """Each third-party package is imported by the modules that are named for it, and by no other."""
    found = [(module, name) for module in PATHS for name, _ in outside(module) if not name.startswith("imgrules")]
    assert [(module, name) for module, name in found if module not in ONLY[name]] == []


def test_no_row_is_left_over() -> None:
    """Every row is about a module that exists."""
    assert {row(each) for each in PATHS} == set(MAY_IMPORT)


def test_the_walls() -> None:
    """The four walls of the house stand, whatever the table says."""
    for module in PATHS:
        for name, _ in outside(module):
            if module.startswith("imgrules.engine"):
                assert name.startswith("imgrules.engine"), (module, name)
            if module.startswith("imgrules.compiler"):
                assert not name.startswith(("imgrules.cli", "imgrules.rules", "imgrules.creations")), (module, name)
            if module.startswith("imgrules.compiler.checks."):
                assert not name.startswith("imgrules.compiler.checks"), (module, name)
            if name.startswith("imgrules.cli"):
                assert module == "imgrules.__main__" or module.startswith("imgrules.cli"), (module, name)
            if name in {"imgrules.calendar", "imgrules.catalog_records"} and module.startswith("imgrules.compiler"):
                assert module == "imgrules.compiler.schema"
