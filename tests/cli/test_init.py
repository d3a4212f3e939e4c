"""`imgrules init` writes a file that checks clean once its blanks are filled, and touches nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FILLED = {
    "name": "Flux 2",
    "provider": "black_forest",
    "model": "flux-2-pro",
}


def fill(path: Path) -> None:
    """Fill the blanks of a new file as its comments say."""
    text = path.read_text(encoding="utf-8")
    for name, value in FILLED.items():
        text, count = re.subn(rf"(?m)^{name}: +#", f"{name}: {value} #", text)
        assert count == 1
    text = re.sub(r"(?m)^    values:", '    values: ["4:5", "5:4"]', text, count=1)
    text = re.sub(r"(?m)^    values: +#", "    values: [fast, fine] #", text, count=1)
    text = text.replace("{ratio: , quality: }", '{ratio: "4:5", quality: fast}')
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("shared", [True, False])
def test_filling_the_blanks_is_enough(here: Path, call: Callable[..., Any], shared: bool) -> None:  # noqa: FBT001  a case
    """A filled file checks clean, with the shared file that is there or with the one that was written."""
    folder = here / ("rules" if shared else "new/rules")
    code, out, err = call("init", "flux-2", "--rules", str(folder))
    assert (code, err) == (0, "")
    assert f"wrote {folder / 'flux-2.yaml'}\n" in out
    assert ("_shared.yaml" in out) is not shared
    assert call("check", str(folder)).code == 1
    fill(folder / "flux-2.yaml")
    code, out, _ = call("check", str(folder), "--fail-on", "warning")
    assert code == 0, out
    assert out.endswith("no mistakes\n")
    assert call("decide", "flux-2", "--ratio", "4:5", "--quality", "fine", "--rules", str(folder)).code == 0


def test_blanks_are_named_by_check(here: Path, call: Callable[..., Any]) -> None:
    """Every blank is a mistake at its line, all of them in one run."""
    call("init", "flux-2")
    lines = (here / "rules" / "flux-2.yaml").read_text(encoding="utf-8").splitlines()
    _, out, _ = call("check", "--format", "json")
    named = [lines[each["line"] - 1].split(":")[0].strip() for each in json.loads(out)["diagnostics"]]
    assert named == ["name", "provider", "model", "values", "values", "- select", "- select"]


def test_nothing_is_overwritten(here: Path, call: Callable[..., Any]) -> None:
    """A file that exists stays as it is: exit code 2."""
    path = here / "rules" / "gpt-image-2.yaml"
    before = path.read_bytes()
    code, out, err = call("init", "gpt-image-2")
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["GPT Image", "_shared", "../x", "", "a/b", "ü", "x\n"])
def test_a_name_that_cannot_be_an_id(here: Path, call: Callable[..., Any], name: str) -> None:
    """A name that no model can have is exit code 2, and nothing is written."""
    before = sorted(each.name for each in here.rglob("*"))
    code, out, err = call("init", name)
    assert (code, out) == (2, "")
    assert "cannot be a model's id" in err
    assert sorted(each.name for each in here.rglob("*")) == before


@pytest.mark.parametrize("text", ["language: 1\ntypes: [}\n", "language: 1\n", "language: 1\ntypes: {}\n", "\ud800"])
def test_a_broken_shared_file_leaves_nothing_behind(here: Path, call: Callable[..., Any], text: str) -> None:
    """Where the shared file cannot be used the answer is exit code 2, and no empty file stays."""
    (here / "rules" / "_shared.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    code, out, err = call("init", "flux-2")
    assert (code, out) == (2, "")
    assert "_shared.yaml" in err
    assert not (here / "rules" / "flux-2.yaml").exists()


def test_json(here: Path, call: Callable[..., Any]) -> None:
    """The files that were written are printed as JSON on request."""
    assert here.is_dir()
    out = call("init", "flux-2", "--rules", "other", "--format", "json").out
    assert {Path(each).name for each in json.loads(out)["written"]} == {"flux-2.yaml", "_shared.yaml"}
