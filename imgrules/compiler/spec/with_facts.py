"""
Put the facts of a model among its options, so that whatever reads an option reads a fact too.

A model has its own facts, and those shared ones that it names: a model on which no shared fact has an effect is left unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.compiler.report.diagnostics import Change, Finding, Place
from imgrules.compiler.spec.facts import FactSpec
from imgrules.compiler.spec.model import ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import RuleSet, conditions, named_options, tables
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.table.record_base import replace

_KINDS = ("values", "number", "size", "ratio", "text", "many")
_SHARED = "_shared"


class FactOptionSpec(OptionSpec):
    """A fact of a model, as an option that is not picked but stated."""


class SharedFactSpec(FactOptionSpec):
    """A fact that `_shared.yaml` declares."""


def with_facts(spec: ModelSpec, shared: SharedSpec) -> ModelSpec:
    """Return a model with its facts among its options; those of `_shared.yaml` that it does not name are left out."""
    common, own = shared.facts or {}, spec.facts or {}
    if not (common or own):
        return spec
    named = names_in(spec) if common else frozenset()
    read = {name: fact for name, fact in common.items() if name in named and name not in own}
    whole = {name: _combined(common.get(name), fact) for name, fact in own.items()}
    facts = {
        **as_options(read, SharedFactSpec),
        **{name: FactOptionSpec.model_construct(**keys) for name, keys in whole.items()},
    }
    # An option of the same name is an error; until it is mended, the option counts.
    free = {name: fact for name, fact in facts.items() if name not in spec.options}
    return spec.model_copy(update={"options": {**spec.options, **free}}) if free else spec


def as_options(facts: Mapping[str, FactSpec] | None, kind: type[FactOptionSpec]) -> dict[str, FactOptionSpec]:
    """Return facts as options of a class."""
    return {name: kind.model_construct(**_keys(fact)) for name, fact in (facts or {}).items()}


def names_in(spec: ModelSpec) -> frozenset[str]:
    """Return all names of options and facts that a model reads."""
    compared = (name for _, condition in conditions(spec) for name in condition)
    by = (name for _, table in tables(spec) for name in table.by)
    return frozenset((*compared, *by, *(name for _, name in named_options(spec))))


def _combined(shared: FactSpec | None, own: FactSpec) -> dict[str, Any]:
    """Return the keys of a fact of a model: what it leaves out, the shared fact of its name says; its kind is one key."""
    keys = _keys(own)
    common = {} if shared is None else _keys(shared)
    if not keys.keys().isdisjoint(_KINDS):
        common = {name: value for name, value in common.items() if name not in _KINDS}
    return {**common, **keys}


def _keys(fact: FactSpec) -> dict[str, Any]:
    keys = {name: getattr(fact, name) for name in FactSpec.model_fields if getattr(fact, name) is not None}
    if isinstance(fact.values, dict):
        keys["values"] = {
            name: ValueSpec.model_validate(details.model_dump(exclude_none=True)) for name, details in fact.values.items()
        }
    return keys


def unread_facts(rules: RuleSet) -> RuleSet:
    """Return a rule set whose one model has the shared facts that no model reads, so that these are checked too."""
    read = {name for spec in rules.models.values() for name in spec.options}
    facts = {name: fact for name, fact in (rules.shared.facts or {}).items() if name not in read}
    if not facts:
        return replace(rules, models={}, known_options={}, amounts={})
    options = as_options(facts, SharedFactSpec)
    spec = ModelSpec.model_construct(name=_SHARED, type=_SHARED, provider=None, model=None, options=options)
    return replace(rules, models={_SHARED: spec}, known_options={}, amounts={})


def at_their_facts(rules: RuleSet, finding: Finding) -> Finding:
    """Return a finding with the places of facts, which are among the options of a model here, where their author wrote them."""
    if finding.place.file not in rules.models and not finding.related:
        return finding
    place = _place(rules.models, finding.place)
    related = tuple((_place(rules.models, other), label) for other, label in finding.related)
    if place is finding.place and all(new is old for (new, _), (old, _) in zip(related, finding.related, strict=True)):
        return finding
    fix = finding.fix
    if isinstance(fix, tuple):
        fix = tuple(Change(_place(rules.models, change.place), change.text) for change in fix)
    return replace(finding, place=place, related=related, fix=fix)


def _place(models: Mapping[str, ModelSpec], place: Place) -> Place:
    spec, path = models.get(place.file or ""), place.path
    option = None if spec is None or path[:1] != ("options",) or len(path) == 1 else spec.options.get(str(path[1]))
    if not isinstance(option, FactOptionSpec):
        return place
    file = _SHARED if isinstance(option, SharedFactSpec) else place.file
    until = None if place.until is None else ("facts", *place.until[1:])
    return Place(("facts", *path[1:]), on_key=place.on_key, file=file, until=until)
