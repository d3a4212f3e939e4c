"""The facts on which a catalog depends: as the service stated them, and where they lie among what the rules name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from imgrules.engine.facts.fact_regions import Region, region
from imgrules.engine.facts.facts import decides, is_read, read_facts
from imgrules.engine.normalize import word_of
from imgrules.errors import NoFact
from imgrules.quoting import either
from imgrules.refusals.constraints import Verdict
from imgrules.refusals.fact_faults import explained_fact
from imgrules.refusals.faults import MISSTATED, Fault, option_faults
from imgrules.refusals.phrases import Phrases
from imgrules.refusals.questions import Question
from imgrules.table.options import Option
from imgrules.table.records import Model, Table
from imgrules.table.texts.labels import say
from imgrules.views.catalog.catalog_records import FactOffer, FactValueOffer, GivenOffer


def stated_facts(table: Table, model: Model, facts: object, language: str | None = None) -> Mapping[str, Any]:
    """
    Return the stated facts of a model, as its rules name them, with the defaults of others.

    Raises:
        NoFact: a fact is stated that no model has, or with a value that it does not take; or one that a rule reads is missing.

    """
    stated = checked_facts(table, model, facts, language)
    missing = tuple(name for name in model.unstated(stated) if decides(model, name))
    if missing:
        noun = "fact" if len(missing) == 1 else "facts"
        raise NoFact(f"{model.id} depends on the {noun} {either(missing, word='and')}", missing)
    options = model.options
    defaults = {name: options[name].default for name in model.facts if options[name].default is not None}
    return {**defaults, **{name: options[name].word(value) for name, value in stated.items()}}


def checked_facts(table: Table, model: Model | None, facts: object, language: str | None = None) -> Mapping[str, Any]:
    """
    Return the stated facts of a model by name.

    Raises:
        NoFact: a fact is stated that no model has, or with a value that it does not take.

    """
    if facts is None:
        return {}
    stated, wrong = read_facts(table, model, facts)
    options = {} if model is None else model.options
    faults = [Fault(code, name, value, MISSTATED) for code, name, value in wrong if code is not None]
    faults += [
        fault
        for code, name, value in wrong
        if code is None
        for fault in option_faults(table.facts[name], word_of(table.facts[name], value))
    ]
    faults += [fault for name, value in stated.items() for fault in option_faults(options[name], word_of(options[name], value))]
    if faults:
        phrases = Phrases(Question(table, {}, model, language=language), Verdict(()))
        raise NoFact(explained_fact(phrases, faults[0])[0])
    return stated


def fact_offers(table: Table, model: Model, stated: Mapping[str, Any], language: str | None) -> tuple[FactOffer, ...]:
    """Return the facts on which a model depends, each with the region of values in which the stated one lies."""
    options = (model.options[name] for name in model.facts if is_read(model, name))
    return tuple(_fact_offer(table, model, option, stated, language) for option in options)


def _fact_offer(table: Table, model: Model, option: Option, stated: Mapping[str, Any], language: str | None) -> FactOffer:
    def text(label: Any) -> str:
        return say(label, language, table.languages)

    def shown(label: Any) -> str | None:
        return None if label is None else text(label)

    given = region(model, option.name, stated[option.name]) if option.name in stated else None
    return FactOffer(
        name=option.name,
        label=text(option.label),
        values=tuple(
            FactValueOffer(value.name, text(value.label), shown(value.description)) for value in option.values.values()
        ),
        default=option.default,
        optional=option.optional,
        number=option.number,
        size=option.size,
        ratio=option.ratio,
        text=option.text,
        many=option.many,
        switch=option.switch,
        given=None if given is None else GivenOffer(*given[:-1]),
        description=shown(option.description),
    )


def facts_key(table: Table, models: Iterable[Model], facts: object, language: str | None) -> tuple[Region | None, ...]:
    """
    Return a key of the stated facts: where each lies among what the rules of these models compare it with.

    Raises:
        NoFact: as `stated_facts`.

    """
    keys: list[Region | None] = []
    for model in models:
        stated = stated_facts(table, model, facts, language)
        keys += (region(model, name, stated[name]) if name in stated else None for name in model.facts)
    return tuple(keys)
