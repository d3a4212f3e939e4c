"""The JSON document of the results of examples, as records: what `imgrules test --format json` writes, and what its schema is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from imgrules.compiler.report.check_document import PlaceDocument, range_of
from imgrules.compiler.report.diagnostics import Diagnostic, Spot
from imgrules.compiler.report.example_report import (
    CoverageItem,
    CoverageKind,
    ExampleReport,
    ExampleResult,
    Mismatch,
    UpdateReport,
)
from imgrules.escapes import encodable

SCHEMA_VERSION: Literal[1] = 1


@dataclass(frozen=True)
class MistakeDocument(PlaceDocument):
    """A mistake because of which a file could not be tested."""

    code: str
    message: str
    hint: str | None


@dataclass(frozen=True)
class ItemDocument(PlaceDocument):
    """Something of a model that no example reaches."""

    kind: CoverageKind
    name: str
    model: str


@dataclass(frozen=True)
class CoverageDocument:
    """How many items the examples reach, and which they do not; `percent` is rounded down, and 100 if there are no items."""

    reached: int
    items: int
    percent: int
    unreached: tuple[ItemDocument, ...]


@dataclass(frozen=True)
class DifferenceDocument(PlaceDocument):
    """
    A key of `expect` that differs, such as `credits` or `body.prompt`.

    `expected` and `got` are as an author writes them; `got` is null for nothing.
    """

    key: str
    expected: str
    got: str | None
    message: str


@dataclass(frozen=True)
class ResultDocument(PlaceDocument):
    """
    The result of an example, by its number in the file, from 1; `over` is the combination of `over`, empty without it.

    `message` has all differences in one sentence, null if the example passed.
    """

    model: str
    example: int
    over: dict[str, Any]
    passed: bool
    message: str | None
    hint: str | None
    differences: tuple[DifferenceDocument, ...]


@dataclass(frozen=True)
class UpdatedFileDocument:
    """A file whose examples are updated: their number, and the change of the file as a unified diff."""

    file: str
    examples: int
    diff: str


@dataclass(frozen=True)
class LeftDocument(PlaceDocument):
    """An example that fails and cannot be updated."""

    example: str
    reason: str


@dataclass(frozen=True)
class UpdatesDocument:
    """What `--update` wrote, or what it would write."""

    written: bool
    files: tuple[UpdatedFileDocument, ...]
    left: tuple[LeftDocument, ...]


@dataclass(frozen=True)
class ExamplesDocument:
    """
    What `imgrules test` found: how many models were tested, how many examples run, each combination of `over` for itself.

    `results` are in the order of the models and of their examples. `updates` is null without `--update` and `--diff`.
    """

    schema_version: Literal[1]
    models: int
    examples: int
    failed: int
    errors: tuple[MistakeDocument, ...]
    coverage: CoverageDocument
    results: tuple[ResultDocument, ...]
    updates: UpdatesDocument | None


def document(report: ExampleReport) -> dict[str, Any]:
    """Return the results of examples as a JSON document, its decimals as they are."""
    unreached = tuple(_item(item) for item in report.coverage if not item.reached)
    return asdict(
        ExamplesDocument(
            SCHEMA_VERSION,
            len(report.files),
            len(report.results),
            len(report.failed),
            tuple(map(_mistake, report.rules.errors)),
            CoverageDocument(report.reached, len(report.coverage), report.percent, unreached),
            tuple(map(_result, report.results)),
            None if report.updates is None else _updates(report.updates),
        )
    )


def _mistake(mistake: Diagnostic) -> MistakeDocument:
    return MistakeDocument(*range_of(mistake.spot), mistake.code.id, mistake.message, mistake.hint or None)


def _item(item: CoverageItem) -> ItemDocument:
    return ItemDocument(*range_of(item.spot), item.kind, item.name, item.model)


def _result(result: ExampleResult) -> ResultDocument:
    return ResultDocument(
        *range_of(result.spot),
        result.model,
        result.number,
        dict(result.over),
        result.passed,
        result.message or None,
        result.hint or None,
        tuple(map(_difference, result.mismatches)),
    )


def _difference(mismatch: Mismatch) -> DifferenceDocument:
    return DifferenceDocument(*range_of(mismatch.spot), mismatch.key, mismatch.expected, mismatch.got, mismatch.message)


def _updates(updates: UpdateReport) -> UpdatesDocument:
    files = (UpdatedFileDocument(encodable(file), count, updates.diffs[file]) for file, count in updates.counts.items())
    left = (_left(name, spot, reason) for name, spot, reason in updates.left)
    return UpdatesDocument(updates.written, tuple(files), tuple(left))


def _left(name: str, spot: Spot, reason: str) -> LeftDocument:
    return LeftDocument(*range_of(spot), name, reason)
