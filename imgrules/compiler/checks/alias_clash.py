"""
an alias that already means something

What: an alias is also the name of a model, an option, a field or a value, or two things have the same alias.
Why: a selection with it would be ambiguous, and the order of lines would decide what it means.

Avoid:
    ratio: {values: {"16:9": {aliases: [wide]}, "21:9": {aliases: [wide]}}}
Prefer:
    ratio: {values: {"16:9": {aliases: [wide]}, "21:9": {aliases: [widest]}}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at, details_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.quoting import quoted
from imgrules.table.records import MODEL

CODE = Code("IR231", "alias-clash", Severity.ERROR, __doc__)


class _Alias(NamedTuple):
    """An alias, its place, and the name that it is an alias of."""

    name: str
    place: Place
    means: str


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find aliases that already mean something."""
    aliased = ((model, spec.aliases) for model, spec in rules.models.items() if spec.aliases is not None)
    aliases = [alias for model, names in aliased for alias in _aliases(model, names, ("aliases",), model)]
    yield from _clashes(aliases, dict.fromkeys(rules.files, "a model"))
    for kind, shared in rules.shared.types.items():
        yield from _clashes(list(_of_fields(kind, shared)), _names(shared, {}))
    for model, spec in rules.models.items():
        yield from _of_model(model, spec, rules.shared.types.get(spec.type))


def _of_model(model: str, spec: ModelSpec, kind: TypeSpec | None) -> Iterator[Finding]:
    shared = list(_of_fields(spec.type, kind)) if kind is not None else []
    own = [
        alias
        for name, option in spec.options.items()
        if option.aliases is not None
        for alias in _aliases(model, option.aliases, ("options", name, "aliases"), name)
    ]
    if own or shared:
        findings = _clashes([*shared, *own], _names(kind, spec.options))
        # A clash within the shared file is reported there.
        names = set(spec.options)
        yield from (finding for finding in findings if finding.place.file == model)
        yield from (_taken(alias, model) for alias in shared if alias.name in names)
    for name, option in spec.options.items():
        of_values = [
            alias
            for value, details in details_of(option).items()
            if details.aliases is not None
            for alias in _aliases(model, details.aliases, ("options", name, "values", value, "aliases"), value)
        ]
        if of_values:
            yield from _clashes(of_values, dict.fromkeys(details_of(option), "a value"))


def _aliases(file: str, aliases: str | list[str] | Mapping[str, str] | None, path: Path, means: str) -> Iterator[_Alias]:
    on_key = isinstance(aliases, Mapping)
    return (_Alias(name, Place(alias_path, on_key=on_key, file=file), means) for name, alias_path in aliases_at(aliases, path))


def _of_fields(kind: str, shared: TypeSpec) -> Iterator[_Alias]:
    for name, field in (shared.fields or {}).items():
        if field.aliases is not None:
            yield from _aliases("_shared", field.aliases, ("types", kind, "fields", name, "aliases"), name)


def _names(kind: TypeSpec | None, options: Iterable[str]) -> dict[str, str]:
    fields = dict.fromkeys((kind.fields or {}) if kind else (), "a field")
    refused = dict.fromkeys((kind.refused or {}) if kind else (), "a refused field")
    return {MODEL: "the key of the model", **refused, **fields, **dict.fromkeys(options, "an option")}


def _clashes(aliases: list[_Alias], reserved: Mapping[str, str]) -> Iterator[Finding]:
    first: dict[str, _Alias] = {}
    for alias in aliases:
        other = first.setdefault(alias.name, alias)
        if alias.name in reserved:
            message = f"the alias {quoted(alias.name)} is the name of {reserved[alias.name]}"
            yield Finding(CODE, message, alias.place, "choose another alias, or delete it")
        elif other is not alias:
            message = f"{quoted(alias.name)} is an alias of {quoted(other.means)} too"
            if other.means == alias.means:
                message = f"the alias {quoted(alias.name)} is given twice"
            related = ((other.place, "the other alias"),)
            yield Finding(CODE, message, alias.place, "delete one of the two", related)


def _taken(alias: _Alias, model: str) -> Finding:
    place = Place(("options", alias.name), on_key=True, file=model)
    message = f"{quoted(alias.name)} is an alias of the field {quoted(alias.means)}"
    return Finding(CODE, message, place, "choose another name", ((alias.place, "the alias"),))
