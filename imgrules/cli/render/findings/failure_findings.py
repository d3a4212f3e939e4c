"""The one finding of a command that could not run, for the formats of other programs: an empty document would look like no mistake."""

from __future__ import annotations

from imgrules.cli.render.findings.annotations import Annotation, Case, Findings, Kind, Level, with_fingerprints
from imgrules.cli.render.parts import job_summary
from imgrules.cli.render.parts.failure import Failure
from imgrules.cli.render.parts.text_parts import safe

_PAGE = "a command that could not run\n\nNothing was compared, tested or checked; the message says why."
_KIND = Kind("could-not-run", "could-not-run", Level.ERROR, _PAGE)


def findings(report: Failure) -> Findings:
    """Return the reason as an annotation without a place, and as a case that fails."""
    name = f"imgrules {report.command}"
    first, *more = [line.strip() for line in report.message.splitlines()] or ["no reason is known"]
    return Findings(
        name,
        "could not run",
        tuple(with_fingerprints([(Annotation(_KIND, Level.ERROR, first, None, "; ".join(more)), [report.command])])),
        lambda: {name: [Case("could not run", ("\n".join(map(safe, (first, *more))),))]},
        lambda: job_summary.page(name, f"could not run: {report.message}", ()),
    )
