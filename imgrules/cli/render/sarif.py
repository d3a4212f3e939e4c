"""The format `sarif`: SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import imgrules
from imgrules.cli.printing.style import Style
from imgrules.cli.render.findings.annotations import Annotation, Kind, Region
from imgrules.cli.render.findings.findings import findings_of
from imgrules.cli.render.parts.text_parts import safe

if TYPE_CHECKING:  # the report of each command is loaded by it
    from imgrules.cli.render.findings.findings import AnyReport

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

FINGERPRINT = "imgrules/v1"
"""The name of the fingerprint; another way to make it would take another name."""


def render(report: AnyReport, _: Style) -> str:
    """Return a report as one SARIF document, in one line: services limit the size. It describes the kinds that occur."""
    found = findings_of(report)
    results = [*found.annotations, *found.hidden]
    kinds = list({annotation.kind.id: annotation.kind for annotation in results}.values())
    positions = {kind.id: position for position, kind in enumerate(kinds)}
    driver = {"name": "imgrules", "version": imgrules.__version__, "rules": [_rule(kind) for kind in kinds]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(annotation, positions[annotation.kind.id]) for annotation in results],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rule(kind: Kind) -> dict[str, Any]:
    first = kind.page.strip().partition("\n")[0]
    return {
        "id": kind.id,
        "name": kind.name,
        "shortDescription": {"text": first},
        "help": {"text": kind.page.strip()},
        "defaultConfiguration": {"level": kind.level.value},
    }


def _result(annotation: Annotation, position: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": annotation.kind.id,
        "ruleIndex": position,
        "level": annotation.level.value,
        "message": {"text": _text(annotation.text)},
        "partialFingerprints": {FINGERPRINT: annotation.fingerprint},
    }
    if annotation.region is not None:
        result["locations"] = [_location(annotation.region)]
    if annotation.accepted:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _text(safe(annotation.accepted))}]
    related = dict.fromkeys([*annotation.related, *annotation.more])
    if related:
        result["relatedLocations"] = [_location(region, region.label or "the same here") for region in related]
    return result


def _location(region: Region, label: str = "") -> dict[str, Any]:
    place = {
        "artifactLocation": _artifact(region.file),
        "region": {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        },
    }
    return {"physicalLocation": place} | ({"message": {"text": _text(safe(label))}} if label else {})


def _text(text: str) -> str:
    """Return a text of a message, in which no part of a rule file is a link: SARIF writes one as `[text](target)`."""
    return text.replace("](", "] (")


def _artifact(file: str) -> dict[str, str]:
    """Return the address of a file: relative to the repository, or a whole one if it lies outside."""
    address = quote(os.fsencode(file))
    return {"uri": f"file://{address}"} if file.startswith("/") else {"uri": address, "uriBaseId": "%SRCROOT%"}
