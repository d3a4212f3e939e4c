"""A race compares answers before it times them, and reports who does not run and why."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.face import Setting
from bench.facts import models
from bench.oracle import oracle
from bench.peers import prepare
from bench.race import Entry, run
from bench.reasons import reason
from bench.rivals import SilentError, ended, start
from bench.selections import case
from bench.serve import Server

ROOT = Path(__file__).parents[2]
HAND, TABLE = "hand_written", "hand_table"


def words(name: str) -> list[str]:
    """Return the arguments of a peer's process."""
    return [name, "2", "300", str(ROOT / "rules"), ""]


def test_peers_in_processes_are_raced_in_turn() -> None:
    """Every round has a time for each entry, and jobs that a peer does not have are not in the race."""
    rivals = [start(Path(sys.executable), words(name), 60) for name in (HAND, TABLE)]
    with ended(rivals):
        entries = [(Entry(rival.name, job, 2), rival) for rival in rivals for job in ("emit", "decide_body")]
        race = run("emit", "mixed", entries, 3, lambda _: None)
    hand, table = Entry(HAND, "emit", 2), Entry(TABLE, "emit", 2)
    assert {name: len(seconds) for name, seconds in race.seconds.items()} == {hand: 3, table: 3}
    assert race.compared == {hand: 300, table: 300}
    assert race.left_out == {}
    assert all(ratio > 0 for ratio in race.ratios(table, hand))


def test_a_peer_that_cannot_start_says_why() -> None:
    """The last line of its output is kept for the results."""
    with pytest.raises(SilentError, match="No module named"):
        start(Path(sys.executable), words("nobody"), 60)


def test_a_reason_tells_nothing_about_the_machine() -> None:
    """A reason is one line without addresses and paths."""
    assert reason("no wheel at https://host/simple/zen\n in /home/me/x.py") == "no wheel at ... in ..."


def test_a_peer_that_takes_too_long_is_left_out() -> None:
    """Its process is ended, and the results say after how many seconds."""
    with pytest.raises(SilentError, match="not done after 0 s"):
        start(Path(sys.executable), words(HAND), 0.01)


def test_a_peer_that_disagrees_is_reported() -> None:
    """The first selection with a different answer is shown, with both answers."""
    hand = prepare(HAND, Setting(models(2), ROOT / "rules", None))
    generous = replace(hand, decide=lambda *_: "allowed")
    server = Server(generous, oracle(models(2)), {"refused": case("refused", models(2), 50)})
    disagreement = server.agree("decide", "refused", 10)
    assert disagreement["got"] == "allowed"
    assert disagreement["wanted"] in {"locked", "impossible"}
    assert server.agree("all", "refused", 10) == {"missing": True}
