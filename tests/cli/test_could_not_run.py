"""A command that could not run says so in the format that was asked for, and on standard error, and exits with 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import junitparser
import pytest

from tests.cli.conftest import CommandResult
from tests.cli.readers import ROOT, commands, schema

Call = Callable[..., CommandResult]
CAUSES = {
    "check": ["check", "nowhere"],
    "test": ["test", "nowhere"],
    "diff": ["diff", "nowhere", "rules"],
    "unknown-flag": ["diff", "rules", "--oops"],
    "wrong-value": ["test", "--min-coverage", "much"],
    "hostile-name": ["check", "no\n::error::x <b>\udcff"],
}


def said(err: str) -> str:
    """Return the first words of what stands on standard error."""
    return next(line.partition(": ")[2].removeprefix("error: ") for line in err.splitlines() if line.startswith("imgrules"))


@pytest.mark.parametrize("cause", CAUSES)
def test_every_format_of_programs_is_valid_and_says_why(call: Call, workdir: Path, cause: str) -> None:
    """The document has the reason as its one finding, an error; people read the same on standard error."""
    del workdir
    words = CAUSES[cause]
    results = {name: call(*words, "--format", name) for name in ("json", "gitlab", "sarif", "junit", "github")}
    assert {result.code for result in results.values()} == {2}
    why = said(results["json"].err)
    assert len({result.err for result in results.values()}) == 1
    report = json.loads(results["json"].out)
    published = json.loads((ROOT / "schemas" / f"{words[0]}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(published).validate(report)
    assert not jsonschema.Draft202012Validator(published).is_valid({"schema_version": 1})
    assert why in report["could_not_run"]
    quality = json.loads(results["gitlab"].out)
    schema("gitlab-code-quality").validate(quality)
    assert [(entry["severity"], why in entry["description"]) for entry in quality] == [("critical", True)]
    sarif = json.loads(results["sarif"].out)
    schema("sarif-2.1.0").validate(sarif)
    assert [(result["level"], why in result["message"]["text"]) for result in sarif["runs"][0]["results"]] == [("error", True)]
    (suite,) = junitparser.JUnitXml.fromstring(results["junit"].out.encode())
    assert (suite.tests, suite.failures) == (1, 1)
    assert why in next(iter(suite)).result[0].text
    (command,) = commands(results["github"].out)
    assert (command.name, command.message.startswith(why)) == ("error", True)


@pytest.mark.parametrize("name", ["text", "markdown", "concise"])
def test_a_format_for_people_prints_nothing(call: Call, workdir: Path, name: str) -> None:
    """What people read stands on standard error alone, and no old comment is replaced."""
    del workdir
    words = ["check", "nowhere"] if name == "concise" else ["diff", "nowhere", "rules"]
    result = call(*words, f"--format={name}")
    assert (result.code, result.out) == (2, "")
    assert "nowhere" in result.err


def test_an_unknown_format_has_no_document(call: Call, workdir: Path) -> None:
    """Nothing is printed in a format that does not exist, or that another command has."""
    del workdir
    for words in (["check", "--format", "gitlb"], ["check", "--format", "markdown"], ["decide", "--format", "gitlab"]):
        result = call(*words)
        assert (result.code, result.out) == (2, "")


def test_no_example_is_a_finding(call: Call, workdir: Path) -> None:
    """`test` without an example exits with 2, and each format says that nothing was tested."""
    for path in (workdir / "rules").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").partition("\nexamples:")[0] + "\n", encoding="utf-8")
    results = {name: call("test", "--format", name) for name in ("gitlab", "sarif", "junit", "github")}
    assert {result.code for result in results.values()} == {2}
    (entry,) = json.loads(results["gitlab"].out)
    assert "no example was run" in entry["description"]
    schema("sarif-2.1.0").validate(json.loads(results["sarif"].out))
    assert "no example was run" in results["sarif"].out
    assert sum(suite.failures for suite in junitparser.JUnitXml.fromstring(results["junit"].out.encode())) == 1
    assert [command.message for command in commands(results["github"].out)] == ["no example was run"]
