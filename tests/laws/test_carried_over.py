"""Law carried over: a rule set in the old spelling means after `check --fix` what it meant, and keeps its comments."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.fixes.fix import fixed_files
from imgrules.compiler.read.folder import RuleFile
from imgrules.table.codec import dumps
from imgrules.testing import Documents, compiled, rule_documents
from tests.laws.aged import Layout, aged
from tests.laws.rule_sets import packaged_documents


def comments(raw: bytes) -> Counter[str]:
    """Return the comments of a written file."""
    return Counter(re.findall(r"# about \d+", raw.decode("utf-8")))


@given(st.builds(packaged_documents) | rule_documents() | rule_documents(), st.randoms(use_true_random=False))
def test_a_rule_set_means_the_same_after_its_fixes(documents: Documents, chance: Random) -> None:
    """Old spellings in any layout become new ones: the table is the same, comments stay, and a second run changes nothing."""
    old = {name: Layout(chance).written(document) for name, document in aged(documents, chance).items()}
    fixes = fixed_files(RuleFile(Path(f"{name}.yaml"), raw) for name, raw in old.items())
    errors = [(error.message, error.spot.excerpt) for error in fixes.build.report.errors]
    assert (errors, fixes.kept, fixes.left, fixes.more) == ([], (), (), False)
    assert fixes.build.table is not None
    assert dumps(fixes.build.table) == dumps(compiled(documents))
    new = old | {file.after.path.stem: file.after.raw for file in fixes.files}
    assert {name: comments(raw) for name, raw in new.items()} == {name: comments(raw) for name, raw in old.items()}
    assert fixed_files(RuleFile(Path(f"{name}.yaml"), raw) for name, raw in new.items()).files == ()
