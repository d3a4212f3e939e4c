"""
a source that was not checked recently

What: `checked` is more than `stale_after` days ago, or in the future.
Why: providers change prices and limits without notice, so rules that were not checked for a long time may be wrong.

Avoid:
    source: {url: "https://example.com/docs", checked: "2020-01-01"}
Prefer:
    source: {url: "https://example.com/docs", checked: "2026-11-22"}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, moment_of, sources
from imgrules.quoting import quoted

CODE = Code("IR230", "stale-source", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each source read after `rules.today`, or too long before it; nothing if `rules.today` is None."""
    today = moment_of(rules.today)
    for model, spec in rules.models.items() if today is not None else ():
        for path, source in sources(spec):
            checked = moment_of(source.checked)
            days = 0 if checked is None or today is None else _days(checked, today)
            place = Place((*path, "checked"), file=model)
            if days < 0:
                yield Finding(CODE, f"{quoted(source.checked)} is in the future", place, "write the date on which it was read")
            elif rules.shared.stale_after is not None and days > rules.shared.stale_after:
                message = f"this was checked {days} days ago, but at most {rules.shared.stale_after} are allowed"
                yield Finding(CODE, message, place, "read it again, fix what changed, and write the new date")


def _days(start: str, end: str) -> int:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).days
