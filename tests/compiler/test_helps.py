"""
Every edit that a hint proposes is accepted, and gives what the author meant; where that is not certain, it proposes none.

Beneath a case of the corpus, `meant.yaml` is the file that its author meant, written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.report.diagnostics import Diagnostic, Severity
from imgrules.compiler.report.helps import did_you_mean, write
from imgrules.table.codec import dumps
from tests.compiler.test_corpus import NO_SHARED, RULES, TODAY
from tests.corpus_cases import CASES, Case
from tests.following import built_of, followed, offered, typed
from tests.packaged import shared_text

PACKAGED = (RULES / "gpt-image-2.yaml").read_text("utf-8")
"""What the author of a case meant whose file is the packaged one with one typo."""


def _meant_text(case: Case) -> str | None:
    return PACKAGED if case.meant is None and case.code is None else case.meant


WANTED = [case for case in CASES if _meant_text(case) is not None]


@cache
def _texts(case: Case) -> dict[str, str] | None:
    """Return the texts of a case's files by name, or None where they are no text."""
    try:
        texts = {name[:-5]: raw.decode("utf-8-sig") for name, raw in case.files.items() if name.endswith(".yaml")}
    except UnicodeDecodeError:
        return None
    if "_shared" not in texts and case.code != NO_SHARED:
        texts["_shared"] = shared_text()
    return texts


TEXTUAL = [case for case in CASES if _texts(case)]


@cache
def _build(case: Case) -> Build:
    return built_of(_texts(case) or {}, TODAY, case.contract)


@cache
def _followed(case: Case) -> tuple[dict[str, str], Build]:
    return followed(_texts(case) or {}, TODAY, case.contract)


@pytest.mark.parametrize("page", sorted({case.id.partition("/")[0] for case in TEXTUAL}))
def test_helps(page: str) -> None:
    """What a hint proposes is what its edits type, is accepted, and following hint after hint comes to an end."""
    for case in TEXTUAL:
        if case.id.partition("/")[0] == page:
            diagnostics = _build(case).report.diagnostics
            _assert_offers_are_edits(diagnostics)
            _assert_edits_are_accepted(case, diagnostics)
            _followed(case)


def _assert_offers_are_edits(diagnostics: Sequence[Diagnostic]) -> None:
    """Every text that a hint proposes is the text of one of its edits."""
    for diagnostic in diagnostics:
        texts = {edit.text for edit in diagnostic.edits}
        assert [text for text in offered(diagnostic.hint) if text not in texts] == [], diagnostic.hint


def _assert_edits_are_accepted(case: Case, before: Sequence[Diagnostic]) -> None:
    """Applying the edits of a diagnostic removes it, and adds no error there."""
    for origin in (diagnostic for diagnostic in before if diagnostic.edits):
        after = built_of(typed(_texts(case) or {}, origin), TODAY, case.contract).report.diagnostics
        earlier = {(diagnostic.code.id, diagnostic.message) for diagnostic in before} - {(origin.code.id, origin.message)}
        new = [
            diagnostic
            for diagnostic in after
            if (diagnostic.code.id, diagnostic.message) not in earlier and _remains_or_is_new_error(diagnostic, origin)
        ]
        assert [f"{diagnostic.code.id} {diagnostic.message}" for diagnostic in new] == [], origin.hint


def _remains_or_is_new_error(diagnostic: Diagnostic, origin: Diagnostic) -> bool:
    """Whether a diagnostic is the one whose edits were applied, or an error at the edited place."""
    if (diagnostic.code, diagnostic.message) == (origin.code, origin.message):
        return diagnostic.spot.start == origin.spot.start
    edits = [edit for edit in origin.edits if edit.file == diagnostic.spot.file]
    on_line = any(edit.start.line <= diagnostic.spot.start.line <= edit.end.line + edit.text.count("\n") for edit in edits)
    near = any(
        diagnostic.spot.span.start <= edit.span.start + len(edit.text) and diagnostic.spot.span.end > edit.span.start
        for edit in edits
    )
    return diagnostic.code.severity is Severity.ERROR and on_line and near


@pytest.mark.parametrize("case", WANTED, ids=lambda case: case.id)
def test_helps_lead_to_what_was_meant(case: Case) -> None:
    """The file after all proposed edits decides every selection like the file that was meant."""
    texts = _texts(case)
    assert texts is not None
    (stem,) = (name for name in texts if name[0] != "_")
    if case.meant is None and not any(diagnostic.edits for diagnostic in _build(case).report.diagnostics):
        return  # what was meant is not certain, and the help explains
    repaired, built = _followed(case)
    expected = build_texts({**texts, stem: _meant_text(case) or ""}, TODAY, contracts=case.contract)
    assert [diagnostic.message for diagnostic in built.report.errors] == [
        diagnostic.message for diagnostic in expected.report.errors
    ], repaired[stem]
    assert built.table is not None
    assert expected.table is not None
    # Equal tables give the same decision for every selection.
    assert dumps(built.table) == dumps(expected.table), repaired[stem]


def test_a_text_with_a_backtick_can_be_told_from_its_marks() -> None:
    """A proposed text that holds a backtick is put between double backticks, as in Markdown."""
    for help_ in (write("a`b"), did_you_mean("a`b", "")):
        assert "`` a`b ``" in help_.hint
        assert offered(help_.hint) == ["a`b"] == [help_.fix]
    assert offered(write("ab").hint) == ["ab"]
