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
from imgrules.compiler.spec import BadgeSpec, Label, ModelSpec, RuleSet, SharedSpec, values_of
from imgrules.engine.wording import quoted

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
        yield from _borrowed(model, spec, rules.shared, languages)


def _gaps(file: str, labels: Mapping[Path, Label], languages: frozenset[str]) -> Iterator[Finding]:
    for path, label in labels.items():
        missing = sorted(languages - set(label)) if isinstance(label, dict) else []
        for language in missing:
            hint = f"add `{language}:` with its text"
            yield Finding(CODE, f"this label has no {quoted(language)}, and others have", Place(path, file=file), hint)


def _borrowed(model: str, spec: ModelSpec, shared: SharedSpec, languages: frozenset[str]) -> Iterator[Finding]:
    kind = shared.types.get(spec.type)
    for option in spec.options if kind is not None and kind.options else ():
        label = kind.options[option].label if kind and kind.options and option in kind.options else None
        lacking = sorted(languages - set(label)) if isinstance(label, dict) and not spec.options[option].label else []
        for language in lacking:
            message = f"the shared label of {quoted(option)} has no {quoted(language)}, which this file has"
            hint = "add it in _shared.yaml, or give the option a label of its own here"
            yield Finding(CODE, message, Place(("options", option), on_key=True, file=model), hint)


def _languages(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(language for label in labels if isinstance(label, dict) for language in label)


def _model_labels(spec: ModelSpec) -> Iterator[tuple[Path, Label]]:
    yield ("name",), spec.name
    yield from _badge_labels((), spec.badges)
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
