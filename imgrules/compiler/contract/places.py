"""The lines of the rule files that put something at a path of the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.compiler.lower.convert import wire_path
from imgrules.compiler.report.diagnostics import Path, Place
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, details_of, leaves, type_name, type_of, values_of
from imgrules.compiler.spec.tables import TableSpec
from imgrules.compiler.spec.types import Closed
from imgrules.table.record_base import replace
from imgrules.table.terms import NONE, WirePath


def leaves_at(rules: RuleSet, model: str, path: WirePath) -> list[Leaf]:
    """Return the leaves of a model that are at a path of the body, inside it or around it."""
    spec = rules.models[model]
    kind = rules.shared.types[type_name(rules.shared, spec)]
    paths = ((leaf, wire_path(leaf.path)) for leaf in leaves(kind, spec))
    return [leaf for leaf, own in paths if own[: len(path)] == path or path[: len(own)] == own]


def where_sent(rules: RuleSet, model: str, leaf: Leaf) -> Place:
    """Return the place of the path at which a leaf is sent."""
    spec = rules.models[model]
    if leaf.name in spec.options and spec.options[leaf.name].send == leaf.path:
        return Place(("options", leaf.name, "send"), file=model)
    if leaf.path in (spec.body or {}):
        return Place(("body", leaf.path), on_key=True, file=model)
    if leaf.name is None:
        return _of_type(rules, spec, _target(rules, spec, leaf), "send")
    own = (spec.fields or {}).get(leaf.name)
    if own is not None and own.send is not None:
        return Place(("fields", leaf.name, "send"), file=model)
    return _of_type(rules, spec, "fields", leaf.name, "send")


def _target(rules: RuleSet, spec: ModelSpec, leaf: Leaf) -> str:
    kind = type_of(rules.shared, spec)
    return "provider" if kind is not None and kind.provider is not None and kind.provider.send == leaf.path else "model"


def _of_type(rules: RuleSet, spec: ModelSpec, *steps: str) -> Place:
    return Place(("types", type_name(rules.shared, spec), *steps), file="_shared")


_ENDS = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), "min"),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), "max"),
}
"""The bound that a rule has where a keyword of the contract has one."""


def what_is_refused(rules: RuleSet, model: str, leaf: Leaf, picked: Mapping[str, Any], keyword: str) -> Place:
    """Return the place of what a keyword refuses: the bound of a rule where it has one, else what the leaf sends."""
    place = what_is_sent(rules, model, leaf, picked)
    rule = _at(rules.shared if place.file == "_shared" else rules.models[model], place.path)
    end = _ENDS.get(keyword, "")
    return replace(place, path=(*place.path, end)) if end and getattr(rule, end, None) is not None else place


def _at(spec: Any, path: Path) -> Any:
    """Return the part of a spec at a path, or None."""
    for step in path:
        if isinstance(spec, Closed):
            fields = {field.alias or name: name for name, field in type(spec).model_fields.items()}
            spec = getattr(spec, fields.get(str(step), ""), None)
        else:
            spec = spec.get(step) if isinstance(spec, dict) else spec[int(step)] if isinstance(spec, list) else None
    return spec


def what_is_sent(rules: RuleSet, model: str, leaf: Leaf, picked: Mapping[str, Any]) -> Place:
    """Return the place of what a leaf sends for these picks: a constant, an entry of a table, a value, or a rule for values."""
    spec = rules.models[model]
    if leaf.name is None:
        on_body = leaf.path in (spec.body or {})
        path = ("body", leaf.path) if on_body else (_target(rules, spec, leaf),)
        return Place((*path, *_row(leaf.value, picked)) if isinstance(leaf.value, TableSpec) else path, file=model)
    if leaf.name in spec.options:
        return Place(*_of_option(spec, leaf.name, picked.get(leaf.name)), file=model)
    own = (spec.fields or {}).get(leaf.name)
    if own is not None and own.text is not None:
        return Place(("fields", leaf.name, "text"), file=model)
    shared = type_of(rules.shared, spec)
    key = "text" if shared is not None and (shared.fields or {})[leaf.name].text is not None else "send"
    return _of_type(rules, spec, "fields", leaf.name, key)


def _row(table: TableSpec, picked: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the path of an entry inside a table, as far as it has rows for these picks."""
    rows: Any = getattr(table, "table", {})
    path: tuple[str, ...] = ("table",)
    for name in table.by:
        row = str(picked.get(name) or NONE)
        if not isinstance(rows, dict) or row not in rows:
            break
        path, rows = (*path, row), rows[row]
    return path


def _of_option(spec: ModelSpec, name: str, value: Any) -> tuple[tuple[str | int, ...], bool]:
    """Return the path of what an option says of a value, and whether its key is meant."""
    option = spec.options[name]
    details = details_of(option).get(value) if isinstance(value, str) else None
    if details is not None:
        said = next((key for key, field in (("as", "as_"), ("send", "send")) if field in details.model_fields_set), None)
        return ("options", name, "values", value, *([said] if said else [])), said is None
    listed = list(values_of(option)) if isinstance(option.values, list) else []
    if value in listed:
        return ("options", name, "values", listed.index(value)), False
    kinds = {
        "list": option.many,
        "number": option.number,
        "size": option.size,
        "ratio": option.ratio,
        "text": option.text,
        "of": option.of,
    }
    kind = next((key for key, rule in kinds.items() if rule is not None), None)
    return ("options", name, *([kind] if kind else [])), kind is None


def why_absent(rules: RuleSet, model: str, leaf: Leaf, picked: Mapping[str, Any]) -> Place:
    """Return the place of what leaves a leaf out for these picks: `optional`, `when`, `send: false` of a value, or the leaf."""
    spec = rules.models[model]
    option = spec.options.get(leaf.name or "")
    if leaf.name is None or (option is not None and picked.get(leaf.name) is not None):
        return what_is_sent(rules, model, leaf, picked)
    if option is not None:
        key = "when" if option.when else "optional" if option.optional else None
        return Place(("options", leaf.name, *([key] if key else [])), on_key=True, file=model)
    own = (spec.fields or {}).get(leaf.name)
    if own is not None and own.optional is not None:
        return Place(("fields", leaf.name, "optional"), on_key=True, file=model)
    return Place(_of_type(rules, spec, "fields", leaf.name, "optional").path, on_key=True, file="_shared")
