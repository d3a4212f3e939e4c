"""The question that a refusal answers: a selection in canonical names, with all that surrounds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from imgrules.engine.caller_input import facts_module
from imgrules.engine.decision_records import Note
from imgrules.engine.normalize import canonical, model_of
from imgrules.table.record_base import field, record, replace
from imgrules.table.records import MODEL, Model, Table

if TYPE_CHECKING:
    from imgrules.engine.facts.facts import WrongFact


@record(frozen=False)  # not frozen: that takes three times as long to make, and every refusal makes one
class Question:
    """
    A selection to examine, with the grants and language of the caller, and the moment.

    `picked` is a copy that nobody changes, in the canonical names that `model` has at the moment; `notes` say what was
    replaced. The facts of the model are among the picks, since rules read them alike; `stated` is what the service stated, and
    `misstated` what of it cannot be used. `held` are picks of the caller in the names of facts, which are refused. `assumed`
    says that some facts are missing, and have values here that were not stated.
    """

    table: Table
    picked: Mapping[str, Any]
    model: Model | None = None
    grants: frozenset[str] = frozenset()
    language: str | None = None
    moment: str | None = None
    notes: tuple[Note, ...] = ()
    stated: object = None
    misstated: tuple[WrongFact, ...] = ()
    held: Mapping[str, Any] = field(default_factory=dict)
    assumed: bool = False

    @property
    def timeless(self) -> bool:
        """Whether no moment is given although the model changes with time."""
        return self.model is not None and self.moment is None and bool(self.model.changes)

    def versions(self) -> Iterator[Question]:
        """Yield the same question about each version of the model, without a moment."""
        for version in () if self.model is None else self.model.versions:
            named, notes = canonical(version, self.picked, None)
            yield replace(self, picked=named, model=version, notes=(*self.notes, *notes))

    def lacking(self) -> tuple[str, ...]:
        """Return the facts that have to be stated, and are not."""
        if self.model is None or not self.model.facts or self.model.gone is not None or self.timeless:
            return ()
        return self.model.unstated(self.picked)

    def completed(self) -> Iterator[Question]:
        """Yield the same question with each value to try of the missing facts; nothing if these cannot be listed."""
        if self.model is None:
            return
        options = self.model.options
        for facts in facts_module().completions(self.model, self.own_facts) or ():
            assumed = {name: options[name].word(value) for name, value in facts.items() if name not in self.picked}
            yield replace(self, picked={**self.picked, **assumed}, assumed=True)

    @property
    def own_facts(self) -> Mapping[str, Any]:
        """The facts of the model that are known."""
        names = self.model.facts if self.model else ()
        return {name: self.picked[name] for name in names if name in self.picked}

    def for_model(self, model: Model) -> Question:
        """Return the same question about another model."""
        facts = self.model.facts if self.model else ()
        named = {**{name: value for name, value in self.picked.items() if name not in facts}, **self.held, MODEL: model.id}
        return ask(self.table, named, self.grants, self.language, self.moment, self.stated)


def ask(  # noqa: PLR0913, PLR0917  what is picked, by whom, in which language, when, and what the service knows
    table: Table,
    picked: Mapping[str, Any],
    grants: frozenset[str],
    language: str | None = None,
    moment: str | None = None,
    facts: object = None,
) -> Question:
    """Return a question in canonical names; the caller must not change `picked` afterwards."""
    model, note = model_of(table, picked, moment)
    stated, misstated = ({}, ()) if facts is None else facts_module().read_facts(table, model, facts)
    if model is None:
        return Question(table, _copied(picked), None, grants, language, moment, (), facts, misstated)
    held: Mapping[str, Any] = {}
    if model.facts:
        held = {name: picked[name] for name in model.facts if name in picked}
        picked = {name: value for name, value in picked.items() if name not in held} if held else picked
    # Without a moment, nothing is known of a model that changes with time, not even its names.
    timeless = moment is None and bool(table.models[model.id].changes)
    named, notes = (dict(picked), ()) if timeless else canonical(model, picked, moment)
    named[MODEL] = model.id
    if stated:
        named.update(_copied(stated) if timeless else canonical(model, stated, moment)[0])
    all_notes = (note, *notes) if note else notes
    return Question(table, named, model, grants, language, moment, all_notes, facts, misstated, held)


def _copied(picked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a copy of the picks and their lists, so that the caller may change those later."""
    return {name: list(value) if type(value) is list else value for name, value in picked.items()}
