"""
a date that does not exist, or an end before the beginning

What: a moment names a day or a time that does not exist, or something ends before it begins.
Why: such a rule would never apply, or it would apply for ever.

Avoid:
    promotion: {credits: 5, from: "2026-12-01", until: "2026-11-31"}
Prefer:
    promotion: {credits: 5, from: "2026-11-01", until: "2026-12-01"}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import LimitedSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, dated_entries, details_of, moment_of, sources
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.types import DatedSpec
from imgrules.quoting import quoted

CODE = Code("IR226", "bad-moment", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find moments that no calendar has, and periods that end before they begin."""
    yield from _impossible_moments("_shared", _shared_moments(rules.shared))
    for gate, gate_spec in (rules.shared.gates or {}).items():
        yield from _reversed_periods("_shared", ("gates", gate), gate_spec)
    for model, spec in rules.models.items():
        yield from _impossible_moments(model, _moments(spec))
        for path, entry in dated_entries(spec):
            yield from _reversed_periods(model, path, entry)


def _impossible_moments(file: str, moments: Iterator[tuple[Path, str]]) -> Iterator[Finding]:
    for path, text in moments:
        if moment_of(text) is None:
            place = Place(path, file=file)
            yield Finding(CODE, f"{quoted(text)} does not exist", place, "write a date and a time that exist, in UTC")


def _reversed_periods(file: str, path: Path, entry: DatedSpec) -> Iterator[Finding]:
    """Find the ends of an entry that are not after its start."""
    if entry.from_ is None:
        return
    start = moment_of(entry.from_)
    ends: list[tuple[Path, str | None]] = [(("until",), entry.until)]
    if isinstance(entry, LimitedSpec) and entry.retired is not None:
        ends.append((("retired", "on"), entry.retired.on))
    for key, text in ends:
        end = moment_of(text)
        if start is not None and end is not None and end <= start:
            related = ((Place((*path, "from"), file=file), "it begins here"),)
            message = f"it ends on {quoted(text)}, but does not begin before that"
            yield Finding(CODE, message, Place((*path, *key), file=file), "write a later end, or an earlier beginning", related)


def _moments(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    for path, entry in dated_entries(spec):
        yield from _own_moments(path, entry)
    yield from (((*path, "checked"), source.checked) for path, source in sources(spec))
    yield from (
        (("examples", index, "at"), example.at) for index, example in enumerate(spec.examples or ()) if example.at is not None
    )
    yield from _ends_of_aliases(("aliases",), spec.aliases)
    for name, option in spec.options.items():
        if option.aliases is not None:
            yield from _ends_of_aliases(("options", name, "aliases"), option.aliases)
        for value, details in details_of(option).items():
            if details.aliases is not None:
                yield from _ends_of_aliases(("options", name, "values", value, "aliases"), details.aliases)


def _shared_moments(shared: SharedSpec) -> Iterator[tuple[Path, str]]:
    for gate, gate_spec in (shared.gates or {}).items():
        yield from _own_moments(("gates", gate), gate_spec)
    for kind, type_spec in shared.types.items():
        for name, field in (type_spec.fields or {}).items():
            yield from _ends_of_aliases(("types", kind, "fields", name, "aliases"), field.aliases)


def _own_moments(path: Path, entry: DatedSpec) -> Iterator[tuple[Path, str]]:
    if entry.from_ is not None:
        yield (*path, "from"), entry.from_
    if entry.until is not None:
        yield (*path, "until"), entry.until
    if isinstance(entry, LimitedSpec) and entry.retired is not None:
        yield (*path, "retired", "on"), entry.retired.on


def _ends_of_aliases(path: Path, aliases: object) -> Iterator[tuple[Path, str]]:
    if isinstance(aliases, Mapping):
        yield from (((*path, name), text) for name, text in aliases.items())
