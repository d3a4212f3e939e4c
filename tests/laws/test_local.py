"""Law: an edit of one model file changes only that model."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.build import build_texts
from imgrules.compiler.report.diagnostics import Diagnostic
from imgrules.testing import rule_documents, written
from tests.laws.rule_sets import ANY_DOCUMENTS

CONFLICTS = {"IR231", "IR253", "IR254", "IR301"}
NAMES = {"IR279", "IR302"}
BROKEN = st.sampled_from(["", "name: [", "name: x\nname: y", "a: &b 1", "\x00", "- 1", "type: image"])


@given(st.data(), ANY_DOCUMENTS, rule_documents())
def test_other_models_stay_as_they_were(data: st.DataObject, documents: Any, others: Any) -> None:
    """Whatever one file becomes, sound or broken, the other models and their messages stay the same."""
    texts = written(documents)
    stem = data.draw(st.sampled_from(sorted(set(texts) - {"_shared", "_messages"})))
    twin = st.sampled_from(sorted(set(texts) - {"_shared", "_messages"})).map(lambda stem: texts[stem])
    edited = {**texts, stem: data.draw(BROKEN | twin | st.just(written(others)["model-0"]))}
    before, after = build_texts(texts), build_texts(edited)
    assert before.table is not None
    assert after.table is not None
    assert (after.table.gates, after.table.types, after.table.result) == (
        before.table.gates,
        before.table.types,
        before.table.result,
    )
    edited_ids = {before.ids[stem], after.ids[stem]}
    kept = {name: model for name, model in before.table.models.items() if name != before.ids[stem]}
    assert {name: model for name, model in after.table.models.items() if name not in edited_ids - kept.keys()} == kept
    # A conflict of two models is reported at one of them, and removes neither; `order` and `default` may name the edited model.
    # A file that has the id of another is not asked for more.
    twins = {diagnostic.spot.file for diagnostic in after.report.diagnostics if diagnostic.code.id == "IR253"}
    told = [
        [
            diagnostic
            for diagnostic in build.report.diagnostics
            if not is_about(diagnostic, f"{stem}.yaml") and diagnostic.spot.file not in twins
        ]
        for build in (before, after)
    ]
    told[1] = [diagnostic for diagnostic in told[1] if diagnostic.code.id not in CONFLICTS | NAMES]
    if told[0] != told[1]:
        # What is wrong in what models share is told as soon as a model uses it; maybe no model but the edited one does.
        others_tell = build_texts({name: text for name, text in texts.items() if name != stem}).report.diagnostics
        told = [
            [diagnostic for diagnostic in group if diagnostic.spot.file != "_shared.yaml" or diagnostic in others_tell]
            for group in told
        ]
    assert told[0] == told[1]


def is_about(diagnostic: Diagnostic, file: str) -> bool:
    """Whether a diagnostic is in a file, or in what models share and only because of the model in that file."""
    return file in {diagnostic.spot.file, *(spot.file for spot in diagnostic.related)}
