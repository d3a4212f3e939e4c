"""The format `junit`: test results as XML, with a case for each file and for each example, so that a good run is not empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from imgrules.cli.render.repository import in_repository
from imgrules.cli.render.text_parts import safe
from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Report, Spot
from imgrules.compiler.report.helps import typed

_LONGEST = 120
"""How many characters of a selection the name of a case has."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a suite: why it failed, and what else is to be said; a case without failures passes."""

    name: str
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def render(report: Report, _: Style) -> str:
    """Return a report as JUnit XML: a suite for each file, with a case for the file and one for each of its examples."""
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in report.selections}
    for diagnostic in report.diagnostics:
        by_file.setdefault(diagnostic.spot.file, []).append(diagnostic)
    return document("imgrules check", {in_repository(file): _cases(report, file, found) for file, found in by_file.items()})


def document(name: str, suites: dict[str, list[Case]]) -> str:
    """Return suites as JUnit XML."""
    every = [case for cases in suites.values() for case in cases]
    body = "".join(_suite(suite, cases) for suite, cases in suites.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{_attributes(name, every)}>\n{body}</testsuites>\n'


def _cases(report: Report, file: str, found: list[Diagnostic]) -> list[Case]:
    """Return the case of a file, and those of its examples."""
    selections = report.selections.get(file, ())
    names = [in_repository(file)] + [f"example {at}: {typed(select)}"[:_LONGEST] for at, select in enumerate(selections, 1)]
    sentences: dict[tuple[int, bool], list[str]] = {}
    for diagnostic in found:
        for spot in (diagnostic.spot, *diagnostic.more):
            case = _example(spot, len(selections)), report.is_failed_by(diagnostic)
            sentences.setdefault(case, []).append(_sentence(spot, diagnostic))
    return [Case(name, *(tuple(sentences.get((at, failed), ())) for failed in (True, False))) for at, name in enumerate(names)]


def _example(spot: Spot, most: int) -> int:
    """Return the number of the example that a spot lies in, from 1; 0 for any other place in the file."""
    head, at = (*spot.path, None, None)[:2]
    return at + 1 if head == "examples" and isinstance(at, int) and at < most else 0


def _sentence(spot: Spot, diagnostic: Diagnostic) -> str:
    code, place = diagnostic.code, f"{spot.start.line}:{spot.start.column}"
    hint = f"\nhelp: {safe(diagnostic.hint)}" if diagnostic.hint else ""
    return f"{code.severity.value}[{code.id}] {place}: {safe(diagnostic.message)}{hint}"


def _suite(name: str, cases: list[Case]) -> str:
    body = "".join(f"{_element(name, case)}\n" for case in cases)
    return f"  <testsuite{_attributes(name, cases)}>\n{body}  </testsuite>\n"


def _element(suite: str, case: Case) -> str:
    start = f'    <testcase classname={_quoted(suite)} name={_quoted(case.name)} file={_quoted(suite)} time="0"'
    if not case.failures and not case.notes:
        return f"{start}/>"
    parts = [f"<system-out>{_text(case.notes)}</system-out>"] if case.notes else []
    if case.failures:
        first = case.failures[0].partition("\n")[0]
        parts.insert(0, f'<failure message={_quoted(first)} type="error">{_text(case.failures)}</failure>')
    return f"{start}>{''.join(parts)}</testcase>"


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
