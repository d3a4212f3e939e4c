"""Law: an `accept` removes exactly the warnings of its code about its block, and changes nothing else."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.report.diagnostics import Diagnostic, Severity
from imgrules.testing import written
from tests.laws.rule_sets import ANY_DOCUMENTS

_ADVICE = re.compile(r"add `accept: \{(IR[0-9]{3}): why\}` to (`(.*)`|the file)$", re.DOTALL)


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
def test_the_advice_of_a_warning_accepts_it(documents: Any) -> None:
    """What the message of a warning says to type accepts this warning, and every other is reported as before."""
    before = build_texts(written(documents))
    for warning in filter(_is_acceptable, before.report.diagnostics):
        advice = _ADVICE.search(warning.hint)
        if advice is None or warning.more:
            continue
        stem = warning.spot.file.removesuffix(".yaml")
        blocks = _blocks(documents[stem], advice[3])
        if len(blocks) != 1 or "accept" in blocks[0]:
            continue
        blocks[0]["accept"] = {advice[1]: "it is meant"}
        after = build_texts(written(documents))
        del blocks[0]["accept"]
        found = (warning.spot.file, warning.code.id, warning.message)
        assert found in _accepted(after)
        assert _found(after) + _accepted(after) == _found(before) + _accepted(before)


def _blocks(document: dict[str, Any], name: str | None) -> list[dict[str, Any]]:
    """Return the blocks of a file that a name may mean: the file, options and values."""
    options = document.get("options", {})
    if name is None:
        return [document]
    values = [option["values"][name] for option in options.values() if name in _details(option)]
    return [*values, *([options[name]] if name in options else [])]


def _details(option: dict[str, Any]) -> dict[str, Any]:
    values = option.get("values")
    return values if isinstance(values, dict) else {}
