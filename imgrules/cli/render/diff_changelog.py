"""The entry of a changelog for a difference, in the words of the product: labels in place of names, and what users notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.quoting import printable
from imgrules.table.exact import written
from imgrules.views.diff.diff_records import Diff, DiffFinding, Level
from imgrules.views.diff.diff_words import dates_words, percent_words, period_words, unit_words, value_words, values_words
from imgrules.views.diff.drafts import UNNOTICED

_SILENT = frozenset(
    ("note-added", "note-removed", "note-changed", "rules-rewritten", "rules-changed", "gate-declared", "gate-undeclared")
) | {"type-added", "type-removed", "sentence-changed", "translation-changed", "replacement-changed", "release-changed"}
"""Changes that users do not notice."""


_TO_ANOTHER = {
    "bounds-narrowed": "{subject} takes {new} instead of {old}",
    "bounds-widened": "{subject} takes {new} instead of {old}",
    "default-changed": "{subject} is {new} instead of {old} where nothing is picked",
    "label-changed": "{old} is called {new} now",
}
"""The sentences of changes from one value of an option, or one label, to another."""

_SENTENCES = {
    **_TO_ANOTHER,
    "gate-added": "{subject} is now locked ({gate})",
    "gate-removed": "{subject} is no longer locked ({gate})",
    "badge-added": "{subject} has the badge “{last}”{dates}",
    "badge-removed": "{subject} no longer has the badge “{last}”",
    "value-added": "{subject} can be picked",
    "value-removed": "{subject} can no longer be picked",
    "combination-added": "{subject} can be picked",
    "combination-removed": "{subject} can no longer be picked",
    "price-withdrawn": "the price of {subject} is no longer known",
    "model-added": "a new model",
    "model-removed": "the model is no longer available",
}
"""The sentences of other changes; what has none is told as in the report."""


def changelog(report: DiffReport) -> str:
    """Return one line of Markdown for each change that users notice, the most serious first; empty where there is none."""
    noticed = (finding for finding in report.diff.findings if not (finding.id in _SILENT or finding.why == UNNOTICED))
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
    subject, sentence = _subject(diff, finding), _SENTENCES.get(finding.id)
    if finding.id in {"price-raised", "price-lowered", "price-stated"}:
        by = percent_words(finding.least, finding.most)
        unit = unit_words(_last(finding.new), diff.currency)
        return f"{subject} costs {_amount(finding.new)}{unit} instead of {_amount(finding.old)}" + (f" ({by})" if by else "")
    nameless = finding.id.startswith("combination") and not finding.when
    if sentence is None or nameless or (finding.id in _TO_ANOTHER and not _is_of_option_or_label(finding)):
        return finding.message.removeprefix("the model: ")
    gate, last = str(finding.new or finding.old), finding.path[-1] if finding.path else ""
    old, new = (_taken(diff, finding, side) for side in (finding.old, finding.new))
    dates = dates_words(finding.new) if isinstance(finding.new, Mapping) else ""
    return sentence.format(
        subject=subject, gate=diff.names.get(("gates", gate), gate), last=last, old=old, new=new, dates=dates
    )


def _is_of_option_or_label(finding: DiffFinding) -> bool:
    """Whether a change is one of an option or a whole label, and not of a text or of one language."""
    return finding.path[2:3] in {("options",), ("label",)} and None not in (finding.old, finding.new)


def _taken(diff: Diff, finding: DiffFinding, value: Any) -> str:
    """Return a value of an option by its label, or what stands for anything else."""
    if finding.id == "default-changed" and isinstance(value, str):
        return _label(diff, finding, "options", finding.path[3], "values", value)
    return value_words(value)


def _subject(diff: Diff, finding: DiffFinding) -> str:
    """Return what a change is about, by labels: a value, some values of options, or the model."""
    path = finding.path[2:]
    if path[:1] == ("options",) and path[2:3] == ("values",):
        return _value(diff, finding, path[1], path[3])
    if finding.id in _TO_ANOTHER and path[:1] == ("options",):
        return _label(diff, finding, "options", path[1])
    parts = (_values(diff, finding, name, values) for name, values in finding.when.items())
    return ", ".join(parts) or ("every selection" if finding.id.startswith(("price", "gate")) else "it")


def _values(diff: Diff, finding: DiffFinding, option: str, values: tuple[Any, ...]) -> str:
    name = _label(diff, finding, "options", option)
    if not all(value is None or isinstance(value, str | bool) for value in values):
        return values_words(name, values)
    return " or ".join(f"no {name}" if value is None else _value(diff, finding, option, str(value)) for value in values)


def _value(diff: Diff, finding: DiffFinding, option: str, value: str) -> str:
    """Return the label of a value, with its name where another value has it too; a name alone stands after that of its option."""
    path = ("options", option, "values", value)
    label = _label(diff, finding, *path)
    if label == value:
        return f"{_label(diff, finding, 'options', option)} {value}"
    whole = ("models", str(finding.model), *path)
    others = (name for at, name in diff.names.items() if at[:-1] == whole[:-1] and at != whole)
    return f"{label} ({value})" if label in others else label


def _label(diff: Diff, finding: DiffFinding, *path: str) -> str:
    return diff.names.get(("models", str(finding.model), *path), path[-1])


def _amount(value: Any) -> str:
    ends = value if isinstance(value, list) else [value]
    return " to ".join("an unknown price" if end is None else written(end) for end in ends)


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, list) else value
