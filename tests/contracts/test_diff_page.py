"""Every command on the page about `imgrules diff` prints what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from imgrules.cli.main import main
from imgrules.views.diff.diff_records import Level

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```yaml (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
CONSOLES = re.findall(r"^```console\n\$ imgrules (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The files of the page are written, its commands are run one after the other, and `FINGERPRINT` is the one they print."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "rules", tmp_path / "old")
    monkeypatch.chdir(tmp_path)
    Path("old/gpt-image-2.yaml").write_text(FILES["old/gpt-image-2.yaml"], encoding="utf-8")
    fingerprint = ""
    assert len(CONSOLES) > 2
    for words, printed in CONSOLES:
        Path("accept.yaml").write_text(FILES["accept.yaml"].replace("FINGERPRINT", fingerprint or "x"), encoding="utf-8")
        main(shlex.split(words))
        out = capsys.readouterr().out
        fingerprint = fingerprint or re.findall(r"fingerprint: (\w+)", out)[0]
        assert out == printed.replace("FINGERPRINT", fingerprint)


def test_the_levels_of_the_page() -> None:
    """The page has a row for each level."""
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [level.value for level in Level]
