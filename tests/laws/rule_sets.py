"""The rule sets of every law: random ones, the packaged one and the cookbook."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source
from imgrules.testing import Documents, rule_documents, tables
from tests.folders import COOKBOOK, PACKAGED

__all__ = ["ANY_DOCUMENTS", "ANY_TABLE", "COOKBOOK", "PACKAGED", "packaged_documents"]

FOLDER = Path(__file__).parents[2] / "rules"


def packaged_documents() -> Documents:
    """Return the packaged rule files as plain values, by stem."""
    documents = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}
    for kind in documents["_shared"]["types"].values():
        del kind["contract"]  # a file, which random edits of the documents would not keep
    return documents


def _read(path: Path) -> dict[str, Any]:
    tree, findings = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert tree is not None
    assert not findings
    document: dict[str, Any] = tree.value
    return document


SHAPE = os.environ.get("LAW_SHAPE", "")
"""A shape that each random model has, if possible: `LAW_SHAPE=word_table python -m tests.laws.seeds 3`."""

# Mostly random rule sets: a fixed one shows nothing new when it is drawn again.
# Fixed ones are drawn by name: Hypothesis warns of strategies whose repr is as long as that of a table.
WRITTEN = {"packaged": PACKAGED, "cookbook": COOKBOOK}
ANY_TABLE = st.one_of(st.sampled_from(sorted(WRITTEN)).map(WRITTEN.__getitem__), *[tables(shape=SHAPE)] * 3)
ANY_DOCUMENTS = st.one_of(st.builds(packaged_documents), *[rule_documents(SHAPE)] * 2)
