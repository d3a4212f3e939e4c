"""
a label that lacks a language which others have

What: some labels are translated into a language, and this one is not.
Why: half of a picker would appear in another language.

Avoid:
    low: {label: {en: Basic, de: Einfach}}
    high: {label: {en: Premium}}
Prefer:
    low: {label: {en: Basic, de: Einfach}}
    high: {label: {en: Premium, de: Premium}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from imgrules.compiler.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.rule_set import RuleSet, gates_named, values_of
from imgrules.compiler.spec import BadgeSpec, Label, ModelSpec, SharedSpec
from imgrules.engine.wording import either, quoted

CODE = Code("IR211", "missing-label", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find labels that are not in every language of their file and of the shared one."""
    shared = dict(_shared_labels(rules.shared))
    common = _languages(shared.values())
    yield from _gaps("_shared", shared, common)
    for model, spec in rules.models.items():
        own = dict(_model_labels(spec))
        languages = common | _languages(own.values())
        yield from _gaps(model, own, languages)
        # What the shared file lacks by its own measure is told there.
        yield from _borrowed(model, spec, rules.shared, languages - common)
        yield from _half(model, spec)


def _gaps(file: str, labels: Mapping[Path, Label], languages: frozenset[str]) -> Iterator[Finding]:
    for path, label in labels.items():
        missing = sorted(languages - set(label)) if isinstance(label, dict) else []
        if missing:
            hint = " and ".join(f"`{language}:`" for language in missing[:3])
            message = f"this label has no {either(missing)}, and others have"
            yield Finding(CODE, message, Place(path, file=file), f"add {hint} with its text")


def _borrowed(model: str, spec: ModelSpec, shared: SharedSpec, languages: frozenset[str]) -> Iterator[Finding]:
    """Find shared labels that this model shows, in fewer languages than its own."""
    kind, gates = shared.types.get(spec.type), shared.gates or {}
    named = (kind.options or {}) if kind else {}
    for option, each in spec.options.items():
        label = named[option].label if option in named and not each.label else None
        yield from _lacking(
            label, languages, f"the shared label of {quoted(option)}", Place(("options", option), on_key=True, file=model)
        )
    for path, gate in gates_named(spec):
        if gate in gates:
            yield from _lacking(gates[gate].label, languages, f"the label of the gate {quoted(gate)}", Place(path, file=model))


def _lacking(label: Label | None, languages: frozenset[str], what: str, place: Place) -> Iterator[Finding]:
    missing = sorted(languages - set(label)) if isinstance(label, dict) else []
    if missing:
        add = " and ".join(f"`{language}:`" for language in missing[:3])
        hint = f"add {add} to it in _shared.yaml" + (", or give the option a label of its own here" if place.on_key else "")
        yield Finding(CODE, f"{what} has no {either(missing)}, which this file has", place, hint)


def _half(model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Find plain labels beside translated ones in one option: half of its row would be in another language."""
    for option, each in spec.options.items():
        labels = {value: said.label for value, said in values_of(each).items() if said.label is not None}
        languages = _languages(labels.values())
        for value, label in labels.items():
            if isinstance(label, str) and len(languages) > 1:
                hint = "write it in each: `{" + ", ".join(f"{language}: {label}" for language in sorted(languages)) + "}`"
                place = Place(("options", option, "values", value, "label"), file=model)
                yield Finding(
                    CODE, f"{quoted(label)} is in one language, and others beside it are in {len(languages)}", place, hint
                )


def _languages(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(language for label in labels if isinstance(label, dict) for language in label)


def _model_labels(spec: ModelSpec) -> Iterator[tuple[Path, Label]]:
    yield ("name",), spec.name
    yield from _badge_labels((), spec.badges)
    for at, limit in enumerate(spec.limits or ()):
        if limit.because is not None:
            yield ("limits", at, "because"), limit.because
    for option, each in spec.options.items():
        if each.label is not None:
            yield ("options", option, "label"), each.label
        for value, said in values_of(each).items():
            if said.label is not None:
                yield ("options", option, "values", value, "label"), said.label
            yield from _badge_labels(("options", option, "values", value), said.badges)


def _badge_labels(path: Path, badges: list[BadgeSpec] | None) -> Iterator[tuple[Path, Label]]:
    yield from (((*path, "badges", at, "text"), badge.text) for at, badge in enumerate(badges or ()))


def _shared_labels(shared: SharedSpec) -> Iterator[tuple[Path, Label]]:
    for gate, said in (shared.gates or {}).items():
        yield ("gates", gate, "label"), said.label
    for kind, each in shared.types.items():
        for option, one in (each.options or {}).items():
            if one.label is not None:
                yield ("types", kind, "options", option, "label"), one.label
        for field, sentence in (each.refused or {}).items():
            yield ("types", kind, "refused", field), sentence
