"""
A folder of rules becomes a table and a report: the only orchestrator.

A broken file costs its own model only; the report names everything that is wrong in any file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path as FilePath

from imgrules.compiler.bind.bind import bind
from imgrules.compiler.checks import OF_SPECS, OF_TABLES, alias_clash, example_fails, same_creation
from imgrules.compiler.edits import edit
from imgrules.compiler.lower.lower import lower
from imgrules.compiler.read.characters import decode
from imgrules.compiler.read.folder import MESSAGES, SHARED, RuleFile, read_file, read_folder
from imgrules.compiler.read.folder_codes import BAD_FILE_NAME, NO_SHARED
from imgrules.compiler.read.syntax import Tree, parse
from imgrules.compiler.read.syntax_codes import MISREAD
from imgrules.compiler.report.diagnostics import (
    MOST_MISTAKES,
    Change,
    Code,
    Diagnostic,
    Edit,
    Finding,
    Path,
    Place,
    Report,
    Severity,
    Spot,
    grouped,
    in_order,
    spot,
)
from imgrules.compiler.source import Source, Span
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.types import MODEL_ID, PATTERNS, Closed
from imgrules.errors import RulesError
from imgrules.quoting import printable, quoted
from imgrules.table.exact import in_own_context
from imgrules.table.records import Table

_KINDS: Mapping[str, type[Closed]] = {SHARED: SharedSpec, MESSAGES: MessagesSpec}
"""What a file is by its stem; any other is a model."""

_NO_SHARED_HINT = "`imgrules init MODEL --rules {folder}` copies the packaged one"


@dataclass(frozen=True, slots=True)
class Build:
    """What a folder comes to: the sound models, or no table where what they share is broken; and all mistakes."""

    table: Table | None
    report: Report
    examples: Mapping[str, int] = field(default_factory=dict)
    """How many examples were run of each model."""

    @property
    def failing(self) -> Mapping[str, int]:
        """How many examples fail, by their file; what such a file says can be asked nevertheless."""
        fails = (each for each in self.report.errors if each.code is example_fails.CODE)
        return Counter(each.spot.file for each in fails for _ in (each.spot, *each.more))

    @property
    def broken(self) -> tuple[str, ...]:
        """The files that have an error of another kind."""
        return tuple(dict.fromkeys(each.spot.file for each in self.report.errors if each.code is not example_fails.CODE))


@dataclass(frozen=True)
class _File:
    """One file as far as it could be read."""

    stem: str
    source: Source
    spec: Closed | None = None
    findings: tuple[Finding, ...] = ()
    has_tree: bool = False

    @cached_property
    def tree(self) -> Tree | None:
        """Where everything stands: read again for a file with a mistake, so that no tree is kept of all the others."""
        return parse(self.source)[0] if self.has_tree else None


@in_own_context
def build(
    folder: FilePath,
    progress: Callable[[int, int], None] | None = None,
    today: str | None = None,
    *,
    follow_links: bool = False,
) -> Build:
    """
    Return the table and the report of a folder; `progress` is told how many of how many files are read.

    With the moment of `today`, the report names what is over or stale by then.
    A link that leads out of the folder is a mistake, unless `follow_links` says that it is meant.

    Raises:
        RulesError: there is no such folder, no rule file in it, or it changes while it is read.

    """
    found = read_folder(folder, follow_links=follow_links)
    files = []
    for count, each in enumerate(found, 1):
        files.append(_parsed(each))
        if progress is not None:
            progress(count, len(found))
    return build_files(files, folder, today)


@in_own_context
def build_texts(texts: Mapping[str, str], today: str | None = None) -> Build:
    """Return the same for texts by the stem of their file name; nothing is read from a disk."""
    stems = sorted(texts, key=lambda each: (each not in _KINDS, each != SHARED, each))
    files = [_understand(each, f"{each}.yaml", texts[each].encode("utf-8", "surrogatepass")) for each in stems]
    return build_files(files, today=today)


@in_own_context
def build_files(files: list[_File], folder: FilePath = FilePath(), today: str | None = None) -> Build:
    """Return the table and the report of files that were read, the shared one first."""
    if not any(each.stem == SHARED for each in files):
        message, hint = "there is no _shared.yaml beside the model files", _NO_SHARED_HINT.format(folder=folder)
        files = [_broken(SHARED, str(folder / f"{SHARED}.yaml"), NO_SHARED, message, hint), *files]
    by_stem = {each.stem: each for each in files}
    rules = _rule_set(by_stem, today)
    findings = [(each.stem, one) for each in files for one in each.findings]
    table, examples = None, dict[str, int]()
    if rules is not None:
        findings += chain.from_iterable(_some(_owned(check(rules))) for check in OF_SPECS)
        table, more = _lowered(rules, _stems_in_error(findings))
        findings += more
        examples = {each: len(rules.models[each].examples or ()) for each in table.models} if table else {}
    report = _report(by_stem, findings, sum(examples.values()))
    return Build(_without(table, _stems_in_error(findings)), report, examples)


@in_own_context
def read_shared(path: FilePath) -> SharedSpec:
    """
    Return what a shared file says.

    Raises:
        RulesError: it has mistakes.

    """
    return shared_in(read_file(path))


def shared_in(source: RuleFile) -> SharedSpec:
    """
    Return what a shared file says that was read before, or that is not written yet.

    Raises:
        RulesError: it has mistakes.

    """
    file, path = _parsed(source), source.path
    if not isinstance(file.spec, SharedSpec) or _has_errors(file):
        place, folder = (printable(str(each)) for each in (path, path.parent))
        raise RulesError(f"{place} has mistakes; run `imgrules check {folder}`")
    return file.spec


def _parsed(file: RuleFile) -> _File:
    problem = file.problem
    if problem is None:
        return _understand(file.path.stem, str(file.path), file.raw)
    stem = file.path.stem if file.path.suffix == ".yaml" else file.path.name  # `a.yml` is not in the way of `a.yaml`
    return _broken(stem, str(file.path), problem.code, problem.message, problem.hint)


def _broken(stem: str, name: str, code: Code, message: str, hint: str = "") -> _File:
    return _File(stem, Source(name, ""), findings=(Finding(code, message, Place(span=Span(0, 0)), hint),))


def _understand(stem: str, name: str, raw: bytes) -> _File:
    source, findings = decode(name, raw)
    if stem not in _KINDS and not re.fullmatch(MODEL_ID, stem):
        better = re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._")
        hint = f"rename it to {better}.yaml" if re.fullmatch(MODEL_ID, better) else PATTERNS[MODEL_ID]
        findings = (*findings, Finding(BAD_FILE_NAME, f"{quoted(stem)} cannot be a model's id", Place(span=Span(0, 0)), hint))
    if findings:
        return _File(stem, source, findings=findings)
    tree, slips = parse(source)
    if tree is None:
        return _File(stem, source, findings=slips)
    spec, mistakes = bind(tree, _KINDS.get(stem, ModelSpec))
    return _File(stem, source, spec, (*slips, *mistakes), has_tree=True)


def _rule_set(files: Mapping[str, _File], today: str | None) -> RuleSet | None:
    shared = files[SHARED].spec
    if not isinstance(shared, SharedSpec) or _has_errors(files[SHARED]):
        return None
    listed = {name: at for at, name in enumerate(shared.order or ())}
    stems = sorted(files, key=lambda each: (listed.get(each, len(listed)), each))
    models = {each: files[each].spec for each in stems}
    sound = {name: spec for name, spec in models.items() if isinstance(spec, ModelSpec)}
    said = files[MESSAGES].spec if MESSAGES in files else None
    messages = said.messages if isinstance(said, MessagesSpec) else {}
    return RuleSet(shared, sound, frozenset(files) - set(_KINDS), messages, today)


def _has_errors(file: _File) -> bool:
    return any(each.code.severity is Severity.ERROR for each in file.findings)


def _lowered(rules: RuleSet, broken: frozenset[str]) -> tuple[Table | None, list[tuple[str, Finding]]]:
    if not broken.isdisjoint(_KINDS):
        return None, []
    sound = replace(rules, models={name: spec for name, spec in rules.models.items() if name not in broken})
    table = lower(sound)
    return table, list(chain.from_iterable(_some(_owned(check(sound, table))) for check in OF_TABLES))


def _without(table: Table | None, broken: frozenset[str]) -> Table | None:
    if table is None or not broken.isdisjoint(_KINDS):
        return None
    return replace(table, models={name: each for name, each in table.models.items() if name not in broken})


def _some(findings: Iterable[tuple[str, Finding]]) -> Iterator[tuple[str, Finding]]:
    """Return what one check finds: of each file no more than is told anyway, and one, so that it is known that there is more."""
    count = Counter[str]()
    for stem, each in findings:
        count[stem] += 1
        if count[stem] <= MOST_MISTAKES + 1:
            yield stem, each


def _owned(findings: Iterable[Finding]) -> Iterator[tuple[str, Finding]]:
    return ((each.place.file or SHARED, each) for each in findings)


def _stems_in_error(findings: Iterable[tuple[str, Finding]]) -> frozenset[str]:
    """
    Return the files that cost their model.

    A quarrel of two models costs neither: nobody knows which one was edited. Nor does an example that fails: the rules can
    be asked, and the report has the error, so that nothing is built of them.
    """
    errors = ((stem, each) for stem, each in findings if each.code.severity is Severity.ERROR)
    return frozenset(stem for stem, each in errors if each.code is not example_fails.CODE and not _is_quarrel(stem, each))


def _is_quarrel(stem: str, finding: Finding) -> bool:
    others = {place.file for place, _ in finding.related} - {None, stem, *_KINDS}
    return finding.code in (same_creation.CODE, alias_clash.CODE) and bool(others)


def _report(files: Mapping[str, _File], findings: list[tuple[str, Finding]], examples: int) -> Report:
    broken = {stem: sorted(_broken_words(each)) for stem, each in files.items()}
    told = [_diagnostic(files, stem, each) for stem, each in findings if not _only_follows(files[stem], each, broken[stem])]
    wrong = {(each.spot.file, each.spot.span) for each in told if each.code.severity is Severity.ERROR}
    new = [each for each in told if each.code is not MISREAD or (each.spot.file, each.spot.span) not in wrong]
    by_file: dict[str, list[Diagnostic]] = {}
    for each in new:
        by_file.setdefault(each.spot.file, []).append(each)
    # A stage ends early in a file of very many mistakes, so that there may be more of any kind.
    many = any(len(some) > MOST_MISTAKES for some in by_file.values())
    by_file = {name: grouped(some) for name, some in by_file.items()}
    kept = [each for some in by_file.values() for each in _first(some)]
    more = many or len(kept) < sum(map(len, by_file.values()))
    return Report(in_order(kept, [each.source.name for each in files.values()]), len(files), examples, more)


def _first(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return as many diagnostics of one file as a person reads, errors before warnings."""
    return sorted(diagnostics, key=lambda each: (each.code.severity is not Severity.ERROR, each.spot.span))[:MOST_MISTAKES]


def _broken_words(file: _File) -> Iterator[Span]:
    errors = (each for each in file.findings if each.code.severity is Severity.ERROR)
    return (each.place.span for each in errors if each.place.span is not None)


def _only_follows(file: _File, finding: Finding, broken: list[Span]) -> bool:
    """Return whether a finding only says again what is wrong with the very word that it is about."""
    if finding.place.span is not None or file.tree is None:
        return False
    path, until = finding.place.path, finding.place.until
    own = [spans.get(path) for spans in (file.tree.values, file.tree.keys)]
    own += [file.tree.entries(path, until)] if until is not None else []
    return any(_hit(each, broken) for each in own if each is not None)


def _hit(span: Span, broken: list[Span]) -> bool:
    at = bisect_left(broken, (span.end, 0))
    return at > 0 and broken[at - 1].end > span.start


def _diagnostic(files: Mapping[str, _File], stem: str, finding: Finding) -> Diagnostic:
    related = tuple(_spot(files, stem, place, label) for place, label in finding.related)
    edits = tuple(_edits(files, stem, finding))
    return Diagnostic(finding.code, finding.message, _spot(files, stem, finding.place), finding.hint, related, edits)


def _edits(files: Mapping[str, _File], stem: str, finding: Finding) -> Iterator[Edit]:
    fix = (Change(finding.place, finding.fix),) if isinstance(finding.fix, str) else finding.fix or ()
    for each in fix:
        file = files[each.place.file or stem]
        yield edit(file.source, file.tree, each, _spot(files, stem, each.place).span)


def _spot(files: Mapping[str, _File], stem: str, place: Place, label: str = "") -> Spot:
    file = files[place.file or stem]
    span = place.span if place.span is not None else _span(file.tree, place.path, place.on_key)
    if place.until is not None and file.tree is not None:
        span = file.tree.entries(place.path, place.until)
    return spot(file.source, span, label)


def _span(tree: Tree | None, path: Path, on_key: bool) -> Span:  # noqa: FBT001  as the place says it
    if tree is None:
        return Span(0, 0)
    for spans in (tree.keys, tree.values) if on_key else (tree.values, tree.keys):
        if path and path in spans:
            return spans[path]
    # What a file lacks as a whole is told at its first word.
    return _span(tree, path[:-1], on_key=True) if path else next(iter(tree.keys.values()), tree.values.get((), Span(0, 0)))
