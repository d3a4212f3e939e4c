"""An editor with yaml-language-server completes, explains and checks rule files by the published schemas."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from imgrules.cli.main import main
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from tests.editor.language_server import LanguageServer

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
NODE = shutil.which("node")
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="yaml-language-server needs Node.js, which is not installed"),
    pytest.mark.skipif(not SERVER.exists(), reason="install yaml-language-server with `npm ci --prefix tests/editor`"),
]

DOCUMENT = """\
# yaml-language-server: $schema=../schemas/model.schema.json
name: Demo
{key}
options:
  ratio:
    values: [{ratio}]
  quality:
    values:
      - {item}
  size:
    {option}
optoins: {{}}
until: {until}
credits: {credits}
"""
"""A model that is being written: each name in braces is a place to type at."""
EMPTY = ROOT / "rules" / "empty.yaml"
PLACES = re.findall(r"(?<!\{)\{(\w+)\}", DOCUMENT)


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    """Return a running language server."""
    with LanguageServer([str(NODE), str(SERVER), "--stdio"], ROOT, SETTINGS) as server:
        yield server


@pytest.fixture(scope="module")
def uri(editor: LanguageServer) -> str:
    """Return the address of the open document."""
    text = DOCUMENT.format(**dict.fromkeys(PLACES, ""))
    return editor.open({ROOT / "rules" / "demo.yaml": text, EMPTY: text.partition("\n")[0] + "\n"})[0]


def completions(editor: LanguageServer, uri: str, place: str) -> dict[str, str]:
    """Return what is inserted at a place, by what the editor lists there."""
    before = DOCUMENT[: DOCUMENT.index(f"{{{place}}}")].format(**dict.fromkeys(PLACES, ""))
    line = before.count("\n")
    answer = editor.at("completion", uri, line, len(before) - before.rfind("\n") - 1)
    return {item["label"]: item["textEdit"]["newText"] for item in answer["items"]}


def filled(place: str, text: str) -> Any:
    """Return what another YAML reader makes of the document with a text at a place, without the other places."""
    lines = DOCUMENT.splitlines()
    kept = [line for line in lines if f"{{{place}}}" in line or not any(f"{{{name}}}" in line for name in PLACES)]
    return yaml.safe_load("\n".join(kept).format(**{place: text}))


def test_ratios_are_completed_with_quotes(editor: LanguageServer, uri: str) -> None:
    """Each ratio that is offered as a value stays a text for other YAML readers, in a list on one line or on several."""
    for place in ("ratio", "item"):
        offered = completions(editor, uri, place)
        assert offered['"3:2"'] == '"3:2"'
        assert all(label == text for label, text in offered.items() if "$" not in text)
        assert offered['"width:height"'] == '"${1:width}:${2:height}"'
        assert not any("[" in text for text in offered.values()), "a list inside the list"
    assert filled("ratio", offered['"3:2"'])["options"]["ratio"] == {"values": ["3:2"]}
    assert filled("ratio", "3:2")["options"]["ratio"] == {"values": [182]}, "what happens without quotes"


def test_keys_are_completed_with_what_follows(editor: LanguageServer, uri: str) -> None:
    """Each key is inserted with its colon, none with a list where one name is usual, and no price of 0."""
    for place in ("key", "option"):
        offered = completions(editor, uri, place)
        assert len(offered) > 15
        assert {label: text for label, text in offered.items() if not text.startswith(f"{label}:")} == {}
        assert [label for label in ("gate", "use", "aliases", "of") if "-" in offered.get(label, "")] == []
    assert completions(editor, uri, "key")["promotion"] == "promotion:\n  "
    empty = {item["label"]: item["textEdit"]["newText"] for item in editor.at("completion", EMPTY.as_uri(), 1, 0)["items"]}
    assert (empty["options"], empty["credits"]) == ("options:\n  ${1:option}:\n    values: $2", "credits: ")


def test_prices_and_days_are_completed(editor: LanguageServer, uri: str) -> None:
    """A price is a number, an estimate or unknown; a day has quotes, without which other YAML readers make a date of it."""
    prices = completions(editor, uri, "credits")
    assert {"price": "${1:5}", "about": "about ${1:5}", "unknown": "unknown"}.items() <= prices.items()
    assert completions(editor, uri, "until") == {'"YYYY-MM-DD"': '"${1:YYYY}-${2:MM}-${3:DD}"'}


def test_a_key_is_explained(editor: LanguageServer, uri: str) -> None:
    """Hovering over a key shows its description, which is Markdown."""
    line = next(at for at, text in enumerate(DOCUMENT.splitlines()) if text.startswith("    values: ["))
    shown = editor.at("hover", uri, line, 6)["contents"]
    assert shown["kind"] == "markdown"
    assert shown["value"].startswith(f"{OptionSpec.model_fields['values'].description}\n")


def test_a_typo_is_underlined(editor: LanguageServer, uri: str) -> None:
    """An unknown key is marked from its first to its last letter."""
    line = DOCUMENT.splitlines().index("optoins: {{}}")
    marked = {(mark["message"], mark["range"]["start"]["line"]): mark["range"] for mark in editor.diagnostics[uri]}
    where = marked["Property optoins is not allowed.", line]
    assert (where["start"]["character"], where["end"]) == (0, {"line": line, "character": len("optoins")})


def test_what_init_writes_finds_its_schema(editor: LanguageServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder without schemas, `init` brings them: a blank of the new file is marked and explained by them."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "new", "--rules", "rules"]) == 0
    names = ("new", "_shared")
    model, shared = editor.open({(path := tmp_path / "rules" / f"{name}.yaml"): path.read_text("utf-8") for name in names})
    shown = editor.at("hover", model, 3, 2)["contents"]["value"]
    assert str(ModelSpec.model_fields["provider"].description) in shown
    assert f"({(tmp_path / 'schemas' / 'model.schema.json').as_uri()})" in shown
    assert [mark["range"]["start"]["line"] for mark in editor.diagnostics[model]][:1] == [2]
    assert editor.diagnostics[shared] == []


def test_our_rules_are_not_marked(editor: LanguageServer) -> None:
    """The packaged rules and the cookbook have no mark: each file names a schema that is there, and is valid by it."""
    paths = [*(ROOT / "rules").glob("*.yaml"), *(ROOT / "docs" / "cookbook").rglob("*.yaml")]
    assert len(paths) > 20
    uris = editor.open({path: path.read_text(encoding="utf-8") for path in paths})
    assert {uri: editor.diagnostics[uri] for uri in uris if editor.diagnostics[uri]} == {}
