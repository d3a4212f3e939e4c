"""
Compile a folder of rules to a table and a report.

An error in a model file leaves only its own model out of the table; the report contains the mistakes of all files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from imgrules.compiler import stages
from imgrules.compiler.accepted import split_accepted
from imgrules.compiler.checks import OF_TABLES, example_fails
from imgrules.compiler.located_report import report_of
from imgrules.compiler.lower.examples import count
from imgrules.compiler.parsed_file import KINDS, ParsedFile, has_errors, parse_file, parse_text, unreadable
from imgrules.compiler.read.contract_file import read_contract, unproved
from imgrules.compiler.read.folder import SHARED, RuleFile, read_file, read_folder
from imgrules.compiler.read.folder_codes import NO_SHARED
from imgrules.compiler.report.diagnostics import Finding, Report
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.stages import Check, Contracts, compiled, stems_in_error, without
from imgrules.errors import RulesError
from imgrules.quoting import printable
from imgrules.table.exact import in_own_context
from imgrules.table.record_base import field, record, replace
from imgrules.table.records import Table

_NO_SHARED_HINT = "`imgrules init MODEL --rules {folder}` copies the packaged one"


@record
class Build:
    """The result of a compilation: the report, and a table of the models without errors; None if a shared file has errors."""

    table: Table | None
    report: Report
    examples: Mapping[str, int] = field(default_factory=dict)
    """The number of examples that were run, by model."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """The ids of the models, by the stem of their file."""
    rules: RuleSet | None = None
    """The specs of the models in the table, from which it was made."""

    @property
    def failing(self) -> Mapping[str, int]:
        """Return the number of failing examples, by file name; the models of these files are in the table all the same."""
        fails = (diagnostic for diagnostic in self.report.errors if diagnostic.code is example_fails.CODE)
        return Counter(diagnostic.spot.file for diagnostic in fails for _ in (diagnostic.spot, *diagnostic.more))

    @property
    def broken(self) -> tuple[str, ...]:
        """Return the names of the files that have an error other than a failing example."""
        return tuple(
            dict.fromkeys(
                diagnostic.spot.file for diagnostic in self.report.errors if diagnostic.code is not example_fails.CODE
            )
        )


@in_own_context
def build(
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    today: str | None = None,
    *,
    follow_links: bool = False,
) -> Build:
    """
    Compile a folder of rules; `progress` is called after each file with the numbers of parsed files and of all files.

    `today` is a moment in UTC (ISO 8601); with it, the report also contains what is expired or stale by then.
    A symbolic link out of the folder is an error, unless `follow_links` allows it.

    Raises:
        RulesError: the folder does not exist, holds no model file, or changes while it is read.

    """
    return build_files(parse_folder(folder, progress, follow_links=follow_links), folder, today)


@in_own_context
def parse_folder(
    folder: Path, progress: Callable[[int, int], None] | None = None, *, follow_links: bool = False
) -> list[ParsedFile]:
    """
    Read and parse the files of a folder of rules; see `build`.

    Raises:
        RulesError: the folder does not exist, holds no model file, or changes while it is read.

    """
    return parse_files(read_folder(folder, follow_links=follow_links), progress)


@in_own_context
def parse_files(rule_files: Sequence[RuleFile], progress: Callable[[int, int], None] | None = None) -> list[ParsedFile]:
    """Parse rule files that were read; `progress` is called after each with the numbers of parsed files and of all."""
    files = []
    for done, rule_file in enumerate(rule_files, 1):
        files.append(parse_file(rule_file))
        if progress is not None:
            progress(done, len(rule_files))
    return files


@in_own_context
def build_texts(texts: Mapping[str, str], today: str | None = None, *, contracts: Contracts = unproved) -> Build:
    """Compile the texts of rule files, given by the stem of their file name; nothing is read from disk, but by `contracts`."""
    stems = sorted(texts, key=lambda stem: (stem not in KINDS, stem != SHARED, stem))
    return build_files([parse_text(stem, texts[stem]) for stem in stems], today=today, contracts=contracts)


@in_own_context
def build_files(
    files: list[ParsedFile],
    folder: Path = Path(),
    today: str | None = None,
    *,
    contracts: Contracts | None = None,
    of_tables: Iterable[Check] = OF_TABLES,
) -> Build:
    """
    Compile parsed files, the shared one first; `folder` is named in a hint if there is no shared file.

    The contracts that types name are read from `folder`, unless `contracts` returns them.
    `of_tables` are the checks that read the table.
    """
    if not any(file.stem == SHARED for file in files):
        message, hint = "there is no _shared.yaml beside the model files", _NO_SHARED_HINT.format(folder=folder)
        files = [unreadable(SHARED, str(folder / f"{SHARED}.yaml"), NO_SHARED, message, hint), *files]
    by_stem = {file.stem: file for file in files}
    rules, table, findings = compiled(by_stem, today, contracts or partial(read_contract, folder), of_tables)
    tried = () if table is None or rules is None else _only_tried(rules, table)
    ids = {} if rules is None else rules.ids.by_stem()
    examples = {} if rules is None or table is None else {name: _runs_of(rules.models[name]) for name in table.models}
    accepted: list[tuple[str, Finding, str]] = []
    if rules is not None:
        broken = stems_in_error(findings)
        table = without(table, rules.ids, broken)
        findings, accepted = split_accepted(
            rules, findings, broken if table is not None and of_tables is OF_TABLES else frozenset(by_stem)
        )
    report = report_of(by_stem, findings, sum(examples.values()), accepted)
    ran = {by_stem[rules.ids.home(name)].source.name: name for name in examples} if rules else {}
    selections = {file.source.name: _selections(rules, ran.get(file.source.name)) for file in files}
    return Build(table, replace(report, selections=selections, tried=tried), examples, ids, rules)


def _only_tried(rules: RuleSet, table: Table) -> tuple[str, ...]:
    """Return what of the contracts was not proved but tried."""
    if not rules.contracts:
        return ()
    from imgrules.compiler.contract.rule_set_proof import only_tried  # noqa: PLC0415  rules without a contract do not load it

    return only_tried(table)


def _runs_of(spec: ModelSpec) -> int:
    """Return how often the examples of a model are run, each combination of `over` for itself."""
    return sum(map(count, spec.examples or ()))


def _selections(rules: RuleSet | None, model: str | None) -> tuple[Mapping[str, Any], ...]:
    """Return the selections of the examples of a model."""
    return () if rules is None or model is None else tuple(example.select for example in rules.models[model].examples or ())


@in_own_context
def has_error(files: Iterable[ParsedFile]) -> bool:
    """Whether parsed files, the shared one among them, have an error: what the report of a build says, without its places."""
    return stages.has_error({file.stem: file for file in files})


@in_own_context
def read_shared(path: Path) -> SharedSpec:
    """
    Return the spec of a shared file.

    Raises:
        RulesError: the file has errors.

    """
    return shared_in(read_file(path))


def shared_in(source: RuleFile) -> SharedSpec:
    """
    Return the spec of a shared file from its bytes, which were read before or are not written to disk yet.

    Raises:
        RulesError: the file has errors.

    """
    file, path = parse_file(source), source.path
    if not isinstance(file.spec, SharedSpec) or has_errors(file):
        place, folder = (printable(str(target)) for target in (path, path.parent))
        raise RulesError(f"{place} has mistakes; run `imgrules check {folder}`")
    return file.spec
