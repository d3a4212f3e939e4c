"""
several names in one text

What: an alias or a value holds a comma, or is several numbers such as `16:9` with spaces between them.
Why: it is one name then, with the comma or the spaces in it, and none of its parts is understood.

Avoid:
    aliases: flux2, flux-two
    ratio: {values: [16:9 1:1 9:16]}
Prefer:
    aliases: [flux2, flux-two]
    ratio: {values: ["16:9", "1:1", "9:16"]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at, values_of
from imgrules.compiler.spec.types import Closed, Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR325", "joined-names", Severity.WARNING, __doc__, may_be_meant=True)

_SHOWN = 3
_SIGN = re.compile(r"[,;\s]")
_FORM = re.compile(r"[0-9]+[:x][0-9]+")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each alias and each listed value that is several names in one text."""
    for file, block in {"_shared": rules.shared, **rules.models}.items():
        yield from _of_aliases(file, block)
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for index, value in enumerate(values_of(option)):
                named = isinstance(option.values, Mapping)
                path: Path = ("options", name, "values", value if named else index)
                yield from _of_name(value, "value", Place(path, on_key=named, file=model))


def _of_aliases(file: str, block: Closed) -> Iterator[Finding]:
    for path, written in walk(block, Role.ALIASES):
        for name, place in aliases_at(written, path):
            yield from _of_name(name, "alias", Place(place, on_key=isinstance(written, Mapping), file=file))


def _of_name(name: str, noun: str, place: Place) -> Iterator[Finding]:
    parts = _parts(name)
    if len(parts) > 1 and all(parts):
        hint = f"write each by itself: {', '.join(map(quoted, parts[:_SHOWN]))}{', and so on' if parts[_SHOWN:] else ''}"
        yield Finding(CODE, f"{quoted(name)} is one {noun}, not {len(parts)}", place, hint)


def _parts(name: str) -> list[str]:
    """Return the names between commas or semicolons, or the numbers between spaces or dashes; empty where there are neither."""
    if _SIGN.search(name) is None:
        return []
    if set(",;") & set(name):
        return [part.strip() for part in re.split("[,;]", name)]
    parts = [part for part in name.split() if part != "-"]
    return parts if all(map(_FORM.fullmatch, parts)) else []
