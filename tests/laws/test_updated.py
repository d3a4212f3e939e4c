"""After an update of the examples every one of them passes that can, and nothing but what examples expect has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from imgrules.compiler.examples.coverage import coverage
from imgrules.compiler.examples.runs import runs
from imgrules.compiler.fixes.example_update import Updates, updated_files
from imgrules.compiler.parsed_file import parse_file
from imgrules.compiler.read.folder import RuleFile
from imgrules.compiler.spec.model import ModelSpec
from imgrules.testing import Documents, written
from tests.laws.exemplified import built_of, changed_at, exemplified, table_of


def _update(documents: Documents) -> Updates:
    """Return the update of a rule set; its shared file comes first, as in a folder."""
    texts = sorted(written(documents).items(), key=lambda named: (named[0] != "_shared", named[0]))
    return updated_files([RuleFile(Path(f"{stem}.yaml"), text.encode("utf-8")) for stem, text in texts])


def _without_expectations(file: RuleFile) -> Any:
    """Return the spec of a file without what its examples expect."""
    spec = parse_file(file).spec
    assert isinstance(spec, ModelSpec)
    examples = [example.model_copy(update={"expect": None}) for example in spec.examples or ()]
    return spec.model_copy(update={"examples": examples})


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
@given(st.data(), exemplified())
def test_an_update_changes_what_examples_expect(data: st.DataObject, documents: Documents) -> None:
    """With another price, gate or limit, the update makes examples pass, names the others, and is not needed twice."""
    assert _update(documents).files == ()
    built = built_of(documents)
    assert built.rules is not None
    assert built.table is not None
    items = list(coverage(built.rules, built.table, runs(built.rules, built.table), built.table.models))
    reached = [item for item in items if item.reached and item.kind in {"value", "gate", "price", "limit"}]
    changes = [changed_at(documents, item) for item in reached]
    sound = [changed for changed in changes if changed is not None and table_of(built_of(changed))]
    if not sound:
        return
    updates = _update(data.draw(st.sampled_from(sound)))
    event(f"{len(updates.files)} files, {len(updates.left)} left")
    after = updates.after.report
    named = {(left.model, left.number) for left in updates.left}
    assert {(result.model, result.number) for result in after.failed} <= named
    assert len(after.failed) <= len(updates.before.report.failed)
    for file in updates.files:
        assert _without_expectations(file.after) == _without_expectations(file.before)
    again = [
        *{
            **{
                path.source.name: RuleFile(Path(path.source.name), path.source.text.encode())
                for path in updates.after.files.values()
            }
        }.values()
    ]
    assert updated_files(again).files == ()
