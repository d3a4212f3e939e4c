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
    """Another name, where it stands, and what it means."""

    name: str
    place: Place
    means: str


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find other names that are taken."""
    aliased = ((model, spec.aliases) for model, spec in rules.models.items() if spec.aliases is not None)
    named = [one for model, said in aliased for one in _aliases(model, said, ("aliases",), model)]
    yield from _clashes(named, dict.fromkeys(rules.files, "a model"))
    for kind, shared in rules.shared.types.items():
        yield from _clashes(list(_of_fields(kind, shared)), _names(shared, {}))
    for model, spec in rules.models.items():
        yield from _of_model(model, spec, rules.shared.types.get(spec.type))


def _of_model(model: str, spec: ModelSpec, kind: TypeSpec | None) -> Iterator[Finding]:
    shared = list(_of_fields(spec.type, kind)) if kind is not None else []
    own = [
        one
        for name, option in spec.options.items()
        if option.aliases is not None
        for one in _aliases(model, option.aliases, ("options", name, "aliases"), name)
    ]
    if own or shared:
        found = _clashes([*shared, *own], _names(kind, spec.options))
        # What the shared file says wrong by itself is told there.
        options = set(spec.options)
        yield from (each for each in found if each.place.file == model)
        yield from (_taken(each, model) for each in shared if each.name in options)
    for name, option in spec.options.items():
        said = [
            one
            for value, each in details_of(option).items()
            if each.aliases is not None
            for one in _aliases(model, each.aliases, ("options", name, "values", value, "aliases"), value)
        ]
        if said:
            yield from _clashes(said, dict.fromkeys(details_of(option), "a value"))


def _aliases(file: str, said: str | list[str] | Mapping[str, str] | None, path: Path, means: str) -> Iterator[_Alias]:
    on_key = isinstance(said, Mapping)
    return (_Alias(name, Place(where, on_key=on_key, file=file), means) for name, where in aliases_at(said, path))


def _of_fields(kind: str, shared: TypeSpec) -> Iterator[_Alias]:
    for name, field in (shared.fields or {}).items():
        if field.aliases is not None:
            yield from _aliases("_shared", field.aliases, ("types", kind, "fields", name, "aliases"), name)


def _names(kind: TypeSpec | None, options: Iterable[str]) -> dict[str, str]:
    fields = dict.fromkeys((kind.fields or {}) if kind else (), "a field")
    refused = dict.fromkeys((kind.refused or {}) if kind else (), "a refused field")
    return {MODEL: "the key of the model", **refused, **fields, **dict.fromkeys(options, "an option")}


def _clashes(aliases: list[_Alias], real: Mapping[str, str]) -> Iterator[Finding]:
    first: dict[str, _Alias] = {}
    for each in aliases:
        other = first.setdefault(each.name, each)
        if each.name in real:
            message = f"the alias {quoted(each.name)} is the name of {real[each.name]}"
            yield Finding(CODE, message, each.place, "choose another alias, or delete it")
        elif other is not each:
            message = f"{quoted(each.name)} is an alias of {quoted(other.means)} too"
            if other.means == each.means:
                message = f"the alias {quoted(each.name)} is given twice"
            related = ((other.place, "the other alias"),)
            yield Finding(CODE, message, each.place, "delete one of the two", related)


def _taken(alias: _Alias, model: str) -> Finding:
    place = Place(("options", alias.name), on_key=True, file=model)
    message = f"{quoted(alias.name)} is an alias of the field {quoted(alias.means)}"
    return Finding(CODE, message, place, "choose another name", ((alias.place, "the alias"),))
