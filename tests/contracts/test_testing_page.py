"""What docs/testing.md shows is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import imgrules.testing
from imgrules.cli.main import main
from imgrules.compiler.build import build_texts
from tests.contracts.test_language import SHARED, whole_file
from tests.packaged import copied_with_contract

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")
CONSOLE = re.findall(r"(?ms)^```console\n\$ imgrules (.*?)\n(.*?)^```$", PAGE)


@pytest.mark.parametrize(("words", "printed"), CONSOLE, ids=[words for words, _ in CONSOLE])
def test_a_command_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, printed: str
) -> None:
    """Each command of the page, in a folder with the packaged rules, prints what stands below it."""
    copied_with_contract(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    main(shlex.split(words))
    assert capsys.readouterr().out == printed


def test_the_rules_of_the_page_check_clean() -> None:
    """The parts of rule files on the page have no mistakes, and their examples pass."""
    parts = re.findall(r"(?ms)^```yaml\n(.*?)^```$", PAGE)
    assert parts
    for part in parts:
        report = build_texts({"_shared": SHARED, "demo": whole_file(part)}).report
        assert (report.diagnostics, report.examples) == ((), 4)


def test_the_service_of_the_page_passes() -> None:
    """The test that the page shows for a service runs, and every strategy that it names exists."""
    (source,) = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE)
    scope: dict[str, Any] = {}
    exec(compile(source, "docs/testing.md", "exec"), scope)  # noqa: S102  it is our own page
    scope["test_every_price_is_shown"]()
    named = re.findall(r"(?m)^\| `(\w+)\(", PAGE)
    assert named
    assert set(named) <= set(imgrules.testing.__all__)
