"""Every example of the language page is a valid model file, whose own examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imgrules import Rules
from imgrules.cli.main import main
from imgrules.compiler.build import build_texts
from imgrules.compiler.source import ContractFile
from imgrules.compiler.spec import examples, price
from imgrules.compiler.spec import model as spec
from imgrules.compiler.spec import shared as shared_spec
from imgrules.compiler.spec import types as words
from tests.packaged import shared_text

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
GATE = "gates:\n  beta: {opens_with: [beta], label: Beta}\n"
SHARED = shared_text().replace("gates:\n", GATE)
SHARED = SHARED.replace("    fields:\n", "    fields:\n      max_credits: {send: max_credits, cap: true, optional: true}\n", 1)
HEAD = {"name": "Demo", "type": "image", "provider": "demo", "model": "demo"}

PARTS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def whole_file(part: str) -> str:
    """Return a part of a model file, completed with the keys that every file needs."""
    head = "".join(f"{key}: {value}\n" for key, value in HEAD.items() if not re.search(rf"(?m)^{key}:", part))
    return head + part


@pytest.mark.parametrize("part", PARTS)
def test_an_example_of_the_page_checks_clean(part: str) -> None:
    """An example of the page has no mistakes, and its examples are run."""
    report = build_texts({"_shared": SHARED, "demo": whole_file(part)}).report
    assert [
        f"{diagnostic.spot.start.line}: {diagnostic.code.id} {diagnostic.message}; {diagnostic.hint}"
        for diagnostic in report.diagnostics
    ] == []
    assert report.examples > 0


def test_outputs_of_the_page_are_those_of_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a command prints on the page is what it prints for the first example of the section."""
    outputs = 0
    for section in PAGE.split("\n## ")[1:]:
        for command, printed in re.findall(r"^```console\n\$ imgrules ([^\n]*)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL):
            (tmp_path / "_shared.yaml").write_text(SHARED, encoding="utf-8")
            part = re.findall(r"^```yaml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[0]
            (tmp_path / "demo.yaml").write_text(whole_file(part), encoding="utf-8")
            assert main([*command.split(), "--rules", str(tmp_path)]) == 0
            assert capsys.readouterr() == (printed, "")
            outputs += 1
    assert outputs


def test_rule_sets_of_the_page_check_clean() -> None:
    """The files of a rule set on the page, which are named with a folder, have no mistakes, and their examples are run."""
    sets: dict[str, dict[str, str]] = {}
    for folder, stem, text in re.findall(r"^```yaml (\w+)/(\w+)\.yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        sets.setdefault(folder, {})[stem] = text
    assert sets
    contracts = dict(re.findall(r"^```json (\w+/\w+\.json)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    for name, texts in sets.items():
        report = build_texts(texts, contracts=lambda path: ContractFile(contracts[f"{name}/{path}"].encode())).report  # noqa: B023
        assert [f"{diagnostic.spot.file}: {diagnostic.message}" for diagnostic in report.diagnostics] == []
        assert report.examples > 0


def shared_example(name: str) -> str:
    """Return the example of the page for the shared file with this name."""
    return str(re.findall(rf"^```yaml {name}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0])


def test_the_shared_files_of_the_page_check_clean_and_translate() -> None:
    """With a model of two qualities the shared files have no errors, and a refusal is in German."""
    model = f"{whole_file('')}options: {{quality: {{values: [low, high]}}}}\nexamples: [{{select: {{quality: low}}, expect: {{status: allowed}}}}]\n"
    built = build_texts(
        {"_shared": shared_example("_shared.yaml"), "_messages": shared_example("_messages.yaml"), "demo": model}
    )
    assert [diagnostic.code.id for diagnostic in built.report.errors] == []
    assert built.table is not None
    decision = Rules(built.table).decide({"model": "demo", "quality": "8K"}, language="de")
    assert decision.reasons == ("demo bietet quality `8K` nicht an; wähle `low` oder `high`",)


def keywords(*modules: object) -> set[str]:
    """Return every key of the blocks that some modules define."""
    blocks = [
        block
        for module in modules
        for block in vars(module).values()
        if isinstance(block, type) and issubclass(block, words.Closed)
    ]
    return {field.alias or name for block in blocks for name, field in block.model_fields.items()} - {"$schema"}


def test_the_page_counts_the_keywords() -> None:
    """The page states the number of keywords of the spec, in all and in a model file."""
    whole, own = len(keywords(words, price, examples, spec, shared_spec)), len(keywords(words, price, examples, spec))
    assert f"The language has {whole} keywords, {own} of them in a model file" in PAGE


def test_the_grammar_names_every_keyword() -> None:
    """Each key of the spec is in the grammar, except for those of results."""
    grammar = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0]
    of_results = {"read", "state", "running", "succeeded", "failed", "main", "thumbnail", "artifacts"}
    assert keywords(words, price, examples, spec, shared_spec) - of_results - set(re.findall(r"[a-z_]+", grammar)) == set()
