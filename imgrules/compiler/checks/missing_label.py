"""
a label in other languages than the labels beside it

What: a label has no text in a language that other labels have or that `languages` lists; or it has a text in a language that
`languages` does not list.
Why: users would see labels in two languages side by side.

Avoid:
    low: {label: {en: Basic, de: Einfach}}
    high: {label: {en: Premium}}
Prefer:
    low: {label: {en: Basic, de: Einfach}}
    high: {label: {en: Premium, de: Premium}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import did_you_mean
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, named_gates, type_of, values_of
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.sharing import said_in_file
from imgrules.compiler.spec.types import Label, Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR211", "missing-label", Severity.ERROR, __doc__)

_ALIKE = 0.4  # tags are short: one letter in common is much


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each label whose languages are not those of the other labels of its file and of the shared file."""
    declared = frozenset(rules.shared.languages or ())
    all_shared = dict(walk(rules.shared, Role.LABEL))
    yield from _undeclared("_shared", all_shared, declared)
    shared = _in_declared_languages(all_shared, declared)
    common = declared | _languages(shared.values())
    yield from _gaps("_shared", shared, common, declared)
    for model, resolved in rules.models.items():
        # A plain label is shown in every language; all findings below need at least one translated label.
        translated = ((path, label) for path, label in walk(resolved, Role.LABEL) if isinstance(label, dict))
        labels: dict[Path, Label] = dict(said_in_file(rules, model, translated))
        if not labels:
            continue
        spec, gates = rules.written[model], said_in_file(rules, model, named_gates(resolved))
        yield from up_to_the_cap(_undeclared(model, labels, declared))
        labels = _in_declared_languages(labels, declared)
        languages = common | _languages(labels.values())
        yield from up_to_the_cap(_gaps(model, labels, languages, declared))
        # What the shared file lacks compared with its own languages is reported there.
        yield from up_to_the_cap(_borrowed(model, spec, gates, rules.shared, languages - common))
        yield from up_to_the_cap(_mixed_labels(model, spec))


def _undeclared(file: str, labels: Mapping[Path, Label], declared: frozenset[str]) -> Iterator[Finding]:
    """Yield a finding for each language of a label that `languages` does not list; nothing if there is no `languages`."""
    for path, label in labels.items():
        for language in label if isinstance(label, dict) and declared else ():
            if not _is_among(language, declared):
                fallback = f"add it there, or delete it here; listed are {either(sorted(declared))}"
                help_ = did_you_mean(nearest(language, sorted(declared.difference(label)), _ALIKE), fallback)
                place = Place((*path, language), on_key=True, file=file)
                yield Finding(CODE, f"{quoted(language)} is not in `languages` of _shared.yaml", place, *help_)


def _in_declared_languages(labels: Mapping[Path, Label], declared: frozenset[str]) -> dict[Path, Label]:
    """Return the labels that use declared languages only; `_undeclared` reports the others."""
    return {
        path: label
        for path, label in labels.items()
        if not (declared and isinstance(label, dict) and _has_undeclared(label, declared))
    }


def _has_undeclared(languages: Iterable[str], declared: frozenset[str]) -> bool:
    return not all(_is_among(language, declared) for language in languages)


@lru_cache(maxsize=1024)
def _is_among(language: str, declared: frozenset[str]) -> bool:
    """Whether a language tag is declared, or a more general or more specific one is, such as `pt` for `pt-BR`."""
    return any(f"{language}-".startswith(f"{other}-") or f"{other}-".startswith(f"{language}-") for other in declared)


def _gaps(file: str, labels: Mapping[Path, Label], languages: frozenset[str], declared: frozenset[str]) -> Iterator[Finding]:
    for path, label in labels.items():
        missing = _missing(label, languages)
        if missing:
            hint = " and ".join(f"`{language}:`" for language in missing[:3])
            listed = declared.issuperset(missing)
            message = f"this label is not translated into {either(missing)}, " + (
                "which `languages` lists" if listed else "but other labels are"
            )
            yield Finding(CODE, message, Place(path, file=file), f"add {hint} with its text")


def _missing(label: Label | None, languages: frozenset[str]) -> list[str]:
    """Return the languages, sorted, for which a translated label has no text, not even under a more general tag."""
    translations = label if isinstance(label, dict) else {}
    return [
        language
        for language in sorted(languages)
        if translations and not any(tag in translations for tag in _fallbacks(language))
    ]


def _fallbacks(language: str) -> Iterator[str]:
    """Yield a language tag, then each more general tag that it falls back to: `zh-Hans-CN`, `zh-Hans`, `zh`."""
    parts = language.split("-")
    return ("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def _borrowed(
    model: str, spec: ModelSpec, named: Iterable[tuple[Path, str]], shared: SharedSpec, languages: frozenset[str]
) -> Iterator[Finding]:
    """Yield a finding for each shared text that this model shows and that lacks a language of the model's own labels."""
    kind, gates = type_of(shared, spec), shared.gates or {}
    shared_options = (kind.options or {}) if kind else {}
    for name, option in spec.options.items():
        for key in ("label", "description"):
            theirs = getattr(shared_options.get(name), key, None) if getattr(option, key) is None else None
            place = Place(("options", name), on_key=True, file=model)
            own = f", or give the option a {key} of its own here"
            yield from _missing_elsewhere(theirs, languages, f"the shared {key} of {quoted(name)}", place, own)
    own_fields = spec.fields or {}
    for name, field in ((kind.fields or {}) if kind else {}).items():
        if name not in own_fields or own_fields[name].description is None:
            place = Place(("fields", name), on_key=True, file=model)
            own = ", or give the field a description of its own here"
            yield from _missing_elsewhere(field.description, languages, f"the shared description of {quoted(name)}", place, own)
    for path, gate in named:
        if gate in gates:
            yield from _missing_elsewhere(
                gates[gate].label, languages, f"the label of the gate {quoted(gate)}", Place(path, file=model)
            )


def _missing_elsewhere(
    label: Label | None, languages: frozenset[str], owner: str, place: Place, own: str = ""
) -> Iterator[Finding]:
    missing = _missing(label, languages)
    if missing:
        keys = " and ".join(f"`{language}:`" for language in missing[:3])
        hint = f"add {keys} to it in _shared.yaml{own}"
        yield Finding(CODE, f"{owner} is not translated into {either(missing)}, but labels of this file are", place, hint)


def _mixed_labels(model: str, spec: ModelSpec) -> Iterator[Finding]:
    """Yield a finding for each plain label in an option with translated labels: users would see a mix of languages."""
    for name, option in spec.options.items():
        labels = {value: details.label for value, details in values_of(option).items() if details.label is not None}
        languages = _languages(labels.values())
        for value, label in labels.items():
            if isinstance(label, str) and len(languages) > 1:
                hint = f"write it in each language: {' and '.join(f'`{language}:`' for language in sorted(languages))}"
                place = Place(("options", name, "values", value, "label"), file=model)
                yield Finding(
                    CODE, f"{quoted(label)} is in one language, but other labels beside it are in {len(languages)}", place, hint
                )


def _languages(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(language for label in labels if isinstance(label, dict) for language in label)
