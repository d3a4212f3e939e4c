"""
Law: an `accept` removes exactly the warnings of its code about its block, and changes nothing else.

What a message says to type accepts its warning, which is then counted and shown; an `accept` of nothing is told, and no error
is ever accepted.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.cli.printing.style import Style
from imgrules.cli.render.parts.text_parts import summary
from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.checks import expired_entry, stale_source
from imgrules.compiler.codes import ALL
from imgrules.compiler.report.diagnostics import Diagnostic, Path, Severity
from imgrules.testing import written
from tests.laws.rule_sets import ANY_DOCUMENTS

_ADVICE = re.compile(r"add `accept: \{(IR[0-9]{3}): why\}` to (`(.*)`|the file)$", re.DOTALL)
DATED = {expired_entry.CODE.id, stale_source.CODE.id}  # nobody asks on which day it is


def _found(built: Build) -> Counter[tuple[str, str, str]]:
    return Counter(
        (shown.spot.file, shown.code.id, shown.message) for shown in built.report.diagnostics for _ in (shown.spot, *shown.more)
    )


def _accepted(built: Build) -> Counter[tuple[str, str, str]]:
    entries = [entry.diagnostic for entry in built.report.accepted]
    return Counter((shown.spot.file, shown.code.id, shown.message) for shown in entries)


def _is_acceptable(diagnostic: Diagnostic) -> bool:
    # What a whole file is accepted for is written at its top; warnings of the text of a file have no place in a block.
    return diagnostic.code.severity is Severity.WARNING and not diagnostic.spot.file.startswith("_")


@given(st.data(), ANY_DOCUMENTS)
def test_accepting_removes_exactly_that(data: st.DataObject, documents: Any) -> None:
    """With a code accepted in a file, all warnings of it there are accepted, and every other is reported as before."""
    documents = {name: {key: part for key, part in file.items() if key != "accept"} for name, file in documents.items()}
    before = build_texts(written(documents))
    warnings = list(filter(_is_acceptable, before.report.diagnostics))
    if not warnings:
        return
    warning = data.draw(st.sampled_from(warnings))
    stem, code = warning.spot.file.removesuffix(".yaml"), warning.code.id
    after = build_texts(written({**documents, stem: {**documents[stem], "accept": {code: "it is meant"}}}))
    gone = Counter({found: count for found, count in _found(before).items() if found[:2] == (warning.spot.file, code)})
    assert _found(after) == _found(before) - gone
    assert _accepted(after) == gone
    assert after.table == before.table


@given(ANY_DOCUMENTS)
def test_every_advice_accepts_its_warning(documents: Any) -> None:
    """
    What the messages say to type accepts all warnings that may be meant, one after another, and changes nothing else.

    Afterwards each is counted and shown as accepted; once the other codes are accepted too, `--fail-on warning` passes.
    """
    before = build_texts(written(documents))
    built, typed = before, 0
    while advised := [warning for warning in built.report.diagnostics if _ADVICE.search(warning.hint)]:
        block = _follow(documents, advised[0])
        typed += 1
        last, built = built, build_texts(written(documents))
        assert _is_found(advised[0], _accepted(built))
        assert _found(built) + _accepted(built) == _found(last) + _accepted(last)
        assert {path[: len(block)] for _, path in _places(built) - _places(last)} == {block}
    assert typed <= _accepted(built).total()
    assert _found(built) == Counter({found: count for found, count in _found(before).items() if not _is_advised(before, found)})
    for warning in filter(_is_acceptable, built.report.diagnostics):
        if warning.code.id != "IR320":
            documents[warning.spot.file.removesuffix(".yaml")].setdefault("accept", {})[warning.code.id] = "it is meant"
    report = replace(build_texts(written(documents)).report, fails_on=Severity.WARNING)
    shared = [one for one in report.failures if one.spot.file.startswith("_") or one.code.severity is Severity.ERROR]
    assert [one for one in report.failures if one.code.id != "IR320"] == [one for one in shared if one.code.id != "IR320"]
    count = f"{_accepted(build_texts(written(documents))).total():,} warning"
    assert not report.accepted or f"; {count}" in summary(report, Style(sys.stdout, "never"))
    assert build_texts(written(documents)).table == before.table


def _is_advised(built: Build, found: tuple[str, str, str]) -> bool:
    return any(
        _ADVICE.search(one.hint) is not None
        for one in built.report.diagnostics
        if (one.spot.file, one.code.id, one.message) == found
    )


def _places(built: Build) -> set[tuple[str, Path]]:
    """Return the file, with the code, and the path of each place at which a warning is accepted."""
    every = [entry.diagnostic for entry in built.report.accepted]
    return {(f"{one.spot.file} {one.code.id} {one.message}", spot.path) for one in every for spot in (one.spot, *one.more)}


def _is_found(warning: Diagnostic, accepted: Counter[tuple[str, str, str]]) -> bool:
    return (warning.spot.file, warning.code.id, warning.message) in accepted


def _follow(documents: Any, warning: Diagnostic) -> Path:
    """Type what a warning says into the block that it names, the innermost one of this name around its place; return its path."""
    advice = _ADVICE.search(warning.hint)
    assert advice is not None
    steps = warning.spot.path
    length = 0 if advice[3] is None else max(at + 1 for at, step in enumerate(steps) if step == advice[3])
    block = documents[warning.spot.file.removesuffix(".yaml")]
    for step in steps[:length]:
        block = block[step]
    block.setdefault("accept", {})[advice[1]] = "it is meant"
    return steps[:length]


@given(st.data(), ANY_DOCUMENTS)
def test_what_accepts_nothing_is_told(data: st.DataObject, documents: Any) -> None:
    """An entry for a warning that is not there is a warning at its place, and no other finding changes."""
    before = build_texts(written(documents))
    stem = data.draw(st.sampled_from([stem for stem in documents if not stem.startswith("_")]))
    file = f"{stem}.yaml"
    there = {code for name, code, _ in _found(before) + _accepted(before) if name == file}
    codes = sorted(
        {code.id for code in ALL if code.severity is Severity.WARNING} - there - DATED - {*documents[stem].get("accept", {})}
    )
    code = data.draw(st.sampled_from(codes))
    documents[stem]["accept"] = {**documents[stem].get("accept", {}), code: "it was meant"}
    after = build_texts(written(documents))
    told = Counter({(file, "IR320", f"there is no `{code}` to accept here"): 1})
    stopped = any(one.code.severity is Severity.ERROR and one.spot.file == file for one in before.report.diagnostics)
    assert _found(after) - _found(before) == (Counter() if stopped else told)
    assert (_found(before) - _found(after), _accepted(after)) == (Counter(), _accepted(before))


@given(st.data(), ANY_DOCUMENTS)
def test_an_error_is_never_accepted(data: st.DataObject, documents: Any) -> None:
    """With the code of each error accepted at the top of its file, all of them are still reported."""
    stem = data.draw(st.sampled_from([stem for stem in documents if not stem.startswith("_")]))
    documents[stem]["examples"] = [{"select": {}, "expect": {"status": "allowed", "credits": 123456}}]
    documents[stem].pop("accept", None)
    before = build_texts(written(documents))
    errors = [error for error in before.report.errors if error.spot.file == f"{stem}.yaml"]
    assert errors
    documents[stem]["accept"] = {error.code.id: "it is meant" for error in errors}
    after = build_texts(written(documents))
    assert {(error.code.id, error.message) for error in errors} <= {(one.code.id, one.message) for one in after.report.errors}
    assert not [entry for entry in after.report.accepted if entry.diagnostic.code.severity is Severity.ERROR]
