"""`imgrules calendar` says what changes next, for whom, grouped by moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from imgrules import load
from imgrules.cli.calendar import _WORDS, line
from imgrules.engine.gates import Lock
from imgrules.views.changes import Event, What

NOW = ("--at", "2026-11-22T10:00:00Z")
PEOPLE = """\
2026-12-01
  Wide (wide): quality old is retired; use low
2026-12-24
  Wide (wide): badge Hot disappears
2027-01-01
  Wide (wide):
    quality high: promotion ends, 5 -> 8 credits, 2 combinations
    the alias wide-preview of wide ends
2027-03-01
  Wide (wide): outputs at least 3: no longer locked by `member`
"""


def test_for_people(wide_table: Path, call: Callable[..., Any]) -> None:
    """Each moment has its changes below it, one on a line; changes of a gate are not shown to holders of its grant."""
    assert call("calendar", "--rules", str(wide_table), *NOW) == (0, PEOPLE, "")
    member = call("calendar", "--rules", str(wide_table), *NOW, "--grant", "member").out
    assert member == PEOPLE.partition("2027-03-01")[0]


def test_everything(wide_table: Path, call: Callable[..., Any]) -> None:
    """`--all` lists past changes too."""
    out = call("calendar", "--rules", str(wide_table), "--all").out
    assert out == "2026-11-01\n  Wide (wide): quality high: promotion, 8 -> 5 credits, 2 combinations\n" + PEOPLE


def test_for_programs(wide_table: Path, call: Callable[..., Any]) -> None:
    """JSON is the result of `Rules.calendar`."""
    code, out, err = call("calendar", "--rules", str(wide_table), *NOW, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == load(wide_table).calendar((), None, NOW[1])
    assert json.loads(out)["at"] == NOW[1]


def test_nothing_changes(workdir: Path, call: Callable[..., Any]) -> None:
    """An empty calendar says so."""
    assert workdir.is_dir()
    assert call("calendar", *NOW) == (0, "nothing changes after 2026-11-22T10:00:00Z\n", "")
    assert call("calendar", "--all") == (0, "nothing ever changes\n", "")


def test_a_broken_file_is_left_out_with_a_note(workdir: Path, call: Callable[..., Any]) -> None:
    """The changes of the other models are printed, and the exit code is 1."""
    (workdir / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("calendar", *NOW)
    assert (code, out) == (1, "nothing changes after 2026-11-22T10:00:00Z\n")
    assert "rules/gpt-image-2.yaml has mistakes, so it is left out" in err


def test_every_kind_has_words() -> None:
    """Every kind of change has a line, without control characters."""
    assert set(_WORDS) == set(What)
    gate = Lock("g", "Locked", None, None)
    for kind in What:
        event = Event("2027-01-01T00:00:00Z", "m", "M", kind, "option", "a\x1b[2J", gate=gate, name="n", use=("u",))
        assert line(event).isprintable()
    assert (
        line(Event("", "m", "M", What.PRICE, before=1, after=None, offers=1))
        == "every combination: 1 -> unknown, 1 combination"
    )
    when = {"quality": ("low", None), "size": ("s", "t")}
    text = line(Event("", "m", "M", What.OFFER_GOES, when=when, offers=4))
    assert text == "quality low or no quality, size s or t can no longer be picked, 4 combinations"
