"""
Every help, typed as it says, is accepted, and means what was meant; where that is not certain it explains, and offers nothing.

Beneath a case of the corpus, `meant.yaml` is the file that its author meant, written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.report.diagnostics import Diagnostic, Severity
from imgrules.compiler.report.helps import meant, write
from imgrules.table.codec import dumps
from tests.compiler.test_corpus import NO_SHARED, RULES, TODAY, shared_text
from tests.corpus_cases import CASES, Case
from tests.following import followed, offered, typed

PACKAGED = (RULES / "gpt-image-2.yaml").read_text("utf-8")
"""What is meant by a case of which the packaged file is sound but for one slip."""


def _meant(case: Case) -> str | None:
    return PACKAGED if case.meant is None and case.code is None else case.meant


WANTED = [case for case in CASES if _meant(case) is not None]


@cache
def _texts(case: Case) -> dict[str, str] | None:
    """Return the files of a case that can be typed in, or None where they are no text."""
    try:
        texts = {name[:-5]: raw.decode("utf-8-sig") for name, raw in case.files.items() if name.endswith(".yaml")}
    except UnicodeDecodeError:
        return None
    if "_shared" not in texts and case.code != NO_SHARED:
        texts["_shared"] = shared_text()
    return texts


TEXTUAL = [each for each in CASES if _texts(each)]


@cache
def _built(case: Case) -> Build:
    return build_texts(_texts(case) or {}, TODAY)


@pytest.mark.parametrize("case", TEXTUAL, ids=lambda case: case.id)
def test_helps(case: Case) -> None:
    """A help offers what its edits type; typed as it says it is accepted; and who follows help after help gets to an end."""
    told = _built(case).report.diagnostics
    _what_is_offered_is_an_edit(told)
    _what_is_offered_is_accepted(case, told)
    followed(_texts(case) or {}, TODAY)


def _what_is_offered_is_an_edit(told: Sequence[Diagnostic]) -> None:
    """A help says what its edits do: no word that is offered stands in the sentence alone."""
    for each in told:
        texts = {one.text for one in each.edits}
        assert [text for text in offered(each.hint) if text not in texts] == [], each.hint


def _what_is_offered_is_accepted(case: Case, before: Sequence[Diagnostic]) -> None:
    """What is typed as a help says ends the mistake, and is none itself."""
    for told in (each for each in before if each.edits):
        after = build_texts(typed(_texts(case) or {}, told), TODAY).report.diagnostics
        known = {(each.code.id, each.message) for each in before} - {(told.code.id, told.message)}
        new = [each for each in after if (each.code.id, each.message) not in known and _is_there(each, told)]
        assert [f"{each.code.id} {each.message}" for each in new] == [], told.hint


def _is_there(found: Diagnostic, told: Diagnostic) -> bool:
    """Return whether a diagnostic is the told one again, or an error at what was typed."""
    if (found.code, found.message) == (told.code, told.message):
        return found.spot.start == told.spot.start
    edits = [each for each in told.edits if each.file == found.spot.file]
    there = any(each.start.line <= found.spot.start.line <= each.end.line + each.text.count("\n") for each in edits)
    near = any(
        found.spot.span.start <= each.span.start + len(each.text) and found.spot.span.end > each.span.start for each in edits
    )
    return found.code.severity is Severity.ERROR and there and near


@pytest.mark.parametrize("case", WANTED, ids=lambda case: case.id)
def test_helps_lead_to_what_was_meant(case: Case) -> None:
    """The file that the helps lead to decides every selection as the file that was meant."""
    texts = _texts(case)
    assert texts is not None
    (stem,) = (each for each in texts if each[0] != "_")
    if case.meant is None and not any(each.edits for each in _built(case).report.diagnostics):
        return  # what was meant is not certain, and the help explains
    mended, built = followed(texts, TODAY)
    meant = build_texts({**texts, stem: _meant(case) or ""}, TODAY)
    assert [each.message for each in built.report.errors] == [each.message for each in meant.report.errors], mended[stem]
    assert built.table is not None
    assert meant.table is not None
    # Equal tables decide every selection alike.
    assert dumps(built.table) == dumps(meant.table), mended[stem]


def test_a_text_with_a_backtick_can_be_told_from_its_marks() -> None:
    """What is offered stands between two backticks on each side, as in Markdown, where it holds one itself."""
    for help_ in (write("a`b"), meant("a`b", "")):
        assert "`` a`b ``" in help_.hint
        assert offered(help_.hint) == ["a`b"] == [help_.fix]
    assert offered(write("ab").hint) == ["ab"]
