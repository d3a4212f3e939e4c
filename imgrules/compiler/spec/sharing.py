"""
The one rule of sharing: what a model says stands in place of what its type says; what it leaves out, its type says.

Checks and lowering read resolved models, in which both are together; findings are moved to the file that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from imgrules.compiler.report.diagnostics import Change, Finding, Path, Place
from imgrules.compiler.spec.model import ComputedSpec, ModelSpec, OptionSpec, PickedSpec, SharedOptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, type_name, type_of
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.table.record_base import replace
from imgrules.table.terms import NONE

_Found = TypeVar("_Found")

_KINDS = frozenset({*PickedSpec.model_fields, *ComputedSpec.model_fields})
"""The fields that say what an option takes; they count as one, so that a model that has one of them has none of its type."""

_KEYS = {key: name for name, field in OptionSpec.model_fields.items() for key in (field.alias or name,)}
"""The field of an option for each key that an author writes."""


def resolved(spec: ModelSpec, shared_file: SharedSpec) -> ModelSpec:
    """Return a model together with what its type says and it leaves out, and with its type, if there is only one."""
    kind = type_of(shared_file, spec)
    if kind is None:
        return spec
    shared: Mapping[str, SharedOptionSpec] = kind.options or {}
    changed: dict[str, Any] = {} if spec.type is not None else {"type": type_name(shared_file, spec)}
    options = {name: _option(option, shared.get(name)) for name, option in spec.options.items()}
    if any(options[name] is not option for name, option in spec.options.items()):
        changed["options"] = options
    if kind.body:
        changed["body"] = {**kind.body, **(spec.body or {})}
    return spec.model_copy(update=changed) if changed else spec


def _option(own: OptionSpec, shared: SharedOptionSpec | None) -> OptionSpec:
    had = {} if shared is None else {name: getattr(shared, name) for name in inherited(own, shared)}
    undone = {"default": None} if own.default == NONE else {}
    return own.model_copy(update={**had, **undone}) if had or undone else own


def inherited(own: OptionSpec, shared: SharedOptionSpec) -> frozenset[str]:
    """Return the names of the fields that an option has from its type."""
    said = own.model_fields_set
    return frozenset(shared.model_fields_set - said - (_KINDS if said & _KINDS else frozenset()))


def said_in_file(rules: RuleSet, model: str, found: Iterable[tuple[Path, _Found]]) -> Iterator[tuple[Path, _Found]]:
    """
    Yield what the file of a model itself says of what was found of a role in the resolved model, each with its path.

    What its options have from its type is left out, and so are the options that stand for its facts. Bodies have constants,
    names of options and conditions from the type too, which are not told apart here.
    """
    written = rules.written[model]
    return ((path, value) for path, value in found if path[0] != "options" or _is_said(path, written))


def _is_said(path: Path, written: ModelSpec) -> bool:
    _, name, key, *_ = path
    option = written.options.get(str(name))
    return option is not None and _KEYS[str(key)] in option.model_fields_set


def at_home(finding: Finding, written: ModelSpec, shared: SharedSpec) -> Finding:
    """Return a finding about a model with each place that its file lacks moved to the place in `_shared.yaml`."""

    def moved(place: Place) -> Place:
        path = _home(place.path, written, shared) if place.span is None else None
        if path is None:
            return place
        until = None if place.until is None else (*path, *place.until[len(place.path) :])
        return replace(place, path=path, file="_shared", until=until)

    fix = finding.fix
    if isinstance(fix, tuple):
        fix = tuple(Change(moved(change.place), change.text) for change in fix)
    related = tuple((moved(place), label) for place, label in finding.related)
    place, path = moved(finding.place), finding.place.path
    if place is not finding.place and path[0] == "body":
        # The options of the model may be the cause.
        related = (*related, (Place(("options",), on_key=True, file=finding.place.file), "in this model"))
    elif place is not finding.place and written.options[str(path[1])].model_fields_set:
        # What the model itself says of the option may be the cause.
        related = (*related, (Place(path[:2], on_key=True, file=finding.place.file), "the model says more here"))
    return replace(finding, place=place, related=related, fix=fix)


def _home(path: Path, written: ModelSpec, shared: SharedSpec) -> Path | None:
    """Return the path in `_shared.yaml` of what a model has from its type, or None for what its own file says."""
    kind = type_of(shared, written)
    block, name, key = (*path, None, None, None)[:3]
    own: Mapping[Any, Any] = getattr(written, str(block), None) or {} if block in {"options", "body"} else {}
    theirs: Mapping[Any, Any] = getattr(kind, str(block), None) or {} if block in {"options", "body"} else {}
    if name not in theirs or (block == "body" and name in own):
        return None
    if block == "options" and (name not in own or _KEYS.get(str(key)) not in inherited(own[name], theirs[name])):
        return None
    return "types", type_name(shared, written), *path
