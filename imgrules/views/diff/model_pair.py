"""Compare one model of both sides, period by period: what its rules say, and what its selections are answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.table.moments import EARLIEST
from imgrules.table.record_base import record, replace
from imgrules.table.records import Model, Table, fields_of, refused_of
from imgrules.table.terms import dotted
from imgrules.views.diff.behaviour.answers import Side, texts_of
from imgrules.views.diff.behaviour.behaviour import Behaviour, behaviour_of, merged, sum_of
from imgrules.views.diff.behaviour.grouped import behavioural_drafts, counted
from imgrules.views.diff.behaviour.unproved import unproved
from imgrules.views.diff.diff_records import DiffFinding, Level, Sum
from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.pair_space import Space, Tried, space_of
from imgrules.views.diff.structure.shared_differences import field_drafts
from imgrules.views.diff.structure.structure import Structure, structure_of


@record
class Pair:
    """A model of both sides, None where one has none."""

    old_table: Table
    new_table: Table
    old: Model | None
    new: Model | None
    at: str | None

    @property
    def is_equal(self) -> bool:
        """Whether the model and all that it shares with others is equal on both sides."""
        old, new = self.old, self.new
        return (
            old is not None
            and new is not None
            and old == new
            and self._context(self.old_table, old) == self._context(self.new_table, new)
        )

    @staticmethod
    def _context(table: Table, model: Model) -> tuple[Any, ...]:
        gates = {name for version in model.versions for cell in version.cells for name in cell.gates}
        gates |= {name for version in model.versions for rule in version.gates for name in rule.gates}
        used = [table.gates[name].opens_with for name in sorted(gates)]
        return used, fields_of(table, model), refused_of(table, model), table.currency

    def compared(self, name: str) -> tuple[list[DiffFinding], Sum]:
        """Return the findings about the model, and the sum of its selections."""
        findings: dict[tuple[Any, ...], DiffFinding] = {}
        effects = []
        sampled = None
        periods = list(self._periods())
        for since, until, old, new in periods:
            drafts, behaviour, space = self._drafts(old, new, since or self.at or EARLIEST)
            effects.append((since, behaviour.effects))
            sampled = space.size if space.sampled else sampled
            for draft in drafts:
                finding = draft.finding(name, since, until)
                _add(findings, finding)
        total = sum_of(merged(effects).values(), sampled)
        return list(findings.values()), total

    def _periods(self) -> Iterator[tuple[str | None, str | None, Model, Model]]:
        """Yield the periods from the moment on in which neither side changes, with both versions."""
        moments = {change.at for model in (self.old, self.new) if model is not None for change in model.changes}
        starts = [None, *sorted(moment for moment in moments if self.at is None or moment > self.at)]
        for place, start in enumerate(starts):
            moment = start or self.at or EARLIEST
            old, new = (None if model is None else _version(model, moment) for model in (self.old, self.new))
            until = starts[place + 1] if place + 1 < len(starts) else None
            yield start, until, *_both(old, new)

    def _drafts(self, old: Model, new: Model, moment: str) -> tuple[list[Draft], Behaviour, Space]:
        structure = self._structure(old, new)
        space = space_of(old, new)
        texts = texts_of((self.old_table, old), (self.new_table, new))
        sides = (Side(self.old_table, old, texts[0], moment), Side(self.new_table, new, texts[1], moment))
        behaviour = behaviour_of(space, *sides, _provider_paths((self.old_table, old), (self.new_table, new)))
        of_answers = list(behavioural_drafts(behaviour, structure.drafts, self.new_table.currency))
        drafts = [replace(draft, selections=draft.selections or counted(draft, behaviour)) for draft in structure.drafts]
        drafts += self._fields(old, new)
        # Where nobody can pick the model on either side, every answer is the same.
        unavailable = old.gone is not None and new.gone is not None
        drafts = [*drafts, *of_answers, *unproved(structure, of_answers, space, whole=space.whole or unavailable)]
        if unavailable:
            drafts = [replace(draft, level=Level.COSMETIC) for draft in drafts]
        return drafts, behaviour, space

    def _fields(self, old: Model, new: Model) -> Iterator[Draft]:
        """Yield the differences of the texts of callers, where the model has its own; shared ones are told once for all."""
        if self.old is None or self.new is None or not (old.fields or new.fields):
            return
        before, after = fields_of(self.old_table, old), fields_of(self.new_table, new)
        for name in dict.fromkeys((*before, *after)):
            yield from field_drafts(("fields", name), before.get(name), after.get(name))

    def _structure(self, old: Model, new: Model) -> Structure:
        if self.old is None or self.new is None:
            return Structure((_whole(new if self.old is None else old, added=self.old is None),))
        if (old.gone is None) != (new.gone is None):
            return Structure((_ended() if old.gone is None else _begun(),))
        return structure_of(old, new)


def _whole(model: Model, *, added: bool) -> Draft:
    """Return the finding about a model that only one side has; one that is not available there is no loss, and no gain."""
    level = None if model.gone is None else Level.COSMETIC
    if added:
        return Draft("model-added", (), "a new model", None, model.id, None, _any, level)
    return Draft("model-removed", (), "the model is removed", model.id, None, _any, None, level)


def _ended() -> Draft:
    return Draft("model-ends", (), "the model is not available", True, None, _any)  # noqa: FBT003  it is a value in JSON


def _begun() -> Draft:
    return Draft("model-begins", (), "the model is available", None, True, None, _any)  # noqa: FBT003  as above


def _any(_: Tried) -> bool:
    return True


def _version(model: Model, moment: str) -> Model:
    """Return the version of a model at a moment, without its changes."""
    version = model.at(moment) or model
    return replace(version, changes=()) if version.changes else version


def _both(old: Model | None, new: Model | None) -> tuple[Model, Model]:
    """Return both versions; a model that one side does not have is one without combinations there."""
    if old is not None and new is not None:
        return old, new
    only: Any = new if old is None else old
    nothing = replace(only, cells=(), changes=())
    return (nothing, only) if old is None else (only, nothing)


def _add(findings: dict[tuple[Any, ...], DiffFinding], finding: DiffFinding) -> None:
    """Add a finding; one that goes on from the period before makes that one longer."""
    key = (finding.id, finding.level, finding.path, repr(finding.old), repr(finding.new), repr(finding.when), finding.since)
    for known, before in findings.items():
        if known[:-1] == key[:-1] and before.until == finding.since:
            findings[known] = replace(before, until=finding.until, selections=max(before.selections, finding.selections))
            return
    findings[key] = finding


def _provider_paths(*sides: tuple[Table, Model]) -> Mapping[str, str]:
    """Return the paths at which either side sends the provider and its name of the model, each with its kind of change."""
    kinds = (table.types.get(model.type) for table, model in sides)
    paths = [
        pair for kind in kinds if kind is not None for pair in ((kind.provider, "provider"), (kind.model, "provider-model"))
    ]
    return {dotted(path): f"{name}-changed" for path, name in paths if path is not None}
