"""The entry of a changelog for a difference, in the words of the product: labels in place of names, and what users notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.quoting import printable
from imgrules.table.exact import written
from imgrules.views.diff.diff_records import Diff, DiffFinding, Level
from imgrules.views.diff.diff_words import percent_words, period_words, unit_words

_SILENT = frozenset(
    ("note-added", "note-removed", "note-changed", "rules-rewritten", "rules-changed", "gate-declared", "gate-undeclared")
) | {"type-added", "type-removed", "sentence-changed", "translation-changed", "replacement-changed", "release-changed"}
"""Changes that users do not notice."""


def changelog(report: DiffReport) -> str:
    """Return one line of Markdown for each change that users notice, the most serious first; empty where there is none."""
    noticed = (finding for finding in report.diff.findings if finding.id not in _SILENT)
    lines = (line for _, group in groupby(noticed, lambda finding: finding.model) for line in _of_model(report.diff, group))
    return "".join(f"- {line}\n" for line in dict.fromkeys(lines))


def _of_model(diff: Diff, findings: Iterable[DiffFinding]) -> Iterator[str]:
    for finding in findings:
        mark = "**Breaking**: " if finding.level is Level.BREAKING else ""
        model = "" if finding.model is None else f"{diff.labels.get(finding.model, finding.model)}: "
        sentence = _sentence(diff, finding)
        yield f"{mark}{_plain(model)}{_plain(sentence)}{period_words(finding)}."


def _plain(text: str) -> str:
    """Return a text on one line that no character of Markdown changes."""
    return "".join(f"\\{sign}" if sign in "\\`*_<>[]" else sign for sign in printable(text))


def _sentence(diff: Diff, finding: DiffFinding) -> str:
    subject = _subject(diff, finding)
    if finding.id in {"price-raised", "price-lowered"}:
        by = percent_words(finding.least, finding.most)
        unit = unit_words(_last(finding.new), diff.currency)
        return f"{subject} costs {_amount(finding.new)}{unit} instead of {_amount(finding.old)}" + (f" ({by})" if by else "")
    if finding.id in {"gate-added", "gate-removed"}:
        gate = finding.new or finding.old
        label = diff.names.get(("gates", str(gate)), str(gate))
        return f"{subject} {'is now locked' if finding.id == 'gate-added' else 'is no longer locked'} ({label})"
    if finding.id in {"badge-added", "badge-removed"}:
        return f"{subject} {'has' if finding.id == 'badge-added' else 'no longer has'} the badge “{finding.path[-1]}”"
    if finding.id in {"value-added", "value-removed"}:
        return f"{subject} {'can be picked' if finding.id == 'value-added' else 'can no longer be picked'}"
    if finding.id in {"model-added", "model-removed"}:
        return "a new model" if finding.id == "model-added" else "the model is no longer available"
    return finding.message


def _subject(diff: Diff, finding: DiffFinding) -> str:
    """Return what a change is about, by labels: a value, some values of options, or the model."""
    path = finding.path[2:]
    if path[:1] == ("options",) and path[2:3] == ("values",):
        return _value(diff, finding, path[1], path[3])
    parts = (_values(diff, finding, name, values) for name, values in finding.when.items())
    return ", ".join(parts) or ("every selection" if finding.id.startswith(("price", "gate")) else "it")


def _values(diff: Diff, finding: DiffFinding, option: str, values: Iterable[Any]) -> str:
    return " or ".join(
        f"no {_label(diff, finding, 'options', option)}" if value is None else _value(diff, finding, option, str(value))
        for value in values
    )


def _value(diff: Diff, finding: DiffFinding, option: str, value: str) -> str:
    """Return the label of a value; one that is only its name stands after that of its option."""
    label = _label(diff, finding, "options", option, "values", value)
    return label if label != value else f"{_label(diff, finding, 'options', option)} {value}"


def _label(diff: Diff, finding: DiffFinding, *path: str) -> str:
    return diff.names.get(("models", str(finding.model), *path), path[-1])


def _amount(value: Any) -> str:
    ends = value if isinstance(value, list) else [value]
    return " to ".join("an unknown price" if end is None else written(end) for end in ends)


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, list) else value
