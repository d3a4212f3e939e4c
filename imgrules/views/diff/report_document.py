"""The JSON document of a difference, as records: what `imgrules diff --format json` writes, and what its schema is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from imgrules.escapes import encodable
from imgrules.views.diff.diff_records import Acceptance, Diff, DiffFinding, Later, Level, Sum

SCHEMA_VERSION: Literal[1] = 1


@dataclass(frozen=True)
class SumDocument:
    """
    How many selections change, each counted once, for the most serious change.

    `dearer_by` and `cheaper_by` are the least and the greatest change in per cent, empty where there is none. `sampled_from` is
    the number of combinations where they were too many for all to be decided, else null. `later` says how many of the
    selections that an effect counts are changed only from a later moment on.
    """

    selections: int
    impossible: int
    locked: int
    sent: int
    dearer: int
    cheaper: int
    repriced: int
    opened: int
    possible: int
    unchanged: int
    dearer_by: tuple[Decimal, ...]
    cheaper_by: tuple[Decimal, ...]
    sampled_from: int | None
    later: tuple[Later, ...]


@dataclass(frozen=True)
class ModelDocument:
    """A model that changes, and the sum of its selections."""

    id: str
    label: str
    sum: SumDocument


@dataclass(frozen=True)
class FindingDocument:
    """
    One change of the rules; `model` is null for a change that all models share.

    `percent` is the least and the greatest change of a price. `file` and `line` are of the new side, or for what was removed of
    the old one (`in_new` is false). `failing` says whether the command fails because of it.
    """

    id: str
    level: Level
    model: str | None
    path: str
    message: str
    why: str
    old: Any
    new: Any
    selections: int
    percent: tuple[Decimal, Decimal] | None
    when: dict[str, tuple[Any, ...]]
    since: str | None
    until: str | None
    in_new: bool
    file: str | None
    line: int | None
    fingerprint: str
    failing: bool
    accepted: Acceptance | None
    ended: Acceptance | None


@dataclass(frozen=True)
class DiffDocument:
    """The difference of two rule sets; `counts` has the number of findings of each level."""

    schema_version: Literal[1]
    old: str
    new: str
    at: str | None
    currency: str
    failed: bool
    counts: dict[Level, int]
    unchanged_models: int
    total: SumDocument
    models: tuple[ModelDocument, ...]
    findings: tuple[FindingDocument, ...]


def document(diff: Diff, names: tuple[str, str], failing: frozenset[str]) -> DiffDocument:
    """Return a difference as a document; `names` are those of the sides, and `failing` the fingerprints of what fails."""
    old, new = map(encodable, names)
    return DiffDocument(
        SCHEMA_VERSION,
        old,
        new,
        diff.at,
        diff.currency,
        bool(failing),
        {level: len(diff.of(level)) for level in Level},
        diff.unchanged_models,
        _sum(diff.total),
        tuple(_models(diff.sums, diff.labels)),
        tuple(_finding(finding, failing=finding.fingerprint in failing) for finding in diff.findings),
    )


def _models(sums: Mapping[str, Sum], labels: Mapping[str, str]) -> list[ModelDocument]:
    return [ModelDocument(model, labels.get(model, model), _sum(total)) for model, total in sums.items()]


def _sum(total: Sum) -> SumDocument:
    return SumDocument(*(getattr(total, name) for name in Sum.__match_args__))


def _finding(finding: DiffFinding, *, failing: bool) -> FindingDocument:
    percent = None if finding.least is None or finding.most is None else (finding.least, finding.most)
    return FindingDocument(
        finding.id,
        finding.level,
        finding.model,
        finding.place,
        finding.message,
        finding.why,
        finding.old,
        finding.new,
        finding.selections,
        percent,
        {**finding.when},
        finding.since,
        finding.until,
        finding.in_new,
        None if finding.file is None else encodable(finding.file),
        finding.line,
        finding.fingerprint,
        failing,
        finding.accepted,
        finding.ended,
    )
