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

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, moment_of, sources
from imgrules.quoting import quoted

CODE = Code("IR230", "stale-source", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each source read after `rules.today`, or too long before it; nothing if `rules.today` is None."""
    today = moment_of(rules.today)
    for file, spec in (("_shared", rules.shared), *rules.models.items()) if today is not None else ():
        for path, source in sources(spec):
            if today is not None and source.checked is not None:
                yield from _old(source.checked, today, rules.shared.stale_after, Place((*path, "checked"), file=file))


def _old(checked: str, today: str, most: int | None, place: Place) -> Iterator[Finding]:
    """Yield a finding for the day, or the month, in which a source was read."""
    first = moment_of(checked)
    if first is None:
        return  # another check reports days that do not exist
    days = (datetime.fromisoformat(today) - datetime.fromisoformat(first)).days
    if days < 0:
        yield Finding(CODE, f"{quoted(checked)} is in the future", place, "write the date on which it was read")
        return
    is_month = checked == first[: len("2026-11")]
    year, month = map(int, first[: len("2026-11")].split("-"))
    # Of a month, its last day counts.
    at_least = days - monthrange(year, month)[1] + 1 if is_month else days
    if most is not None and at_least > most:
        message = f"this was checked {'at least ' if is_month else ''}{at_least} days ago, but at most {most} are allowed"
        yield Finding(CODE, message, place, "read it again, fix what changed, and write the new date")
