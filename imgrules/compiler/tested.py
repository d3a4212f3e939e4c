"""Test a folder of rules: compile it, run the examples of its models, and report each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from imgrules.compiler.build import Build, build_files, parse_folder
from imgrules.compiler.checks import ALL_BUT_EXAMPLES, WITHOUT_EXAMPLES
from imgrules.compiler.checks.example_fails import CODE
from imgrules.compiler.examples.coverage import Item, coverage
from imgrules.compiler.examples.differences import Difference, as_written
from imgrules.compiler.examples.runs import Run, runs
from imgrules.compiler.located_report import spot_of
from imgrules.compiler.parsed_file import KINDS, ParsedFile
from imgrules.compiler.report.diagnostics import Diagnostic, Finding, Place, Severity
from imgrules.compiler.report.example_report import CoverageItem, ExampleReport, ExampleResult, Mismatch
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.sharing import at_home
from imgrules.compiler.spec.with_facts import at_their_facts
from imgrules.table.exact import in_own_context
from imgrules.table.record_base import record, replace


@record
class Tested:
    """The files of a folder by stem, what was compiled of them, the runs of their examples, and the report of these."""

    files: Mapping[str, ParsedFile]
    build: Build
    runs: tuple[Run, ...]
    report: ExampleReport


@in_own_context
def run_examples(
    folder: Path,
    names: frozenset[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    follow_links: bool = False,
    every_check: bool = False,
) -> Tested:
    """
    Run the examples of a folder, or only those of the files with one of `names`.

    With `every_check`, the build has what `check` finds, but for examples that fail; without, what prevents a test.

    Raises:
        RulesError: the folder does not exist, holds no model file, or changes while it is read.

    """
    files = parse_folder(folder, progress, follow_links=follow_links)
    return run_examples_of(files, folder, names, ALL_BUT_EXAMPLES if every_check else WITHOUT_EXAMPLES)


@in_own_context
def run_examples_of(
    files: Iterable[ParsedFile],
    folder: Path = Path(),
    names: frozenset[str] | None = None,
    of_tables: Iterable[Any] = WITHOUT_EXAMPLES,
) -> Tested:
    """Run the examples of files that were read before; see `run_examples`."""
    by_stem = {file.stem: file for file in files}
    built = build_files(list(by_stem.values()), folder, of_tables=of_tables)
    homes = {model: stem for stem, model in built.ids.items()}
    wanted = {file.stem for file in by_stem.values() if names is None or Path(file.source.name).name in names}
    models = [model for model in (built.table.models if built.table else ()) if homes[model] in wanted]
    done = tuple(runs(built.rules, built.table, models)) if built.rules and built.table else ()
    errors = tuple(mistake for mistake in built.report.errors if _stops(mistake, names))
    items = coverage(built.rules, built.table, done, models) if built.rules and built.table else ()
    report = ExampleReport(
        results=tuple(_result(by_stem, homes[run.model], run) for run in done),
        coverage=tuple(_located(by_stem, built.rules, item) for item in items if built.rules),
        files={model: by_stem[homes[model]].source.name for model in models},
        rules=replace(built.report, diagnostics=errors, files=len(wanted - KINDS.keys()), examples=len(done)),
    )
    return Tested(by_stem, built, done, report)


def _located(files: Mapping[str, ParsedFile], rules: RuleSet, item: Item) -> CoverageItem:
    """Return an item of the coverage at its place: in the file of its model, or in the shared file."""
    placed = at_their_facts(rules, Finding(CODE, "", Place(item.path, on_key=True, file=item.file or item.model)))
    if placed.place.file in rules.written:
        placed = at_home(placed, rules.written[item.model], rules.shared)
    stem = rules.ids.home(placed.place.file or item.model)
    spot = spot_of(files, stem, replace(placed.place, file=None))
    return CoverageItem(item.kind, item.name, item.model, spot, item.reached)


def _stops(mistake: Diagnostic, names: frozenset[str] | None) -> bool:
    """Whether a mistake prevents that one of the files with these names is tested; one of a shared file stops all."""
    file = Path(mistake.spot.file)
    is_wanted = names is None or file.name in names or file.stem in KINDS
    return is_wanted and mistake.code.severity is Severity.ERROR


def _result(files: Mapping[str, ParsedFile], stem: str, run: Run) -> ExampleResult:
    path = ("examples", run.index)
    spot = spot_of(files, stem, Place(path))
    if not run.differences:
        return ExampleResult(run.model, run.index + 1, spot, run.over)
    mismatches = () if run.is_undated else tuple(_mismatch(files, stem, run, difference) for difference in run.differences)
    return ExampleResult(run.model, run.index + 1, spot, run.over, run.message, run.hint, mismatches)


def _mismatch(files: Mapping[str, ParsedFile], stem: str, run: Run, difference: Difference) -> Mismatch:
    path = ("examples", run.index, "expect", *difference.path)
    got = None if difference.actual is None else as_written(difference.actual)
    spot = spot_of(files, stem, Place(path, on_key=True, until=path))
    return Mismatch(".".join(map(str, difference.path)), as_written(difference.expected), got, difference.message, spot)
