"""What other programs read: each format is accepted by a schema or a parser that refuses a broken document."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import junitparser
import pytest

from imgrules.cli.printing.style import PLAIN
from imgrules.cli.render import FORMATS, render
from imgrules.cli.render.findings.findings import findings_of
from imgrules.cli.render.github import MOST
from imgrules.cli.render.parts.markdown_parts import plain
from imgrules.compiler.build import build_texts
from imgrules.compiler.report.diagnostics import Accepted, Code, Diagnostic, Report, Severity, spot
from imgrules.compiler.source import Source, Span
from tests.cli.conftest import CommandResult
from tests.cli.readers import CONTROL, HOSTILE, ROOT, commands, schema


@pytest.fixture(scope="module")
def report() -> Report:
    """Return the report of rules with hostile texts and several mistakes: one twice, one with another place, an example."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "rules").glob("*.yaml")}
    texts["gpt-image-2"] = texts["gpt-image-2"].replace("status: locked, gate: member", "status: allowed")
    nano = texts["nano-banana-2"]
    texts["nano-banana-2"] = f"{json.dumps(HOSTILE)}: 1\n{nano}\nlimits: [{{whn: 1}}, {{whn: 1}}]\n"
    return build_texts(texts).report


def many(errors: int, warnings: int) -> Report:
    """Return a report with many different mistakes in one file."""
    source = Source("rules/a.yaml", "x\n" * 50)
    codes = [Code("IR999", "made-up", Severity.ERROR, "a page"), Code("IR998", "made-up-too", Severity.WARNING, "a page")]
    return Report(
        tuple(
            Diagnostic(code, f"mistake {number}", spot(source, Span(2 * number, 2 * number + 1)))
            for code, count in zip(codes, (errors, warnings), strict=True)
            for number in range(count)
        ),
        1,
    )


def test_github(report: Report) -> None:
    """Each finding is one command with its place, and no text of a rule file begins another."""
    found = [*commands(render("github", report, PLAIN))]
    assert {command.name for command in found} <= {"error", "warning"}
    assert len(found) == len(report.diagnostics)
    failed = next(command for command in found if command.properties["title"].startswith("IR401"))
    assert failed.properties | {"line": "", "endLine": ""} == {
        "file": "gpt-image-2.yaml",
        "line": "",
        "endLine": "",
        "col": "54",
        "endColumn": "69",
        "title": "IR401 example-fails",
    }
    assert failed.message.splitlines()[0] == "`status` is `locked`, but `allowed` is expected"
    assert sum("::stop-commands::y" in command.message for command in found) == 1
    assert any("1 more like this" in command.message for command in found)


def test_github_counts_what_it_does_not_show() -> None:
    """GitHub shows ten annotations of a level: the last one says how many more there are. Equal ones are folded."""
    found = [*commands(render("github", many(MOST, MOST + 3), PLAIN))]
    assert [sum(command.name == level for command in found) for level in ("error", "warning")] == [MOST, MOST]
    assert found[-1].message == "and 4 warnings more; the job summary lists all"
    everywhere = [
        replace(entry, spot=replace(entry.spot, file=f"{file}.yaml")) for entry in many(1, 0).diagnostics for file in "abc"
    ]
    (folded,) = commands(render("github", Report(tuple(everywhere), 3), PLAIN))
    assert folded.message == "mistake 0\nthe same at 2 other places"


def test_the_job_summary(call: Callable[..., CommandResult], workdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--format github`, the summary of the job lists every finding, and texts of rule files are no markup there."""
    summary = workdir / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    rules = workdir / "rules" / "gpt-image-2.yaml"
    rules.write_text(f"{json.dumps(HOSTILE)}: 1\n{rules.read_text('utf-8')}", encoding="utf-8")
    summary.write_text("before\n", encoding="utf-8")
    assert call("check", "--format", "text").code == 1
    assert summary.read_text(encoding="utf-8") == "before\n"
    assert call("check", "--format", "github").code == 1
    lines = summary.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["before", "### imgrules check", "", "3 files checked, 4 examples run: 1 error"]
    (row,) = lines[7:-1]
    assert row.startswith("| error `IR101` | rules/gpt-image-2.yaml:1 | ")
    assert call("check", "--format", "github").out.count("::error ") == 1
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(workdir))
    result = call("check", "--format", "github")
    assert (result.code, "the job summary was not written" in result.err) == (1, True)


def test_texts_of_files_are_no_markup() -> None:
    """In Markdown, a text shows as it is: no tag, link, mention, reference or new cell, and backslashes do not hide each other."""
    assert plain("<b>&[a](https://b.example) @team #1 GH-2 |`x` www.c.example ghost $y$ _z_ \\*") == (
        r"\<b>\&\[a\](https://<!-- -->b.example) @<!-- -->team \#<!-- -->1 GH<!-- -->-2 \|\`x\` www<!-- -->.c.example ghost"
        r" \$y\$ \_z\_ \\\*"
    )
    assert "\n" not in plain(HOSTILE)


def test_sarif(report: Report) -> None:
    """The document is valid, describes the kinds that occur, and has relative places that a viewer can open."""
    document = json.loads(render("sarif", report, PLAIN))
    valid = schema("sarif-2.1.0")
    valid.validate(document)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(dict.fromkeys(entry.code.id for entry in report.diagnostics))
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[\w./%-]+", place["uri"])
        assert "](" not in result["message"]["text"]
    assert [
        len(result.get("relatedLocations", ())) for result in run["results"] if "more like" in result["message"]["text"]
    ] == [1]
    for broken in (
        {"level": "bad"},
        {"message": "a text"},
        {"locations": [{"physicalLocation": {"region": {"startLine": 0}}}]},
    ):
        run["results"][0] |= broken
        assert not valid.is_valid(document)
        run["results"][0] = json.loads(render("sarif", report, PLAIN))["runs"][0]["results"][0]
    valid.validate(json.loads(render("sarif", Report((), 2, 3), PLAIN)))


def test_what_is_accepted_and_what_was_tried() -> None:
    """SARIF lists what is accepted as suppressed, with the reason; the other formats count it. What was tried is data too."""
    given = many(1, 1)
    report = Report(given.diagnostics[:1], 1, accepted=(Accepted(given.diagnostics[1], f"meant {HOSTILE}"),), tried=(HOSTILE,))
    document = json.loads(render("sarif", report, PLAIN))
    schema("sarif-2.1.0").validate(document)
    first, second = document["runs"][0]["results"]
    assert "suppressions" not in first
    assert second["suppressions"][0]["justification"].startswith("meant ::error::x<U+000A>")
    assert len(json.loads(render("gitlab", report, PLAIN))) == 1
    out = render("github", report, PLAIN)
    assert len([*commands(out)]) == 1
    assert "1 error; 1 warning accepted\ntried, and not proved: ::error" in out
    page = findings_of(report).page()
    assert "\n\ntried, and not proved: ::error::x\\<U+000A>" in page
    assert "@team" not in page


def test_gitlab(report: Report) -> None:
    """The document is valid, and no two findings have one fingerprint, because GitLab shows only the first of them."""
    document = json.loads(render("gitlab", report, PLAIN))
    valid = schema("gitlab-code-quality")
    valid.validate(document)
    assert len({entry["fingerprint"] for entry in document}) == len(document) == len(report.diagnostics)
    failed = next(entry for entry in document if entry["check_name"] == "example-fails")
    assert failed["severity"] == "critical"
    assert "\n" not in failed["description"]
    for broken in ({"severity": "error"}, {"location": {"path": "/a.yaml", "lines": {"begin": 1}}}, {"fingerprint": None}):
        assert not valid.is_valid([document[0] | broken])
    assert render("gitlab", Report((), 2, 3), PLAIN) == "[]\n"


def test_junit(report: Report) -> None:
    """A parser of JUnit finds a case for each file and each example, and those that failed."""
    text = render("junit", report, PLAIN)
    suites = {suite.name: suite for suite in junitparser.JUnitXml.fromstring(text.encode())}
    assert suites.keys() == {"_shared.yaml", "gpt-image-2.yaml", "nano-banana-2.yaml"}
    cases = {name: [*suite] for name, suite in suites.items()}
    assert [case.name for case in cases["gpt-image-2.yaml"][:2]] == [
        "gpt-image-2.yaml",
        'example 1: {ratio: "3:2", quality: "low"}',
    ]
    assert [bool(case.result) for case in cases["gpt-image-2.yaml"]] == [False, False, True, False, False]
    (broken,) = cases["nano-banana-2.yaml"]
    assert "::stop-commands::y" in broken.result[0].text
    for suite, cases_of in zip(suites.values(), cases.values(), strict=True):
        assert (suite.tests, suite.failures) == (len(cases_of), sum(bool(case.result) for case in cases_of))
    for wrong in (text[: len(text) // 2], text.replace("</failure>", "", 1), "<report/>"):
        with pytest.raises((junitparser.JUnitXmlError, SyntaxError)):
            junitparser.JUnitXml.fromstring(wrong.encode())


def test_messages_are_no_commands(call: Callable[..., CommandResult], workdir: Path) -> None:
    """A message on standard error holds no command either, whatever the names in it."""
    del workdir
    assert [*commands(call("check", "##[set-output name=x]y").err)] == []
    assert "## [set-output" in call("check", "##[set-output name=x]y").err


def test_junit_fails_for_what_fails_the_run() -> None:
    """A warning fails its case where it fails the run, and is said beside a case that passes elsewhere."""
    tolerant, strict = many(0, 1), replace(many(0, 1), fails_on=Severity.WARNING)
    passed, failed = (
        next(iter(junitparser.JUnitXml.fromstring(render("junit", given, PLAIN).encode()))) for given in (tolerant, strict)
    )
    assert (passed.failures, failed.failures) == (0, 1)
    assert "mistake 0" in next(iter(passed)).system_out
    (one,) = many(1, 0).diagnostics
    for path, failing in ((("limits", 0), [True, False]), (("examples", 0, "expect"), [False, True])):
        report = Report((replace(one, spot=replace(one.spot, path=path)),), 1, 1, selections={one.spot.file: ({},)})
        (suite,) = junitparser.JUnitXml.fromstring(render("junit", report, PLAIN).encode())
        assert [bool(case.result) for case in suite] == failing


def test_the_examples(call: Callable[..., CommandResult], workdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`imgrules test` has the formats too: a case for each example, and each combination that fails at its place."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(workdir / "summary.md"))
    rules = workdir / "rules" / "gpt-image-2.yaml"
    text = rules.read_text(encoding="utf-8")
    first = '{select: {ratio: "3:2", quality: low}, expect: {status: allowed, credits: 5}}'
    assert first in text
    over = '{select: {quality: low}, over: {ratio: ["3:2", "1:1"]}, expect: {status: allowed, credits: 6}}'
    rules.write_text(text.replace(first, over), encoding="utf-8")
    found = [*commands(call("test", "--format", "github").out)]
    assert [command.properties["line"] for command in found] == ["15", "15"]
    assert found[0].message.splitlines()[0] == 'with ratio "3:2": `credits` is `5`, but `6` is expected'
    assert (
        (workdir / "summary.md")
        .read_text(encoding="utf-8")
        .startswith("### imgrules test\n\n2 models tested, 9 examples run: 2 failed")
    )
    cases = [
        case for suite in junitparser.JUnitXml.fromstring(call("test", "--format", "junit").out.encode()) for case in suite
    ]
    assert [case.name for case in cases if case.result] == [
        f'gpt-image-2 example 1 with ratio "{ratio}"' for ratio in ("3:2", "1:1")
    ]
    assert len(cases) == 9
    schema("sarif-2.1.0").validate(json.loads(call("test", "--format", "sarif").out))
    before = json.loads(call("test", "--format", "gitlab").out)
    schema("gitlab-code-quality").validate(before)
    rules.write_text(
        text.replace(first, f'{{select: {{ratio: "1:1", quality: high}}, expect: {{status: locked}}}}\n  - {over}'), "utf-8"
    )
    after = json.loads(call("test", "--format", "gitlab").out)
    assert [entry["fingerprint"] for entry in after] == [entry["fingerprint"] for entry in before]
    rules.write_text(f"name: [\n{text}", encoding="utf-8")
    broken = call("test", "--format", "junit")
    assert broken.code == 2
    assert "error[IR" in broken.out


def test_fingerprints_are_stable() -> None:
    """A fingerprint does not change when lines are added above, or an equal finding below; it changes with the mistake."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "rules").glob("*.yaml")}
    texts["gpt-image-2"] = texts["gpt-image-2"].replace("status: locked", "status: allowed")
    moved = {stem: f"# a line\n\n{text}" for stem, text in texts.items()}
    other = texts | {"gpt-image-2": texts["gpt-image-2"].replace("status: allowed", "status: impossible")}
    before, after, changed = (
        [entry.fingerprint for entry in findings_of(build_texts(given).report).annotations] for given in (texts, moved, other)
    )
    assert before == after != changed
    assert len(before) == 1
    (one,) = many(1, 0).diagnostics
    equal = findings_of(Report((one, replace(one, hint="another hint")), 1)).annotations
    assert len({entry.fingerprint for entry in equal}) == 2


def test_places_are_those_of_the_repository(call: Callable[..., CommandResult], workdir: Path) -> None:
    """In a folder of a repository, a place is named from the root of the repository; outside of it, it is absolute."""
    (workdir / ".git").mkdir()
    rules = workdir / "rules" / "gpt-image-2.yaml"
    rules.write_text(rules.read_text("utf-8") + "extra: 1\n", encoding="utf-8")
    with contextlib.chdir(workdir / "rules"):
        (command,) = commands(call("check", "--format", "github").out)
    assert command.properties["file"] == "rules/gpt-image-2.yaml"
    other = workdir / "elsewhere"
    other.mkdir()
    (other / ".git").mkdir()
    with contextlib.chdir(other):
        document = json.loads(call("check", "../rules", "--format", "sarif").out)
    (result,) = document["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": rules.as_uri()}


def test_texts_of_files_are_data_in_every_format() -> None:
    """File names, messages and hints with control characters and markup stay data, and a document stays one document."""
    text = HOSTILE + CONTROL
    at = replace(spot(Source(f"rules/{text}.yaml", text), Span(0, 1)), label="[a](b)")
    diagnostic = Diagnostic(Code("IR999", "made-up", Severity.ERROR, "a page"), text, at, text, (at,), (), (at, at))
    outputs = {name: render(name, Report((diagnostic,), 1), PLAIN) for name in FORMATS}
    (command,) = commands(outputs["github"])
    assert command.name == "error"
    assert command.properties["title"] == "IR999 made-up"
    schema("sarif-2.1.0").validate(json.loads(outputs["sarif"]))
    schema("gitlab-code-quality").validate(json.loads(outputs["gitlab"]))
    (case,) = next(iter(junitparser.JUnitXml.fromstring(outputs["junit"].encode())))
    assert case.result[0].text.startswith("error[IR999] 1:1: ::error::x<U+000A>::stop-commands::y<U+000D>%0A")
    assert len(outputs["github"].splitlines()) == 2
    shown = "".join(outputs[name] for name in ("github", "junit", "text", "concise"))
    assert [*commands(outputs["text"] + outputs["concise"])] == []
    assert "](" not in outputs["sarif"]
    assert [sign for sign in "\x1b\0\ufffe\udcff\u2028\r" if sign in shown] == []


def test_the_json_of_check_has_a_schema(report: Report, call: Callable[..., CommandResult], workdir: Path) -> None:
    """What `--format json` prints is as `schemas/check.schema.json` says, also with fixes; a broken document is not."""
    document = json.loads((ROOT / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
    valid = jsonschema.Draft202012Validator(document)
    rules = workdir / "rules" / "gpt-image-2.yaml"
    rules.write_text(rules.read_text("utf-8").replace('"3:2"', "3:2"), encoding="utf-8")
    shown = json.loads(call("check", "--diff", "--format", "json").out)
    assert shown["corrections"]["files"][0]["diff"]
    for given in (shown, json.loads(render("json", report, PLAIN)), json.loads(call("check", "--fix", "--format", "json").out)):
        valid.validate(given)
        assert not valid.is_valid(given | {"errors": "none"})
        assert not valid.is_valid({key: part for key, part in given.items() if key != "more"})
