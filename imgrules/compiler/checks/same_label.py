"""
two values with one label

What: two values of an option that are offered at the same time are shown as the same text, at least in one language.
Why: users cannot tell which of the two they pick, and what it costs; often the label was copied and not changed.

A value without a label is shown as it is written.

Avoid:
    values: {low: {label: Basic, credits: 5}, high: {label: Basic, credits: 8}}
Prefer:
    values: {low: {label: Basic, credits: 5}, high: {label: Premium, credits: 8}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.dated import overlap
from imgrules.compiler.spec.model import OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of
from imgrules.quoting import quoted

CODE = Code("IR323", "same-label", Severity.WARNING, __doc__, may_be_meant=True)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value that is shown as a value listed before it."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            for value, other, text in _alike(option):
                path: Path = ("options", name, "values")
                own = _place((*path, value), option, value, model)
                related = ((_place((*path, other), option, other, model), "the other value"),)
                message = f"{quoted(value)} and {quoted(other)} are both shown as {quoted(text)}"
                yield Finding(CODE, message, own, "give one of the two another label", related)


def _alike(option: OptionSpec) -> Iterator[tuple[str, str, str]]:
    """Yield each value that is shown as an earlier one, the first such value, and the text in which they agree."""
    shown: dict[str, list[tuple[str | None, str]]] = {}  # the values that are shown as a text, each with the language
    values = details_of(option)
    for value, details in values.items():
        texts = _texts(value, details)
        pairs = ((other, text) for language, text in texts for other in _shown_as(shown, language, text))
        found = next(((other, text) for other, text in pairs if overlap(values[other], details) is not None), None)
        if found is not None:
            yield value, *found
        for language, text in texts:
            shown.setdefault(text, []).append((language, value))


def _texts(value: str, details: ValueSpec) -> list[tuple[str | None, str]]:
    """Return the texts as which a value is shown, each with its language; None for one text in every language."""
    label = value if details.label is None else details.label
    return [(None, label)] if isinstance(label, str) else list(label.items())


def _shown_as(shown: Mapping[str, list[tuple[str | None, str]]], language: str | None, text: str) -> list[str]:
    """Return the values that are shown as a text in a language."""
    return [value for other, value in shown.get(text, ()) if language is None or other in {None, language}]


def _place(path: Path, option: OptionSpec, value: str, model: str) -> Place:
    has_label = details_of(option)[value].label is not None
    return Place((*path, "label") if has_label else path, on_key=not has_label, file=model)
