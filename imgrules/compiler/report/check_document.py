"""The JSON document of a report, as records: what `--format json` writes, and what its published schema is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from imgrules.compiler.report.diagnostics import Corrections, Diagnostic, Edit, Report, Severity, Spot
from imgrules.compiler.report.proof_record import Proof
from imgrules.escapes import encodable

SCHEMA_VERSION: Literal[1] = 1


@dataclass(frozen=True)
class PlaceDocument:
    """A range of a file; lines and columns count from 1, columns in code points."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class EditDocument(PlaceDocument):
    """A change of a file: `text` replaces the range."""

    text: str


@dataclass(frozen=True)
class FixDocument:
    """
    A fix: all `edits` together follow the hint. If it is `certain`, `check --fix` makes it.

    `text` is what replaces each place of the diagnostic; null where the fix is another change.
    """

    certain: bool
    text: str | None
    edits: tuple[EditDocument, ...]


@dataclass(frozen=True)
class RelatedDocument(PlaceDocument):
    """Another range that has to do with a diagnostic, and how."""

    label: str


@dataclass(frozen=True)
class DiagnosticDocument:
    """A mistake with its place; `more` are other places with the same mistake."""

    code: str
    name: str
    severity: Severity
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    hint: str | None
    fix: FixDocument | None
    more: tuple[PlaceDocument, ...]
    related: tuple[RelatedDocument, ...]


@dataclass(frozen=True)
class FixedFileDocument:
    """A file that was fixed, or would be: how many places for each code, and the unified diff where nothing was written."""

    file: str
    places: dict[str, int]
    diff: str | None


@dataclass(frozen=True)
class CorrectionsDocument:
    """What `--fix` wrote, or what it would write: files, files that stay as they were, and what is left to a person."""

    written: bool
    files: tuple[FixedFileDocument, ...]
    kept: tuple[str, ...]
    left: tuple[DiagnosticDocument, ...]
    more: bool


@dataclass(frozen=True)
class AcceptedDocument:
    """A warning that is accepted in the rule file, and the reason."""

    warning: DiagnosticDocument
    why: str


@dataclass(frozen=True)
class ProofDocument:
    """
    What was tried of rules without an error, and found to hold; counter-examples are in `failures`.

    `selections` can be made, each with up to `gates` sets of open gates, at up to `moments` moments. `complete` says that
    all were tried; otherwise `sampled` are the ids of the models of which only some were. `contract` says that every body was
    proved against the contract that its type names.
    """

    complete: bool
    models: int
    selections: int
    gates: int
    moments: int
    sampled: tuple[str, ...]
    failures: tuple[str, ...]
    contract: bool


@dataclass(frozen=True)
class ReportDocument:
    """
    What `imgrules check` found; `more` says that a file has more mistakes than are listed.

    `tried` names the parts of contracts that are not proved but tried, such as `pattern` at a text that callers write.
    """

    schema_version: Literal[1]
    files: int
    examples: int
    errors: int
    warnings: int
    more: bool
    diagnostics: tuple[DiagnosticDocument, ...]
    corrections: CorrectionsDocument | None
    accepted: tuple[AcceptedDocument, ...]
    proof: ProofDocument | None
    tried: tuple[str, ...]


def document(report: Report) -> dict[str, Any]:
    """Return a report as a JSON document."""
    return asdict(
        ReportDocument(
            SCHEMA_VERSION,
            report.files,
            report.examples,
            len(report.errors),
            len(report.of(Severity.WARNING)),
            report.more,
            tuple(map(_diagnostic, report.diagnostics)),
            None if report.corrections is None else _corrections(report.corrections),
            tuple(AcceptedDocument(_diagnostic(entry.diagnostic), entry.why) for entry in report.accepted),
            None if report.proof is None else _proof(report.proof),
            tuple(map(encodable, report.tried)),
        )
    )


def _proof(proof: Proof) -> ProofDocument:
    counts = proof.models, proof.selections, proof.gates, proof.moments
    return ProofDocument(proof.complete, *counts, proof.sampled, proof.failures, proof.contract)


def _corrections(corrections: Corrections) -> CorrectionsDocument:
    return CorrectionsDocument(
        corrections.diffs is None,
        tuple(_fixed(file, places, corrections.diffs) for file, places in corrections.places.items()),
        tuple(map(encodable, corrections.kept)),
        tuple(map(_diagnostic, corrections.left)),
        corrections.more,
    )


def _fixed(file: str, places: Mapping[str, int], diffs: Mapping[str, str] | None) -> FixedFileDocument:
    return FixedFileDocument(encodable(file), {**places}, None if diffs is None else diffs[file])


def _diagnostic(diagnostic: Diagnostic) -> DiagnosticDocument:
    return DiagnosticDocument(
        diagnostic.code.id,
        diagnostic.code.name,
        diagnostic.code.severity,
        diagnostic.message,
        *range_of(diagnostic.spot),
        diagnostic.hint or None,
        _fix(diagnostic) if diagnostic.edits else None,
        tuple(PlaceDocument(*range_of(spot)) for spot in diagnostic.more),
        tuple(RelatedDocument(*range_of(spot), spot.label) for spot in diagnostic.related),
    )


def _fix(diagnostic: Diagnostic) -> FixDocument:
    edits = tuple(EditDocument(*range_of(edit), edit.text) for edit in diagnostic.edits)
    return FixDocument(diagnostic.certain, diagnostic.fix, edits)


def range_of(spot: Spot | Edit) -> tuple[str, int, int, int, int]:
    """Return the attributes of a `PlaceDocument`."""
    return encodable(spot.file), spot.start.line, spot.start.column, spot.end.line, spot.end.column
