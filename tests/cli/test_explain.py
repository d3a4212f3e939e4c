"""`imgrules explain` prints the page of every code."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from imgrules.compiler.codes import ALL
from imgrules.compiler.report.diagnostics import Code
from imgrules.engine.decision_records import NoteCode, ViolationCode
from imgrules.table.texts.messages import ENGLISH, PAGES
from imgrules.views.diff.kinds import KINDS


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.id)
def test_every_code_has_a_page(call: Callable[..., Any], code: Code) -> None:
    """The page of a code has its four parts, and is found by id or name, case-insensitively."""
    shown = call("explain", code.id)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"{code.id} {code.name} ({code.severity.value})\n\n")
    for word in ("What: ", "Why: ", "Avoid:", "Prefer:"):
        assert word in shown.out
    assert call("explain", code.id.lower()).out == shown.out
    # `alias` is a note of a decision too, whose page follows.
    assert call("explain", code.name).out.startswith(shown.out)


def test_every_code_of_a_decision_has_a_page(call: Callable[..., Any]) -> None:
    """The page of a violation or a note says what it means, what to do, and what a caller reads."""
    assert set(PAGES) == {*ViolationCode, *NoteCode}
    for code in PAGES:
        shown = call("explain", code.upper().replace("_", "-"))
        assert (shown.code, shown.err) == (0, "")
        assert shown.out.startswith(f"{code} (") or code == "alias"
        assert f"\nSays: {ENGLISH[code]}\n" in shown.out
    page = json.loads(call("explain", "snapped", "--format", "json").out)
    assert (page["id"], page["severity"], page["summary"]) == ("snapped", "note", PAGES[NoteCode.SNAPPED][0])


def test_every_change_has_a_page(call: Callable[..., Any]) -> None:
    """The page of a change of `diff` says what it is, how serious it is, and what the opposite edit is."""
    for name, kind in KINDS.items():
        shown = call("explain", name)
        page = f"{name} ({kind.level.value} change)\n\nWhat: {kind.why}.\nThe opposite edit: {kind.mirror}\n"
        assert (shown.code, shown.out, shown.err) == (0, page, "")
    assert json.loads(call("explain", "PRICE_RAISED", "--format", "json").out)["severity"] == "price"
    listed = call("explain", "changes")
    assert [line.split()[0] for line in listed.out.splitlines()] == list(KINDS)
    assert [page["id"] for page in json.loads(call("explain", "changes", "--format", "json").out)] == list(KINDS)


def test_ids_and_names_are_unique() -> None:
    """No two codes share an id or a name, and the list is in order."""
    assert len({code.id for code in ALL}) == len({code.name for code in ALL}) == len(ALL)
    assert [code.id for code in ALL] == sorted(code.id for code in ALL)


def test_the_list(call: Callable[..., Any]) -> None:
    """Without a code every code is listed on one line."""
    code, out, err = call("explain")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == [code.id for code in ALL]


def test_json(call: Callable[..., Any]) -> None:
    """One page, or all pages, can be printed as JSON."""
    page = json.loads(call("explain", "IR201", "--format", "json").out)
    assert (page["id"], page["severity"]) == ("IR201", "error")
    assert [page["id"] for page in json.loads(call("explain", "--format", "json").out)] == [code.id for code in ALL]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("unknown-gat", "there is no code `unknown-gat`; did you mean `unknown-gate`?"),
        ("not-offerd", "there is no code `not-offerd`; did you mean `not_offered`?"),
        ("price-raise", "there is no code `price-raise`; did you mean `price-raised`?"),
        ("zzz", "there is no code `zzz`; `imgrules explain` lists them"),
        ("", "there is no code ``; `imgrules explain` lists them"),
    ],
)
def test_an_unknown_code(call: Callable[..., Any], word: str, message: str) -> None:
    """An unknown code gives exit code 2, and a proposal where one is close."""
    assert call("explain", word) == (2, "", f"imgrules: {message}\n")


def test_the_sentences(call: Callable[..., Any]) -> None:
    """`messages` lists every sentence for callers with its placeholders, for translators."""
    code, out, err = call("explain", "messages")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(ENGLISH)
    assert "needed_field        {model} needs a value for {field} with the other choices\n" in out
    listed = json.loads(call("explain", "messages", "--format", "json").out)
    assert {sentence["name"]: sentence["text"] for sentence in listed} == dict(ENGLISH)
    assert all("{" + place + "}" in sentence["text"] for sentence in listed for place in sentence["places"])
