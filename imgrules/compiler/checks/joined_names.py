"""
several names in one text

What: an alias, a value or a grant holds a comma, a semicolon, a bar or the word `or`; or it is several measures such as `16:9`
or `2K` with spaces or slashes between them; or it is a range such as `1..4`.
Why: it is one name then, with the signs and the spaces in it, and none of its parts is understood.

Avoid:
    aliases: flux2, flux-two
    ratio: {values: [16:9 1:1 9:16]}
    opens_with: [member or staff]
Prefer:
    aliases: [flux2, flux-two]
    ratio: {values: ["16:9", "1:1", "9:16"]}
    opens_with: [member, staff]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import apart
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at, values_of
from imgrules.compiler.spec.types import Closed, Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR325", "joined-names", Severity.WARNING, __doc__, may_be_meant=True)

_SIGN = re.compile(r"[,;|\s/]")
_BETWEEN = r"[,;|]+\s*|\sor\s"
_MEASURE = r"[0-9]+(?:[:x*][0-9]+|[A-Za-z]{1,2})"
_RANGE = re.compile(r"[0-9]+\.{2,3}[0-9]+")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each alias, each listed value and each grant that is several names in one text."""
    for gate, entry in (rules.shared.gates or {}).items():
        for index, grant in enumerate(entry.opens_with):
            if _is_joined(grant):
                yield _of_name(grant, "grant", Place(("gates", gate, "opens_with", index), file="_shared"))
    for file, block in {"_shared": rules.shared, **rules.models}.items():
        yield from _of_aliases(file, block)
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for index, value in enumerate(values_of(option)):
                if _is_joined(value) or _RANGE.fullmatch(value):
                    named = isinstance(option.values, Mapping)
                    path: Path = ("options", name, "values", value if named else index)
                    yield _of_name(value, "value", Place(path, on_key=named, file=model))


def _of_aliases(file: str, block: Closed) -> Iterator[Finding]:
    for path, written in walk(block, Role.ALIASES):
        for name, place in aliases_at(written, path):
            if _is_joined(name):
                yield _of_name(name, "alias", Place(place, on_key=isinstance(written, Mapping), file=file))


def _of_name(name: str, noun: str, place: Place) -> Finding:
    """Return the finding about several names in one, or about a range in place of a name."""
    if not _is_joined(name):
        hint = "an option that takes a range has `number: {min: ..., max: ...}` in place of `values:`"
        return Finding(CODE, f"{quoted(name)} is one {noun}, and no range", place, hint)
    parts = _parts(name)
    return Finding(CODE, f"{quoted(name)} is one {noun}, not {len(parts)}", place, apart(parts))


def _is_joined(name: str) -> bool:
    parts = _parts(name)
    return len(parts) > 1 and all(parts)


def _parts(name: str) -> list[str]:
    """Return the names between signs that separate, or the measures between spaces, dashes or slashes; else an empty list."""
    if _SIGN.search(name) is None:
        return []
    parts = [part.strip() for part in re.split(_BETWEEN, name.strip())]
    if len(parts) > 1:
        return parts
    measures = [part for part in re.split(r"[\s/]+", name) if part != "-"]
    return measures if all(re.fullmatch(_MEASURE, part) for part in measures) else []
