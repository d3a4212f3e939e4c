"""
braces in a text that is sent literally

What: a constant of the request contains the name of an option, or `value`, `width` or `height`, in braces.
Why: only `as` has placeholders; in a constant, braces are ordinary text, and the provider would get them.

Avoid:
    body: {output.key: "{ratio}-{resolution}"}
Prefer:
    body: {output.key: {by: [ratio, resolution], table: {"1:1": {1K: 1-1K, 2K: 1-2K}}}}
    body: {output.shape: {of: ratio, as: "{width}x{height}"}}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, wire_tables
from imgrules.compiler.spec.shared import TypeSpec

CODE = Code("IR250", "braces-in-constant", Severity.WARNING, __doc__)

_PLACES = frozenset({"value", "width", "height"})
_PLACE = re.compile(r"{(\w+)}")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find constants that look as if something were filled in."""
    for model, spec in rules.models.items():
        kind = rules.shared.types.get(spec.type)
        known = _PLACES.union(spec.options, (kind.fields or {}) if kind else ())
        yield from _found(model, _constants(spec), known)
    for name, kind in rules.shared.types.items():
        said = ((("types", name, "constants", path), each) for path, each in (kind.constants or {}).items())
        yield from _found("_shared", said, _shared_names(kind))


def _shared_names(kind: TypeSpec) -> frozenset[str]:
    return _PLACES.union(kind.options or (), kind.fields or ())


def _constants(spec: ModelSpec) -> Iterator[tuple[Path, Any]]:
    """Yield every constant that a model sends, with its path."""
    yield from ((("body", path), each) for path, each in (spec.body or {}).items() if isinstance(each, str | list))
    yield from (((*path, "table"), table.table) for path, table in wire_tables(spec).items())
    for name, option in spec.options.items():
        for value, said in details_of(option).items():
            yield ("options", name, "values", value, "send"), said.send


def _found(file: str, said: Iterator[tuple[Path, Any]], known: Collection[str]) -> Iterator[Finding]:
    for path, constant in said:
        for at, text in _texts(path, constant):
            names = [each for each in _PLACE.findall(text) if each in known]
            if names:
                message = f"`{{{names[0]}}}` is sent literally: braces are ordinary text in a constant"
                hint = "for one option, use `of:` with `as:`; for two, use a table by both"
                yield Finding(CODE, message, Place(at, file=file), hint)


def _texts(path: Path, said: Any) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a constant, of a list of them or of a table."""
    if isinstance(said, str):
        yield path, said
    inside = said.items() if isinstance(said, Mapping) else enumerate(said) if isinstance(said, list) else ()
    for key, each in inside:
        yield from _texts((*path, key), each)
