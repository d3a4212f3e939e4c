"""
a placeholder in a text that is sent literally

What: a constant of the request, the provider's model or the provider contains the name of an option or a field as a placeholder
of some language, such as `{ratio}`, `${ratio}` or `<ratio>`; or a placeholder of `as` has another sign than its braces.
Why: only `as` has placeholders, `{value}`, `{width}` and `{height}`; everything else is ordinary text, which the provider gets.

Avoid:
    body: {output.key: "{ratio}-{resolution}", output.shape: "${ratio}"}
Prefer:
    body: {output.key: {by: [ratio, resolution], table: {"1:1": {1K: 1-1K, 2K: 1-2K}}}, output.shape: {of: ratio}}
    body: {output.shape: {of: ratio, as: "{width}x{height}"}}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import Help, explain, typed, write
from imgrules.compiler.spec.model import ModelSpec, PartSpec
from imgrules.compiler.spec.rule_set import RuleSet, type_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR250", "braces-in-constant", Severity.WARNING, __doc__)

_ALWAYS_KNOWN = frozenset({"value", "width", "height", "model", "provider"})
_OF_PLACEHOLDERS = frozenset("{%<$")
_PLACEHOLDER = r"\$?{{1,2} ?(\w+) ?}{1,2}|%\((\w+)\)s|<(\w+)>|\$(\w+)"
_SIGN_TOO_MANY = re.compile(r"\${(value|width|height)}|{{(value|width|height)}}")


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each text that contains a placeholder where none is replaced, or one with a sign too many."""
    for model, spec in rules.models.items():
        texts = _with_signs(_constants(spec))
        if texts:
            kind = type_of(rules.shared, spec)
            known = {*spec.options, *(spec.facts or ()), *(rules.shared.facts or ())}
            names = _ALWAYS_KNOWN.union(known, (kind.fields or {}) if kind else ())
            yield from _placeholders(model, texts, names, known)
        yield from _signs(model, spec)
    for name, kind in rules.shared.types.items():
        texts = _with_signs((("types", name, *path), constant) for path, constant in walk(kind, Role.CONSTANT))
        yield from _placeholders("_shared", texts, _shared_names(kind), ())


def _constants(spec: ModelSpec) -> Iterator[tuple[Path, Any]]:
    """Yield what a model sends as it is, with its paths: constants, the provider, and the provider's model."""
    yield from walk(spec, Role.CONSTANT)
    yield from (
        (path, text) for path, text in ((("provider",), spec.provider), (("model",), spec.model)) if isinstance(text, str)
    )


def _signs(model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Yield a finding for each `as` in which a placeholder has another sign than its braces, which is sent beside its value."""
    forms: list[tuple[Path, str]] = [
        *((("options", name, "as"), option.as_) for name, option in spec.options.items() if option.as_ is not None),
        *(((*path, "as"), part.as_) for path, part in walk(spec, PartSpec) if part.as_ is not None),
    ]
    for path, form in forms:
        written = _SIGN_TOO_MANY.sub(lambda sign: f"{{{sign[1] or sign[2]}}}", form)
        if written != form:
            message = f"{quoted(form)} sends the sign beside the braces too"
            yield Finding(CODE, message, Place(path, file=model), *write(typed(written)))


def _shared_names(kind: TypeSpec) -> frozenset[str]:
    return _ALWAYS_KNOWN.union(kind.options or (), kind.fields or ())


def _placeholders(
    file: str, texts: Iterable[tuple[Path, str]], names: Collection[str], options: Collection[str]
) -> Iterator[Finding]:
    for path, text in texts:
        used = [found for found in re.finditer(_PLACEHOLDER, text) if _name(found) in names]
        if used:
            message = f"{quoted(used[0][0])} is sent literally: only `as` has placeholders"
            yield Finding(CODE, message, Place(path, file=file), *_help(path, text, used, options))


def _name(placeholder: re.Match[str]) -> str:
    return next(filter(None, placeholder.groups()), "")


def _help(path: Path, text: str, used: list[re.Match[str]], options: Collection[str]) -> Help:
    """Return how the value of an option is sent: of one as a part, of two by a table; with the text that was written."""
    named = [_name(found) for found in used if _name(found) in options]
    if path == ("model",) and len(named) == len(used) == 1:
        return explain(f"to choose the model by an option, use a table: `{{by: {named[0]}, table: {{...}}}}`")
    names = named if path[:-1] == ("body",) else []
    if len(names) > 1:
        return explain(f"to send what depends on two options, use a table: `{{by: [{names[0]}, {names[1]}], table: {{...}}}}`")
    if not names or len(used) > 1:
        return explain("to send the value of one option, use `of:` with `as:`; for two options, use a table by both")
    form = text.replace(used[0][0], "{value}")
    return explain(
        f"to send the value of `{names[0]}`, use `{{of: {names[0]}{'' if form == '{value}' else f', as: {typed(form)}'}}}`"
    )


def _with_signs(constants: Iterable[tuple[Path, Any]]) -> list[tuple[Path, str]]:
    """Return the texts of constants that have a sign of a placeholder, each with its path."""
    texts = (text for path, constant in constants for text in _texts(path, constant))
    return [(path, text) for path, text in texts if not _OF_PLACEHOLDERS.isdisjoint(text)]


def _texts(path: Path, node: Any) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a constant, of a list of constants or of a table, each with its path."""
    if isinstance(node, str):
        yield path, node
    children = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _texts((*path, key), child)
