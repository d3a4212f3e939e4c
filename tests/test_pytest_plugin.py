"""`pytest --imgrules rules/` runs files and examples as test cases; without the option, nothing of imgrules is imported."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

# A run inside of this process forgets what it imported: what the plugin imports has to be there before.
from imgrules.cli.checking import check_targets
from imgrules.cli.render import examples_text, text
from imgrules.compiler import tested
from imgrules.compiler.report.proof_record import Proof
from imgrules.proofs import proof
from tests.packaged import copied_with_contract

LOADED = (check_targets, examples_text, proof, text, tested)

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
PLUGIN = ("-p", "no:cacheprovider", "-p", "no:randomly")


@pytest.fixture
def rules(pytester: pytest.Pytester) -> Path:
    """Return the folder of a project with the packaged rules, and one test of its own."""
    copied_with_contract(pytester.path / "rules")
    pytester.makepyfile(test_own="def test_own(): pass")
    return pytester.path / "rules"


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_files_proofs_and_examples_are_cases(pytester: pytest.Pytester, rules: Path) -> None:
    """Each file has a case, each model its proof, and each run of an example; one can be run alone; own tests run as before."""
    pytester.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)
    pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules").assert_outcomes(passed=1 + 3 + 2 + 8)
    pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "rules/gpt-image-2.yaml::example 2").assert_outcomes(passed=1)
    proved = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "rules/gpt-image-2.yaml::proof", "-rA")
    proved.assert_outcomes(passed=1)
    proved.stdout.fnmatch_lines(["proved: 9 selections x 2 sets of open gates*", "PASSED rules/gpt-image-2.yaml::proof"])
    _edit(
        rules / "gpt-image-2.yaml",
        '{ratio: "3:2", quality: low}, expect',
        '{ratio: "3:2"}, over: {quality: [low, medium]}, expect',
    )
    result = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "test_own.py", "-rA")
    result.assert_outcomes(passed=1 + 3 + 2 + 8, failed=1)
    result.stdout.fnmatch_lines(
        ["*= credits  expected `5`, got `8`", 'FAILED rules/gpt-image-2.yaml::example 1 with quality "medium"*']
    )
    assert "Traceback" not in result.stdout.str()


def test_a_broken_file_fails(pytester: pytest.Pytester, rules: Path) -> None:
    """A file with a mistake fails with the message of `check`; its examples are no cases, those of others are."""
    _edit(rules / "nano-banana-2.yaml", "quality:", "qualtiy:")
    result = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules")
    result.assert_outcomes(passed=1 + 2 + 1 + 4, failed=1)
    result.stdout.fnmatch_lines(["error?IR*", "*FAILED rules/nano-banana-2.yaml::check*"])
    assert pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "nowhere").ret == pytest.ExitCode.USAGE_ERROR


def test_what_does_not_hold_fails(pytester: pytest.Pytester, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A counter-example of a proof fails the case `proof` of each file, with what the command line shows, and nothing else."""
    assert rules.is_dir()
    monkeypatch.setattr("imgrules.proofs.proof.prove", lambda *_: Proof(1, 9, failures=("nano: two prices",)))
    found = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules")
    found.assert_outcomes(passed=1 + 3 + 8, failed=2)
    found.stdout.fnmatch_lines(["disproved: nano: two prices", "FAILED rules/gpt-image-2.yaml::proof*"])


def test_a_mistake_of_a_file_that_pytest_does_not_collect_fails(pytester: pytest.Pytester, rules: Path) -> None:
    """A missing shared file and a link to nowhere are mistakes of `check`, so they fail here too, once each."""
    (rules / "zeta.yaml").symlink_to("nowhere.yaml")
    result = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "rules")
    result.assert_outcomes(passed=2 + 2 + 8, failed=1)
    result.stdout.fnmatch_lines(["*--> *zeta.yaml:1:1", "*FAILED rules/_shared.yaml::check*"])
    (rules / "zeta.yaml").unlink()
    (rules / "_shared.yaml").unlink()
    result = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "rules")
    result.stdout.fnmatch_lines(["error?IR303*", "*FAILED rules/gpt-image-2.yaml::check*"])


def test_rules_that_cannot_be_compiled_are_an_error_with_one_sentence(pytester: pytest.Pytester, rules: Path) -> None:
    """A folder with a shared file and no model is an error of that file, without a traceback."""
    for path in rules.glob("[!_]*.yaml"):
        path.unlink()
    result = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "rules")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*rules holds no model file*", "ERROR rules/_shared.yaml*"])
    assert "Traceback" not in result.stdout.str()
    assert "pytest_imgrules.py" not in result.stdout.str()


def test_a_broken_shared_file_fails_alone(pytester: pytest.Pytester, rules: Path) -> None:
    """Its case `check` fails; those of the models say nothing of their own, and there are no proofs and examples without it."""
    _edit(rules / "_shared.yaml", "types:", "types_:")
    result = pytester.runpytest_inprocess(*PLUGIN, "--imgrules", "rules", "rules")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*FAILED rules/_shared.yaml::check*"])


def test_nothing_is_imported_before() -> None:
    """The plugin is beside the package, is the entry point, and imports nothing of imgrules but inside functions."""
    tree = ast.parse((ROOT / "pytest_imgrules.py").read_text("utf-8"))
    imported = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [line for line in imported if "imgrules" in line]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["entry-points"]["pytest11"] == {"imgrules": "pytest_imgrules"}
    assert "pytest_imgrules.py" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
