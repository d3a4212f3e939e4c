"""From when until when something with dates applies, as moments that are compared as texts."""

from __future__ import annotations

from imgrules.compiler.spec.rule_set import moment_of
from imgrules.compiler.spec.types import DatedSpec

FIRST, LAST = "", "~"  # before and after every moment, as texts are compared


def start_of(entry: DatedSpec) -> str:
    """Return the moment at which something begins to apply; `FIRST` where none is stated."""
    return moment_of(entry.from_) or FIRST


def end_of(entry: DatedSpec) -> str:
    """Return the moment from which something no longer applies; `LAST` where none is stated."""
    return moment_of(entry.until) or LAST


def overlap(first: DatedSpec, second: DatedSpec) -> tuple[str, str] | None:
    """Return the start and the end of the period in which two entries both apply, or None."""
    start, end = max(start_of(first), start_of(second)), min(end_of(first), end_of(second))
    in_order = all(start_of(entry) < end_of(entry) for entry in (first, second))
    return (start, end) if in_order and start < end else None
