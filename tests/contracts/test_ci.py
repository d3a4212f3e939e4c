"""The hook, the action and the snippets of docs/ci.md do in a scratch repository what the page says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from tests.cli.readers import schema
from tests.packaged import copied_with_contract

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), re.DOTALL)


@dataclass(frozen=True)
class Scratch:
    """A repository with rules: a release, a base with another price, and a branch in which a value is for members only."""

    folder: Path
    env: Mapping[str, str]
    release: str
    base: str
    head: str

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the repository."""
        return subprocess.run(
            words, cwd=self.folder, env={**self.env, **more}, check=False, capture_output=True, text=True, timeout=60
        )

    def script(self, text: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a script as a runner of GitHub does."""
        return self.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text, **more)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """Return the repository, with imgrules on the path of its environment."""
    home = tmp_path_factory.mktemp("ci")
    folder, programs = home / "work", home / "bin"
    programs.mkdir()
    for name, text in (("imgrules", f'exec "{sys.executable}" -m imgrules "$@"'), ("pip", "exit 0")):
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    (programs / "python3").symlink_to(sys.executable)
    env = {name: text for name, text in os.environ.items() if not re.match("GIT|CI|NO_COLOR|FORCE_COLOR|COV", name)} | {
        "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
    }
    (home / "gitconfig").write_text("[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n", encoding="utf-8")
    copied_with_contract(folder / "rules")
    made = Scratch(folder, env, "", "", "")
    rules = folder / "rules" / "gpt-image-2.yaml"
    texts = [rules.read_text(encoding="utf-8")]
    edits = (
        ("Standard, credits: 8}", "Standard, credits: 9}"),
        ("expect: {status: allowed, credits: 5}", "expect: {status: locked}"),
        ("Basic, credits: 5}", "Basic, credits: 5, gate: member}"),
    )
    assert [texts[0].count(old) for old, _ in edits] == [1, 1, 1]
    texts.append(texts[0].replace(*edits[0]))
    texts.append(texts[1].replace(*edits[1]).replace(*edits[2]))
    commits = []
    for text, then in zip(texts, ("git tag v1", "git checkout -q -b edit", "true"), strict=True):
        rules.write_text(text, encoding="utf-8")
        done = made.script(f"[ -d .git ] || git init -q; git add -A; git commit -qm edit; git rev-parse HEAD; {then}")
        assert done.returncode == 0, done.stderr
        commits.append(done.stdout.strip())
    return Scratch(folder, env, *commits)


@dataclass
class GitHub:
    """What a job of GitHub gives to an action: the context of expressions, and files that steps write to."""

    scratch: Scratch
    home: Path
    context: dict[str, str]
    env: dict[str, str] = field(default_factory=dict)

    def value(self, text: str) -> str:
        """Return a text with its expressions replaced by their values."""
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: str(self.evaluated(match[1])), text)

    def evaluated(self, expression: str) -> Any:
        """Return the value of an expression, of the few forms that the action has."""
        python = re.sub(r"'[^']*'|\b[a-z][\w-]*(?:\.[\w-]+)+", self._operand, expression)
        return eval(python.replace("||", " or ").replace("&&", " and "))  # noqa: S307  the text is in this repository

    def _operand(self, match: re.Match[str]) -> str:
        return match[0] if match[0].startswith("'") else repr(self.context.get(match[0], ""))

    def step(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a step, and take its outputs into the context."""
        step = STEPS[name]
        output = self.home / "output"
        output.write_text("", encoding="utf-8")
        given = {key: self.value(text) for key, text in step.get("env", {}).items()}
        done = self.scratch.script(step["run"], **self.env, **given, GITHUB_OUTPUT=str(output))
        for line in output.read_text(encoding="utf-8").splitlines():
            key, _, text = line.partition("=")
            self.context[f"steps.{name}.outputs.{key}"] = text
        return done


class Comments(BaseHTTPRequestHandler):
    """The comments of a pull request, as GitHub serves them."""

    listed: ClassVar[list[dict[str, Any]]] = []
    calls: ClassVar[list[str]] = []

    def _answer(self, document: object) -> None:
        self.calls.append(f"{self.command} {self.path}")
        self.send_response(200 if self.headers["Authorization"] == "Bearer secret" else 403)
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def _body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def do_GET(self) -> None:
        """Return the comments."""
        self._answer(self.listed)

    def do_POST(self) -> None:
        """Add a comment."""
        self.listed.append({"id": 7, "user": {"type": "Bot"}, "body": self._body()})
        self._answer({})

    def do_PATCH(self) -> None:
        """Replace a comment."""
        self.listed[-1]["body"] = self._body()
        self._answer({})

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@pytest.fixture
def api() -> Iterator[str]:
    """Return the address of a server with one comment of a person, who has copied the mark."""
    Comments.listed[:] = [{"id": 1, "user": {"type": "User"}, "body": "<!-- imgrules-diff rules -->\nmine"}]
    Comments.calls.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Comments)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def github(scratch: Scratch, tmp_path: Path, api: str) -> GitHub:
    """Return a job for a pull request from the branch of the scratch repository."""
    inputs = {f"inputs.{name}": given.get("default", "") for name, given in ACTION["inputs"].items()}
    event = {"base.sha": scratch.base, "number": "5", "head.repo.full_name": "o/r"}
    context = (
        inputs | {f"github.event.pull_request.{name}": text for name, text in event.items()} | {"github.repository": "o/r"}
    )
    files = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "RUNNER_TEMP": str(tmp_path)}
    given = {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_REPOSITORY": "o/r", "GITHUB_API_URL": api}
    return GitHub(scratch, tmp_path, context | {"inputs.token": "secret"}, files | given)


def test_the_action_comments_and_fails(github: GitHub) -> None:
    """All steps run: annotations, the summary, one comment that is updated in place, and the verdict of the worst command."""
    outputs = {name: github.step(name) for name in ("check", "test", "base", "release", "comment", "verdict")}
    assert {name: done.returncode for name, done in outputs.items()} == dict.fromkeys(outputs, 0) | {"verdict": 1}
    assert outputs["check"].stdout.splitlines()[-1].endswith("no mistakes")
    assert "::error file=rules/gpt-image-2.yaml,line=11," in outputs["base"].stdout
    assert [github.context[f"steps.{name}.outputs.code"] for name in ("check", "test", "base")] == ["0", "0", "1"]
    summary = (github.home / "summary.md").read_text(encoding="utf-8")
    assert (
        summary.index("### imgrules check")
        < summary.index("### imgrules diff: 1 breaking")
        < summary.index("## Since the last release")
    )
    assert Comments.calls == ["GET /repos/o/r/issues/5/comments?per_page=100&page=1", "POST /repos/o/r/issues/5/comments"]
    _, comment = (entry["body"] for entry in Comments.listed)
    assert comment.startswith("<!-- imgrules-diff rules -->\n### imgrules diff: 1 breaking change\n")
    assert "8 -> 9 credits" in comment.partition("<summary>Since the last release</summary>")[2]
    report = Path(github.context["steps.base.outputs.report"])
    report.write_text("<!-- imgrules-diff rules -->\n### imgrules diff: no changes\n", encoding="utf-8")
    assert github.step("comment").returncode == 0
    assert Comments.calls[-1] == "PATCH /repos/o/r/issues/comments/7"
    assert Comments.listed[-1]["body"].endswith(": no changes\n")
    Comments.listed.pop()
    assert github.step("comment").stdout == ""
    assert Comments.calls[-1].startswith("GET ")
    report.write_text("<!-- imgrules-diff rules -->\n### imgrules diff: 1 risky change\n", encoding="utf-8")
    github.context["inputs.token"] = "wrong"
    assert "it needs pull-requests: write" in github.step("comment").stdout
    github.env["GITHUB_API_URL"] = "http://127.0.0.1:1"
    unreached = github.step("comment")
    assert unreached.stderr.startswith("http://127.0.0.1:1 was not reached: ")


def test_the_action_never_takes_a_failure_for_no_change(github: GitHub) -> None:
    """A base that is not in the clone is exit code 2, with what to fetch; a first push has nothing to compare with."""
    github.context["inputs.base"] = "1" * 40
    assert "set fetch-depth 0" in github.step("base").stdout
    assert github.context["steps.base.outputs.code"] == "2"
    assert github.step("verdict").returncode == 2
    github.context |= {"inputs.base": "0" * 40, "steps.base.outputs.code": ""}
    assert "no earlier commit" in github.step("base").stdout
    assert github.step("verdict").returncode == 0


def test_the_pull_request_that_brings_the_rules(github: GitHub) -> None:
    """It has nothing to compare with; rules that were moved have, and a release without rules is only said."""
    scratch = github.scratch
    script = "git checkout -q --orphan new; git rm -rqf rules; git commit -q --allow-empty -m empty; git rev-parse HEAD"
    empty = scratch.script(f"{script}; git tag v0; git checkout -q edit").stdout.strip()
    try:
        github.context["inputs.base"] = empty
        parents = ("commit-tree", "-m", "all")
        tree = scratch.run("git", "rev-parse", "HEAD^{tree}").stdout.strip()
        joined = scratch.run("git", *parents, "-p", empty, tree).stdout.strip()
        scratch.run("git", "checkout", "-q", joined)
        assert "these rules are new" in github.step("base").stdout
        assert "steps.base.outputs.code" not in github.context
        github.context |= {"inputs.release": "v0", "inputs.base": scratch.base, "steps.base.outputs.base": scratch.base}
        github.context["steps.base.outputs.report"] = str(github.home / "report.md")
        released = github.step("release")
        assert (released.returncode, "cannot be compared with" in released.stdout) == (0, True)
        scratch.script("git mv rules sets && git commit -qm moved")
        github.context |= {"inputs.rules": "sets", "inputs.base": joined}
        unnamed = github.step("base").stdout
        place = f"it has rules elsewhere: if these were moved, compare with `{joined[:12]}:rules`"
        assert (place in unnamed, "a _shared.yaml is deleted here" in unnamed) == (True, True)
        assert github.context["steps.base.outputs.code"] == "2"
    finally:
        scratch.run("git", "checkout", "-q", "-f", "edit")


def test_the_pull_request_that_moves_the_rules(github: GitHub) -> None:
    """It is compared with their earlier place, also in the release; once it is merged, the input changes nothing."""
    scratch = github.scratch
    scratch.script("git checkout -q --detach edit; git mv rules sets; git commit -qm moved")
    try:
        github.context |= {"inputs.rules": "sets", "inputs.base-rules": "rules", "inputs.base": scratch.base}
        assert "::error file=sets/gpt-image-2.yaml,line=11," in github.step("base").stdout
        assert github.context["steps.base.outputs.code"] == "1"
        assert github.step("release").stderr == ""
        summary = (github.home / "summary.md").read_text(encoding="utf-8")
        assert "8 -> 9 credits" in summary.partition("## Since the last release")[2]
        scratch.script("git commit -q --allow-empty -m next")
        github.context["inputs.base"] = "HEAD~1"
        assert github.step("base").stdout == "no changes\n"
        assert github.context["steps.base.outputs.code"] == "0"
    finally:
        scratch.run("git", "checkout", "-q", "-f", "edit")


def test_when_steps_run(github: GitHub) -> None:
    """A pull request from a fork gets no comment, nor does one that wants none; a job may bring its own imgrules."""
    github.context["steps.base.outputs.report"] = "a file"
    conditions = {name: STEPS[name]["if"] for name in STEPS if "if" in STEPS[name]}
    assert {name: bool(github.evaluated(text)) for name, text in conditions.items()} == dict.fromkeys(conditions, True)
    for name, key, value in (
        ("comment", "github.event.pull_request.head.repo.full_name", "fork/r"),
        ("comment", "inputs.comment", "never"),
        ("release", "inputs.release", "none"),
        ("install", "inputs.install", "false"),
        ("comment", "steps.base.outputs.report", ""),
    ):
        before = github.context[key]
        github.context[key] = value
        assert not github.evaluated(conditions[name])
        github.context[key] = before


def test_no_expression_stands_in_a_script() -> None:
    """What comes from outside reaches a script as a variable, so that it cannot become a part of the script."""
    assert [name for name, step in STEPS.items() if "${{" in step["run"]] == []
    workflow = yaml.safe_load(BLOCKS[1])
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert "pull_request_target" not in workflow[True]


def test_the_gitlab_job(scratch: Scratch) -> None:
    """The script of the page writes reports that GitLab reads, and fails for the breaking change."""
    (job,) = yaml.safe_load(BLOCKS[3]).values()
    done = scratch.script("\n".join(job["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=scratch.base)
    assert done.returncode == 1, done.stderr
    assert "breaking" in done.stdout
    reports = job["artifacts"]["reports"]
    found = [json.loads((scratch.folder / name).read_text(encoding="utf-8")) for name in reports["codequality"]]
    for document in found:
        schema("gitlab-code-quality").validate(document)
    assert [len(document) for document in found] == [0, 1]
    assert (scratch.folder / reports["junit"]).read_text(encoding="utf-8").count("<testcase") == 8
    for name in (*reports["codequality"], reports["junit"]):
        (scratch.folder / name).unlink()


def test_the_hook(scratch: Scratch, tmp_path: Path) -> None:
    """pre-commit runs the hook on the whole set, whichever file changed. Its environment is made in .ci/run: that needs a network."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    made = scratch.script(f"cd '{hooks}' && git init -q && git add -A && git commit -qm hooks && git rev-parse HEAD")
    config = yaml.safe_load(BLOCKS[0])
    config["repos"][0] |= {"repo": str(hooks), "rev": made.stdout.strip()}
    config["repos"][0]["hooks"][0]["language"] = "system"  # the imgrules of this test, in place of an environment of its own
    (tmp_path / "config.yaml").write_text(json.dumps(config), encoding="utf-8")
    words = ("-m", "pre_commit", "run", "--config", str(tmp_path / "config.yaml"), "--files")
    good = scratch.run(sys.executable, *words, "rules/_shared.yaml")
    assert (good.returncode, good.stdout.split(".")[-1]) == (0, "Passed\n"), good.stdout + good.stderr
    rules = scratch.folder / "rules" / "nano-banana-2.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("gate: member", "gate: membr"), encoding="utf-8")
    bad = scratch.run(sys.executable, *words, "rules/_shared.yaml")
    rules.write_text(text, encoding="utf-8")
    assert bad.returncode == 1
    assert "rules/nano-banana-2.yaml:12:18: error[IR201]" in bad.stdout
