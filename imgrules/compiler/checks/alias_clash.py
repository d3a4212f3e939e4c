"""
an alias that already means something

What: an alias is also the name of a model, an option, a field or a value; or the same alias is given to two of them.
Why: a selection that uses the alias would be ambiguous: its meaning would depend on the order of the lines.

Avoid:
    ratio: {values: {"16:9": {aliases: [wide]}, "21:9": {aliases: [wide]}}}
Prefer:
    ratio: {values: {"16:9": {aliases: [wide]}, "21:9": {aliases: [widest]}}}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, aliases_at, details_of, type_name, type_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import Closed, Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted
from imgrules.table.records import MODEL

CODE = Code("IR231", "alias-clash", Severity.ERROR, __doc__)


class _Alias(NamedTuple):
    """An alias, its place, and the name that it is an alias of."""

    name: str
    place: Place
    means: str


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each alias that is also another name, or the alias of something else."""
    shared = _aliases("_shared", rules.shared)
    own = {model: _aliases(model, spec) for model, spec in rules.models.items()}
    yield from _clashes([alias for aliases in own.values() for alias in aliases[()]], dict.fromkeys(rules.files, "a model"))
    for name, kind in rules.shared.types.items():
        yield from _clashes(shared["types", name, "fields"], _names(kind, {}))
    for model, spec in rules.models.items():
        yield from _of_model(
            model, spec, type_of(rules.shared, spec), shared["types", type_name(rules.shared, spec), "fields"], own[model]
        )


def _aliases(file: str, spec: Closed) -> defaultdict[Path, list[_Alias]]:
    """Return the aliases of a file by the path of the block that holds their owners; in one block, no two may be equal."""
    aliases = defaultdict[Path, list[_Alias]](list)
    for path, written in walk(spec, Role.ALIASES):
        owner, on_key = path[:-1], isinstance(written, Mapping)
        means = str(owner[-1]) if owner else file
        for name, alias_path in aliases_at(written, path):
            aliases[owner[:-1]].append(_Alias(name, Place(alias_path, on_key=on_key, file=file), means))
    return aliases


def _of_model(
    model: str, spec: ModelSpec, kind: TypeSpec | None, of_fields: list[_Alias], own: defaultdict[Path, list[_Alias]]
) -> Iterator[Finding]:
    of_options = own["options",]
    if of_options or of_fields:
        findings = _clashes([*of_fields, *of_options], _names(kind, spec.options))
        # A clash within the shared file is reported there.
        yield from (finding for finding in findings if finding.place.file == model)
        yield from (_taken(alias, model) for alias in of_fields if alias.name in spec.options)
    for name, option in spec.options.items():
        of_values = own["options", name, "values"]
        if of_values:
            yield from _clashes(of_values, dict.fromkeys(details_of(option), "a value"))


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
            message = f"{quoted(alias.name)} is also an alias of {quoted(other.means)}"
            if other.means == alias.means:
                message = f"the alias {quoted(alias.name)} is given twice"
            related = ((other.place, "the other alias"),)
            yield Finding(CODE, message, alias.place, "delete one of the two", related)


def _taken(alias: _Alias, model: str) -> Finding:
    place = Place(("options", alias.name), on_key=True, file=model)
    message = f"{quoted(alias.name)} is an alias of the field {quoted(alias.means)}"
    return Finding(CODE, message, place, "choose another name", ((alias.place, "the alias"),))
