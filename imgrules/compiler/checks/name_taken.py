"""
one name for two things

What: an option or a fact has the name of a field, or of a field that its own file refuses, or an option that of a fact; or an
option or a field is called `model`, `at` or `grants`.
Why: a selection is one flat mapping, so each name can have only one meaning.

Avoid:
    options: {prompt: {send: style, values: [dry, warm]}}
Prefer:
    options: {tone: {send: style, values: [dry, warm]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, type_of
from imgrules.compiler.spec.shared import SharedSpec, TypeSpec
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.quoting import quoted
from imgrules.table.records import MODEL

CODE = Code("IR214", "name-taken", Severity.ERROR, __doc__)

OWN = frozenset({MODEL, "at", "grants"})
"""Reserved names: requests and refusals use them for the model, the moment and the grants."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each option or field whose name already means something else."""
    for name, kind in rules.shared.types.items():
        for block, taken in (("fields", OWN), ("refused", OWN.union(kind.fields or ()))):
            for field in getattr(kind, block) or {}:
                if field in taken:
                    yield _taken(field, kind, Place(("types", name, block, field), on_key=True, file="_shared"))
    for name in rules.shared.facts or ():
        if name in OWN:
            yield _taken(name, None, Place(("facts", name), on_key=True, file="_shared"))
    for model, spec in rules.models.items():
        shared = type_of(rules.shared, spec)
        yield from _of_model(model, spec, shared)
        yield from _twice(model, spec, rules.shared)


def _of_model(model: str, spec: ModelSpec, shared: TypeSpec | None) -> Iterator[Finding]:
    """Yield a finding for each option and refused field of a model whose name is taken; an option wins over what a type refuses."""
    others = OWN if shared is None else OWN.union(shared.fields or ())
    for option in spec.options:
        if option in others or option in (spec.refused or {}):
            yield _taken(option, shared, Place(("options", option), on_key=True, file=model))
    for refused in spec.refused or {}:
        if refused in others:
            yield _taken(refused, shared, Place(("refused", refused), on_key=True, file=model))


def _twice(model: str, spec: ModelSpec, shared: SharedSpec) -> Iterator[Finding]:
    """Yield a finding for each option of a model that has the name of a fact: a selection must never hold one."""
    for name, option in spec.options.items():
        if isinstance(option, FactOptionSpec) or name not in {*(shared.facts or ()), *(spec.facts or ())}:
            continue
        own = name in (spec.facts or ())
        related = ((Place(("facts", name), on_key=True, file=model if own else "_shared"), "the fact"),)
        message = f"{quoted(name)} is already the name of a fact"
        yield Finding(CODE, message, Place(("options", name), on_key=True, file=model), "choose another name", related)


def _taken(name: str, kind: TypeSpec | None, place: Place) -> Finding:
    is_field = kind is not None and name in (kind.fields or ())
    meaning = "a reserved name" if name in OWN else f"already the name of a {'field' if is_field else 'refused field'}"
    return Finding(CODE, f"{quoted(name)} is {meaning}", place, "choose another name")
