"""The format `gitlab`: a code quality report, which GitLab shows in a merge request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from imgrules.cli.printing.style import Style
from imgrules.cli.render.findings.annotations import Annotation, Level
from imgrules.cli.render.findings.findings import findings_of
from imgrules.cli.render.parts.text_parts import safe

if TYPE_CHECKING:  # the report of each command is loaded by it
    from imgrules.cli.render.findings.findings import AnyReport

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.NOTE: "info"}


def render(report: AnyReport, _: Style) -> str:
    """Return a report as one code quality document."""
    return document(findings_of(report).annotations)


def document(found: Iterable[Annotation]) -> str:
    """Return annotations as one code quality document; GitLab needs a place, and shows the first of equal fingerprints."""
    return json.dumps([_entry(annotation) for annotation in found], ensure_ascii=False, indent=2) + "\n"


def _entry(annotation: Annotation) -> dict[str, Any]:
    region = annotation.region
    lines = {"begin": region.line, "end": region.end_line} if region else {"begin": 1}
    return {
        "description": " ".join(annotation.text.splitlines()),
        "check_name": annotation.kind.name,
        "fingerprint": annotation.fingerprint,
        "severity": _SEVERITIES[annotation.level],
        "location": {"path": safe(region.file) if region else ".", "lines": lines},
    }
