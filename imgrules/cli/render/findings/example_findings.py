"""The findings of `imgrules test`, for the formats of other programs."""

from __future__ import annotations

from collections.abc import Mapping

from imgrules.cli.printing.style import PLAIN
from imgrules.cli.render.examples_text import summary, sums
from imgrules.cli.render.findings import check_findings
from imgrules.cli.render.findings.annotations import Annotation, Case, Findings, Kind, Level, with_fingerprints
from imgrules.cli.render.parts import job_summary
from imgrules.cli.render.parts.text_parts import safe
from imgrules.compiler.report.example_report import ExampleReport, ExampleResult, over_words
from imgrules.repository import in_repository

_FAILS = Kind(
    "example-fails",
    "example-fails",
    Level.ERROR,
    "an example that fails\n\nFor the selection of an example, the rules give another result than the example expects.",
)


_NONE_RUN = Kind(
    "no-example-run",
    "no-example-run",
    Level.ERROR,
    "no example was run\n\nThe rules that are tested have no example, or none that can be run, so nothing is known about them.",
)


def findings(report: ExampleReport) -> Findings:
    """Return the examples that fail as annotations, with the mistakes of the rules, and all examples as cases."""
    rules = check_findings.findings(report.rules)
    failed = with_fingerprints((_annotation(result), [result.model]) for result in report.failed)
    found = (*rules.annotations, *failed, *(_none_run() if not report.results and not rules.annotations else ()))
    line = summary(report, PLAIN)
    return Findings(
        "imgrules test",
        line,
        found,
        lambda: {**_broken(rules), **_suites(report)} if report.results or rules.annotations else _nothing_tested(),
        lambda: job_summary.page("imgrules test", f"{line}\n\n{sums(report)}", found),
    )


def _none_run() -> list[Annotation]:
    return with_fingerprints([(Annotation(_NONE_RUN, Level.ERROR, "no example was run", None), [])])


def _nothing_tested() -> Mapping[str, list[Case]]:
    return {"imgrules test": [Case("examples", ("no example was run",))]}


def _annotation(result: ExampleResult) -> Annotation:
    spot = result.mismatches[0].spot if result.mismatches else result.spot
    hint = f"help: {result.hint}" if result.hint else ""
    related = tuple(check_findings.region(mismatch.spot) for mismatch in result.mismatches[1:])
    return Annotation(_FAILS, Level.ERROR, _message(result), check_findings.region(spot), hint, related)


def _message(result: ExampleResult) -> str:
    """Return what differs; an example is known by its place, since its number changes when another is added before it."""
    return f"with {over_words(result.over)}: {result.message}" if result.over else result.message


def _broken(rules: Findings) -> Mapping[str, list[Case]]:
    """Return the cases of the files that could not be tested."""
    failed = {file: [case for case in cases if case.failures] for file, cases in rules.suites().items()}
    return {file: cases for file, cases in failed.items() if cases}


def _suites(report: ExampleReport) -> Mapping[str, list[Case]]:
    """Return a suite for each file that was tested, with a case for each of its examples."""
    suites: dict[str, list[Case]] = {in_repository(file): [] for file in report.files.values()}
    for result in report.results:
        file = in_repository(result.spot.file)
        suites.setdefault(file, []).append(_case(result, file))
    return suites


def _case(result: ExampleResult, file: str) -> Case:
    hint = f"\nhelp: {safe(result.hint)}" if result.hint else ""
    failures = () if result.passed else (f"{result.spot.start.line}: {safe(result.message)}{hint}",)
    return Case(f"{result.model} {result.name}", failures, (), file)
