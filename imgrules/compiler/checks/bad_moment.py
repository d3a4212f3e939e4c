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
from imgrules.compiler.spec.rule_set import RuleSet, dated, details_of, moment_of, sources
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.types import DatedSpec
from imgrules.quoting import quoted

CODE = Code("IR226", "bad-moment", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find moments that never come, and stretches of time that have no length."""
    yield from _unreal("_shared", _shared_moments(rules.shared))
    for gate, said in (rules.shared.gates or {}).items():
        yield from _turned("_shared", ("gates", gate), said)
    for model, spec in rules.models.items():
        yield from _unreal(model, _moments(spec))
        for path, each in dated(spec):
            yield from _turned(model, path, each)


def _unreal(file: str, said: Iterator[tuple[Path, str]]) -> Iterator[Finding]:
    for path, text in said:
        if moment_of(text) is None:
            place = Place(path, file=file)
            yield Finding(CODE, f"{quoted(text)} does not exist", place, "write a date and a time that exist, in UTC")


def _turned(file: str, path: Path, said: DatedSpec) -> Iterator[Finding]:
    """Find an end that is not after the beginning."""
    if said.from_ is None:
        return
    begun = moment_of(said.from_)
    ends: list[tuple[Path, str | None]] = [(("until",), said.until)]
    if isinstance(said, LimitedSpec) and said.retired is not None:
        ends.append((("retired", "on"), said.retired.on))
    for key, text in ends:
        over = moment_of(text)
        if begun is not None and over is not None and over <= begun:
            related = ((Place((*path, "from"), file=file), "it begins here"),)
            message = f"it ends on {quoted(text)}, but does not begin before that"
            yield Finding(CODE, message, Place((*path, *key), file=file), "write a later end, or an earlier beginning", related)


def _moments(spec: ModelSpec) -> Iterator[tuple[Path, str]]:
    for path, each in dated(spec):
        yield from _ends(path, each)
    yield from (((*path, "checked"), each.checked) for path, each in sources(spec))
    yield from ((("examples", at, "at"), each.at) for at, each in enumerate(spec.examples or ()) if each.at is not None)
    yield from _endings(("aliases",), spec.aliases)
    for name, option in spec.options.items():
        if option.aliases is not None:
            yield from _endings(("options", name, "aliases"), option.aliases)
        for value, said in details_of(option).items():
            if said.aliases is not None:
                yield from _endings(("options", name, "values", value, "aliases"), said.aliases)


def _shared_moments(shared: SharedSpec) -> Iterator[tuple[Path, str]]:
    for gate, said in (shared.gates or {}).items():
        yield from _ends(("gates", gate), said)
    for kind, each in shared.types.items():
        for name, field in (each.fields or {}).items():
            yield from _endings(("types", kind, "fields", name, "aliases"), field.aliases)


def _ends(path: Path, said: DatedSpec) -> Iterator[tuple[Path, str]]:
    if said.from_ is not None:
        yield (*path, "from"), said.from_
    if said.until is not None:
        yield (*path, "until"), said.until
    if isinstance(said, LimitedSpec) and said.retired is not None:
        yield (*path, "retired", "on"), said.retired.on


def _endings(path: Path, said: object) -> Iterator[tuple[Path, str]]:
    if isinstance(said, Mapping):
        yield from (((*path, name), text) for name, text in said.items())
