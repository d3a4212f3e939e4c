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
from imgrules.compiler.report.helps import typed
from imgrules.compiler.spec.rule_set import RuleSet, type_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import Role
from imgrules.compiler.spec.walk import walk

CODE = Code("IR250", "braces-in-constant", Severity.WARNING, __doc__)

_ALWAYS_KNOWN = frozenset({"value", "width", "height"})
_PLACEHOLDER = re.compile(r"{(\w+)}")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each constant that contains a placeholder, since it is sent unchanged."""
    for model, spec in rules.models.items():
        kind = type_of(rules.shared, spec)
        known = {*spec.options, *(spec.facts or ()), *(rules.shared.facts or ())}
        names = _ALWAYS_KNOWN.union(known, (kind.fields or {}) if kind else ())
        yield from _placeholders(model, walk(spec, Role.CONSTANT), names, known)
    for name, kind in rules.shared.types.items():
        constants = ((("types", name, *path), constant) for path, constant in walk(kind, Role.CONSTANT))
        yield from _placeholders("_shared", constants, _shared_names(kind), ())


def _shared_names(kind: TypeSpec) -> frozenset[str]:
    return _ALWAYS_KNOWN.union(kind.options or (), kind.fields or ())


def _placeholders(
    file: str, constants: Iterator[tuple[Path, Any]], names: Collection[str], options: Collection[str]
) -> Iterator[Finding]:
    for path, constant in constants:
        for text_path, text in _texts(path, constant):
            used = [name for name in _PLACEHOLDER.findall(text) if name in names]
            if used:
                message = f"`{{{used[0]}}}` is sent literally: braces are ordinary text in a constant"
                yield Finding(CODE, message, Place(text_path, file=file), _hint(text_path, text, used, options))


def _hint(path: Path, text: str, used: list[str], options: Collection[str]) -> str:
    """Return how the value of an option is sent: of one as a part, of two by a table; with the text that was written."""
    names = [name for name in used if name in options] if path[:-1] == ("body",) else []
    if len(names) > 1:
        return f"to send what depends on two options, use a table: `{{by: [{names[0]}, {names[1]}], table: {{...}}}}`"
    if not names or len(used) > 1:
        return "to send the value of one option, use `of:` with `as:`; for two options, use a table by both"
    form = "text" if text == f"{{{names[0]}}}" else typed(text.replace(f"{{{names[0]}}}", "{value}"))
    return f"to send the value of `{names[0]}`, use `{{of: {names[0]}, as: {form}}}`"


def _texts(path: Path, node: Any) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a constant, of a list of constants or of a table, each with its path."""
    if isinstance(node, str):
        yield path, node
    children = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _texts((*path, key), child)
