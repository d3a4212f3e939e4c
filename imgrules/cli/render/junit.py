"""The format `junit`: test results as XML, with the cases that passed too, so that a good run is not empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from imgrules.cli.printing.style import Style
from imgrules.cli.render.findings.annotations import Case
from imgrules.cli.render.findings.findings import findings_of
from imgrules.cli.render.parts.text_parts import safe

if TYPE_CHECKING:  # the report of each command is loaded by it
    from imgrules.cli.render.findings.findings import AnyReport


def render(report: AnyReport, _: Style) -> str:
    """Return a report as JUnit XML."""
    found = findings_of(report)
    suites = found.suites()
    every = [case for cases in suites.values() for case in cases]
    body = "".join(_suite(suite, cases) for suite, cases in suites.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{_attributes(found.command, every)}>\n{body}</testsuites>\n'


def _suite(name: str, cases: list[Case]) -> str:
    body = "".join(f"{_element(name, case)}\n" for case in cases)
    return f"  <testsuite{_attributes(name, cases)}>\n{body}  </testsuite>\n"


def _element(suite: str, case: Case) -> str:
    start = f'    <testcase classname={_quoted(suite)} name={_quoted(case.name)} {_file(case)}time="0"'
    if not case.failures and not case.notes:
        return f"{start}/>"
    parts = [f"<system-out>{_text(case.notes)}</system-out>"] if case.notes else []
    if case.failures:
        first = case.failures[0].partition("\n")[0]
        parts.insert(0, f'<failure message={_quoted(first)} type="error">{_text(case.failures)}</failure>')
    return f"{start}>{''.join(parts)}</testcase>"


def _file(case: Case) -> str:
    return f"file={_quoted(case.file)} " if case.file else ""


def _attributes(name: str, cases: list[Case]) -> str:
    failed = sum(bool(case.failures) for case in cases)
    return f' name={_quoted(name)} tests="{len(cases)}" failures="{failed}" errors="0" time="0"'


def _text(sentences: Iterable[str]) -> str:
    return escape(_legal("\n".join(sentences)))


def _quoted(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    """Return a text without unprintable characters, most of which XML 1.0 cannot hold: they stand there as code points."""
    return "\n".join(map(safe, text.split("\n")))
