"""Calls are counted by the file of the called function, and entering the full evaluation is detected."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import imgrules
from bench import calls
from bench.counting import JOBS, counted
from bench.versions import started
from bench.written import ROOT
from tests import folders

PACKAGED, COOKBOOK = map(imgrules.Rules, (folders.PACKAGED, folders.COOKBOOK))
SOUND = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "A red fox", "language": "en"}


def test_a_call_is_counted_with_its_file() -> None:
    """The benchmark itself is not counted, and each call into another file is a switch."""
    for _ in range(2):
        PACKAGED.emit(SOUND)
    count = counted(lambda: PACKAGED.emit(SOUND))
    assert 1 <= count.files <= count.calls <= 10
    assert count.switches < count.calls
    assert not count.full
    assert counted(list) == (0, 0, 0, False)


def test_the_full_evaluation_is_seen() -> None:
    """Reading all reasons enters the full evaluation, and a refusal that is raised ends the count."""
    asked = ({"model": "flux-2-pro"}, (), None, datetime(2026, 5, 1, tzinfo=UTC))
    assert counted(lambda: JOBS["all"](COOKBOOK, asked)).full
    assert counted(lambda: JOBS["emit"](COOKBOOK, asked)).calls > 0


def test_every_model_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """There is a row for the median and the worst model of each rule set, and the share of the cookbook."""
    monkeypatch.setattr(calls, "_SELECTIONS", 2)
    calls.main(["--others", "3"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 3 * 2 * 2 + 1
    assert lines[1].startswith("emit, packaged: median model")
    assert lines[-1].startswith("Share of allowed selections of the cookbook")


def test_the_share_counts_each_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plans answer for all packaged models, whatever was asked before."""
    monkeypatch.setattr(calls, "_SELECTIONS", 3)
    with started(ROOT, calls.WORKER) as version:
        assert calls.share(version, calls.group("packaged"), 50) == {"nano-banana-2": 1, "gpt-image-2": 1}
