"""
The commands of this project, one session each: `.venv/bin/nox --list` says which there are.

They run in the environment that nox itself lies in, which README and CONTRIBUTING set up; `.ci/run` calls the same sessions.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "generated", "rules", "changelog"]
nox.options.stop_on_first_error = True


def _python(session: nox.Session, *words: str, env: dict[str, str] | None = None) -> None:
    session.run(sys.executable, "-m", *words, env=env, external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, or those that are named: `nox -s tests -- tests/engine`."""
    _python(session, "pytest", "-n", "2", "--dist", "worksteal", *session.posargs)


@nox.session
def laws(session: nox.Session) -> None:
    """Run the laws on fifty random examples each, other ones each time, where a usual run has four."""
    _python(session, "pytest", "-n", "2", "tests/laws", *session.posargs, env={"HYPOTHESIS_PROFILE": "thorough"})


@nox.session
def seeds(session: nox.Session) -> None:
    """Run the laws under twenty other seeds, a hundred examples each; it takes an hour or two."""
    _python(session, "tests.laws.seeds", *(session.posargs or ["20"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Look for mistakes of style, and for files that are not formatted."""
    _python(session, "ruff", "check", ".")
    _python(session, "ruff", "format", "--check", ".")


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """Format all files, and fix what can be fixed."""
    _python(session, "ruff", "check", "--fix", ".")
    _python(session, "ruff", "format", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, strictly."""
    _python(session, "mypy")


@nox.session
def generated(session: nox.Session) -> None:
    """Prove that the generated files are fresh; `nox -s generate` writes them."""
    _python(session, "imgrules", "schema", "--check", "--page", "docs/language.md")


@nox.session
def generate(session: nox.Session) -> None:
    """Write the generated files anew: the JSON Schemas, the grammar in docs/language.md, and the reports of tests/corpus."""
    _python(session, "imgrules", "schema", "--page", "docs/language.md")
    _python(session, "pytest", "-q", "tests/compiler/test_corpus.py", "--update-reports")


@nox.session
def rules(session: nox.Session) -> None:
    """Check the packaged rules and the cookbook."""
    _python(session, "imgrules", "check", "--fail-on", "warning")
    _python(session, "imgrules", "check", "docs/cookbook")
    _python(session, "imgrules", "check", "docs/cookbook/usd")


@nox.session
def changelog(session: nox.Session) -> None:
    """Refuse a change of rules/ that users notice without an entry in CHANGELOG.md; without a history there is nothing to ask."""
    from imgrules.cli.comparison.git import git, merge_base  # noqa: PLC0415  other sessions do not need them
    from imgrules.errors import ImgrulesError  # noqa: PLC0415  as above

    try:
        base = merge_base(Path("rules"))
    except ImgrulesError as error:
        session.skip(str(error))
    entry = subprocess.run(  # noqa: S603  the words are those of this file, and a commit
        [sys.executable, "-m", "imgrules", "diff", base, "rules", "--changelog", "--fail-on", "none"],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    if entry and not git("diff", base, "--", "CHANGELOG.md"):
        session.error(f"rules/ changes what users see; CHANGELOG.md needs an entry such as\n{entry}")


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmark: `nox -s bench -- --quick` for a glance."""
    _python(session, "bench", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Renew requirements-dev.lock: `nox -s lock -- --upgrade` takes the newest of everything."""
    words = ["--extra", "dev", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"]
    _python(session, "pip", "install", "--quiet", "uv")
    _python(session, "uv", "pip", "compile", "pyproject.toml", *words, "-o", "requirements-dev.lock", *session.posargs)
