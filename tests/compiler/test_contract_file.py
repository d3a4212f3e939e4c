"""A contract is read relative to the rules, inside the repository, and every other path is refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgrules.compiler.build import build
from imgrules.compiler.read.contract_file import read_contract
from imgrules.errors import RulesError

SHARED = "language: 1\ntypes: {image: {contract: %s, fields: {prompt: {send: prompt}}}}\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a folder of rules in a repository, with contracts inside and outside of it."""
    folder = tmp_path / "repository" / "product" / "rules"
    folder.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (tmp_path / "outside.json").write_text("{}")
    (folder.parents[1] / "inside.json").write_text("{}")
    (folder / "to-inside.json").symlink_to("../../inside.json")
    (folder / "to-outside.json").symlink_to(tmp_path / "outside.json")
    (folder / "folder.json").mkdir()
    (folder / "large.json").write_bytes(b" " * (2**20 + 1))
    return folder


@pytest.mark.parametrize("written", ["../../inside.json", "../rules/../../inside.json", "to-inside.json"])
def test_a_contract_inside_the_repository_is_read(rules: Path, written: str) -> None:
    """Steps out of the folder, and links, may lead anywhere inside the repository."""
    assert read_contract(rules, written).raw == b"{}"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("../../../outside.json", "lies outside of the repository"),
        ("to-outside.json", "lies outside of the repository"),
        ("nothing.json", "does not exist"),
        ("folder.json", "is no file"),
        ("large.json", "has more than 1,048,576 bytes"),
        ("inside.json/x.json", "does not exist"),
    ],
)
def test_another_contract_is_not_read(rules: Path, written: str, reason: str) -> None:
    """Nothing is read out of the repository, by no link either, and each reason has its sentence and a hint."""
    file = read_contract(rules, written)
    assert file.raw == b""
    assert file.message == f"the contract `{written}` {reason}"
    assert file.hint


def test_a_contract_of_this_name_that_is_near_is_named(rules: Path) -> None:
    """Rules that were copied name a contract that lies beside them now; none outside of the repository is named."""
    (rules / "near.json").write_text("{}")
    assert (
        read_contract(rules, "../schemas/near.json").hint
        == "name a path relative to the folder of the rules; there is `near.json`"
    )
    (rules / ".git").mkdir()
    (rules.parent / "above.json").write_text("{}")
    assert read_contract(rules, "schemas/above.json").hint.endswith("and put the contract there")


def test_without_a_repository_the_parent_of_the_rules_is_the_limit(rules: Path, tmp_path: Path) -> None:
    """Where no folder above has `.git`, a contract beside the folder of the rules is read, and none above its parent."""
    (tmp_path / "repository" / ".git").rmdir()
    (rules.parent / "beside.json").write_text("{}")
    assert read_contract(rules, "../beside.json").raw == b"{}"
    assert read_contract(rules, "../../inside.json").message.endswith("lies outside of the repository")


@pytest.mark.parametrize("written", ["/etc/passwd", "https://example.org/a.json", "C:/a.json", '"a\\\\b.json"', '""'])
def test_an_absolute_path_is_no_contract(rules: Path, written: str) -> None:
    """An absolute path, an address or a backslash is an error of the shared file, at its place."""
    (rules / "_shared.yaml").write_text(SHARED % written)
    (rules / "demo.yaml").write_text("name: Demo\n")
    report = build(rules).report
    assert [(error.code.id, error.spot.start.line) for error in report.errors][:1] == [("IR105", 2)]


def test_a_service_does_not_load_rules_whose_contract_is_gone(rules: Path) -> None:
    """The error keeps the table from being loaded: a proof is never left out in silence."""
    from imgrules import load  # noqa: PLC0415

    (rules / "_shared.yaml").write_text(SHARED % "../../inside.json")
    (rules / "demo.yaml").write_text("name: Demo\n")
    assert list(load(rules).table.models) == ["demo"]
    (rules.parents[1] / "inside.json").unlink()
    with pytest.raises(RulesError, match="IR310"):
        load(rules)
