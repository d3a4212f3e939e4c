"""Compare two rule sets: what an edit changes for users, by the resolved rules and by the decisions of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imgrules.table.codec import Models
from imgrules.table.exact import in_own_context
from imgrules.table.record_base import replace
from imgrules.table.records import Model, Table
from imgrules.table.texts.labels import say
from imgrules.views.diff.behaviour.behaviour import total_of
from imgrules.views.diff.diff_records import Diff, DiffFinding, Edit, Sum
from imgrules.views.diff.model_pair import Pair
from imgrules.views.diff.structure.documents import ORDER, edits, resolved
from imgrules.views.diff.structure.lookalikes import alias_hint, lookalikes
from imgrules.views.diff.structure.names import model_renames
from imgrules.views.diff.structure.shared_differences import shared_drafts


@in_own_context
def compare(old: Table, new: Table, at: str | None = None) -> Diff:
    """
    Return the difference of two rule sets from a moment (UTC) on; without one, at all times.

    Models that are equal on both sides, with all that they share, are not decided.
    """
    names = model_renames(old, new).all
    pairs = [(model, names.get(model, model)) for model in new.models]
    pairs += [(model, model) for model in old.models if model not in new.models and model not in names.values()]
    findings: list[DiffFinding] = [draft.finding(None) for draft in shared_drafts(old, new, at)]
    sums: dict[str, Sum] = {}
    changed = []
    same = _shares_all(old, new)
    for after, before in pairs:
        if same and after == before and _same_line(old, new, after):
            continue
        pair = Pair(old, new, old.models.get(before), new.models.get(after), at)
        if pair.is_equal:
            continue
        changed.append((before, after))
        of_model, total = pair.compared(after)
        findings += of_model
        if total.selections or of_model:
            sums[after] = total
    findings = list(_with_hints(findings, new, lookalikes(old, new)))
    labels = {name: say(model.label, None, table.languages) for table in (old, new) for name, model in _named(table, sums)}
    return Diff(
        tuple(_sorted(findings, list(sums))),
        sums,
        total_of(sums.values()),
        labels,
        {path: name for table in (old, new) for path, name in _labels(table, sums)},
        len(pairs) - len(changed),
        new.currency,
        at,
        tuple(_edits(old, new, changed)),
    )


def _with_hints(findings: Iterable[DiffFinding], new: Table, renamed: Mapping[str, str]) -> Iterator[DiffFinding]:
    """Yield findings; of a model that is removed and looks like a new one, with how its name is kept if it is that."""
    for finding in findings:
        after = renamed.get(finding.model or "") if finding.id == "model-removed" else None
        hint = "" if after is None else f"; if it is {after} now, {alias_hint(new, str(finding.model), after)}"
        yield replace(finding, message=f"{finding.message}{hint}")


def _shares_all(old: Table, new: Table) -> bool:
    """Whether all on which a model may depend beside its own rules is equal on both sides."""
    shared = ((table.gates, table.types, table.currency, table.facts, table.own_facts) for table in (old, new))
    return len({repr(parts) for parts in shared}) == 1


def _same_line(old: Table, new: Table, name: str) -> bool:
    """Whether two compiled tables have the same JSON for a model, which need not be parsed then."""
    if not (isinstance(old.models, Models) and isinstance(new.models, Models)):
        return False
    line = old.models.line(name)
    return line is not None and line == new.models.line(name)


def _named(table: Table, names: Mapping[str, Any]) -> Iterator[tuple[str, Model]]:
    return ((name, table.models[name]) for name in names if name in table.models)


def _labels(table: Table, names: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the labels of gates, and of the options and values of some models, each with its path."""
    for gate in table.gates.values():
        yield ("gates", gate.name), say(gate.label, None, table.languages)
    for name, model in _named(table, names):
        for option in model.options.values():
            path = ("models", name, "options", option.name)
            yield path, say(option.label, None, table.languages)
            yield from (
                ((*path, "values", value.name), say(value.label, None, table.languages)) for value in option.values.values()
            )


def _sorted(findings: list[DiffFinding], order: list[str]) -> Iterator[DiffFinding]:
    """Yield the findings by model, the one with the most serious finding first, and in each by how serious they are."""
    by_model: dict[str | None, list[DiffFinding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.level.rank):
        by_model.setdefault(finding.model, []).append(finding)
    places = {name: place for place, name in enumerate([None, *order])}
    groups = sorted(by_model.items(), key=lambda group: (group[1][0].level.rank, places[group[0]]))
    for _, group in groups:
        yield from group


def _edits(old: Table, new: Table, changed: list[tuple[str, str]]) -> Iterator[Edit]:
    """Yield the edits of the resolved rules: those of the shared parts, and those of each model that changes."""
    bare = [resolved(replace(table, models={})) for table in (old, new)]
    yield from edits(*bare)
    names = dict.fromkeys(name for pair in changed for name in pair)
    before, after = (_documents(table, names) for table in (old, new))
    yield from edits(before, after, ("models",))


def _documents(table: Table, names: Iterable[str]) -> dict[str, Any]:
    """Return the resolved rules of some models, with the order of all."""
    documents = {name: resolved(table.models[name]) for name in names if name in table.models}
    return {**documents, ORDER: tuple(table.models)} if len(table.models) > 1 else documents
