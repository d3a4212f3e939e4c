"""
a label that is not translated into a language that other labels have

What: some labels are translated into a language, or `languages` lists it, but this label is not translated into it;
or this label is in a language that `languages` does not list.
Why: parts of a picker would appear in another language.

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

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity, as_told
from imgrules.compiler.report.helps import meant
from imgrules.compiler.spec.model import BadgeSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, gates_named, values_of
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.types import Label
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR211", "missing-label", Severity.ERROR, __doc__)

_ALIKE = 0.4  # tags are short: one letter in common is much


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find labels that are not in every language of their file and of the shared one."""
    declared = frozenset(rules.shared.languages or ())
    told = dict(_shared_labels(rules.shared))
    yield from _undeclared("_shared", told, declared)
    shared = _within(told, declared)
    common = declared | _languages(shared.values())
    yield from _gaps("_shared", shared, common, declared)
    for model, spec in rules.models.items():
        # A plain label is read in every language, and what is found below is found beside translated ones alone.
        said = {path: label for path, label in _model_labels(spec) if isinstance(label, dict)}
        if not said:
            continue
        yield from as_told(_undeclared(model, said, declared))
        own = _within(said, declared)
        languages = common | _languages(own.values())
        yield from as_told(_gaps(model, own, languages, declared))
        # What the shared file lacks by its own measure is told there.
        yield from as_told(_borrowed(model, spec, rules.shared, languages - common))
        yield from as_told(_half(model, spec))


def _undeclared(file: str, labels: Mapping[Path, Label], declared: frozenset[str]) -> Iterator[Finding]:
    """Find languages that `languages` does not list, where it lists some."""
    for path, label in labels.items():
        for language in label if isinstance(label, dict) and declared else ():
            if not _is_among(language, declared):
                other = f"add it there, or delete it here; listed are {either(sorted(declared))}"
                help_ = meant(nearest(language, sorted(declared.difference(label)), _ALIKE), other)
                place = Place((*path, language), on_key=True, file=file)
                yield Finding(CODE, f"{quoted(language)} is not in `languages` of _shared.yaml", place, *help_)


def _within(labels: Mapping[Path, Label], declared: frozenset[str]) -> dict[Path, Label]:
    """Return the labels in no language but the declared ones; what is odd about the others is told already."""
    return {path: each for path, each in labels.items() if not (declared and isinstance(each, dict) and _odd(each, declared))}


def _odd(languages: Iterable[str], declared: frozenset[str]) -> bool:
    return not all(_is_among(each, declared) for each in languages)


@lru_cache(maxsize=1024)
def _is_among(language: str, declared: frozenset[str]) -> bool:
    """Return whether a language is declared, or a wider or narrower one of it is."""
    return any(f"{language}-".startswith(f"{each}-") or f"{each}-".startswith(f"{language}-") for each in declared)


def _gaps(file: str, labels: Mapping[Path, Label], languages: frozenset[str], declared: frozenset[str]) -> Iterator[Finding]:
    for path, label in labels.items():
        missing = _missing(label, languages)
        if missing:
            hint = " and ".join(f"`{language}:`" for language in missing[:3])
            listed = declared.issuperset(missing)
            message = f"this label has no {either(missing)}, " + (
                "which `languages` lists" if listed else "but other labels have"
            )
            yield Finding(CODE, message, Place(path, file=file), f"add {hint} with its text")


def _missing(label: Label | None, languages: frozenset[str]) -> list[str]:
    """Return the languages in which a translated label would be read in another one; a narrower tag falls back to a wider."""
    known = label if isinstance(label, dict) else {}
    return [each for each in sorted(languages) if known and not any(one in known for one in _wider(each))]


def _wider(language: str) -> Iterator[str]:
    """Return a language, and each wider one that it falls back to."""
    parts = language.split("-")
    return ("-".join(parts[:count]) for count in range(len(parts), 0, -1))


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
    missing = _missing(label, languages)
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
                hint = f"write it in each language: {' and '.join(f'`{language}:`' for language in sorted(languages))}"
                place = Place(("options", option, "values", value, "label"), file=model)
                yield Finding(
                    CODE, f"{quoted(label)} is in one language, but other labels beside it are in {len(languages)}", place, hint
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
        if each.because is not None:
            yield ("options", option, "because"), each.because
        for value, said in details_of(each).items():
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
