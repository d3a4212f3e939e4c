"""Law: a cached catalog or repair equals the one that a table without a cache makes, and callers cannot change it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules import ImgrulesError, Rules, Table
from imgrules.engine.decide import decide
from imgrules.table.codec import dumps
from imgrules.table.records import MODEL, Model
from imgrules.testing import grants, moments, picks, selections
from imgrules.views.catalog.cached_catalogs import MOST, catalogs
from imgrules.views.catalog.catalog import offers
from tests.laws.reflection import reflected
from tests.laws.rule_sets import ANY_TABLE


def spoil(node: Any) -> None:
    """Change every part of a document."""
    for child in list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else ():
        spoil(child)
    if isinstance(node, dict):
        node.clear()
        node["spoiled"] = True
    elif isinstance(node, list):
        node.append("spoiled")


def tags(table: Table) -> list[str | None]:
    """Return language tags, among them every one that a label is written in."""
    written = sorted(catalogs(table).tags)
    return [None, "", "zz", "de_AT", *written, *(f"{tag}-x-y" for tag in written)]


def made(table: Table, held: object, language: str | None, at: str | None) -> Any:
    """Return the catalog of a table without a cache, or the error that is raised."""
    try:
        return reflected(offers(replace(table), held, language, at))
    except ImgrulesError as error:
        return str(error)


def answered(rules: Rules, *asked: Any) -> Any:
    """Return the catalog, or the error that is raised."""
    try:
        return rules.catalog(*asked)
    except ImgrulesError as error:
        return str(error)


@given(st.data(), ANY_TABLE)
def test_a_kept_catalog_is_the_one_that_is_made(data: st.DataObject, table: Table) -> None:
    """Whoever asked before, in any language and at any moment, and however callers changed their documents."""
    rules = Rules(replace(table))
    for _ in range(6):
        held, language = data.draw(grants(table)), data.draw(st.sampled_from(tags(table)))
        at = data.draw(st.one_of(st.none(), moments(table)))
        expected = made(table, held, language, at)
        for _ in range(2):
            document = answered(rules, held, language, at)
            assert document == expected
            if type(document) is str:
                continue
            assert list(document) == list(expected)
            assert json.loads(rules.catalog_json(held, language, at)) == json.loads(json.dumps(document))
            spoil(document)


@given(st.data(), ANY_TABLE)
def test_what_callers_send_is_not_kept(data: st.DataObject, table: Table) -> None:
    """Unknown grants and languages, and other moments of the same period, find the cached catalog."""
    rules, at = Rules(replace(table)), data.draw(moments(table))
    held = data.draw(grants(table))
    catalog = rules.catalog_json(held, None, at)
    for number in range(5):
        assert rules.catalog_json({*held, f"nobody {number}"}, f"zz-{number}", at) is catalog
    for _ in range(5):
        rules.catalog(data.draw(grants(table)), data.draw(st.text()), data.draw(moments(table)))
    kept, gates = catalogs(rules.table), len(table.gates)
    assert len(kept.cached) <= min(MOST, 2**gates * (len(kept.moments) + 2) * (len(kept.tags) + 1))


def without_caches(table: Table) -> Table:
    """Return a copy of a table with empty caches."""
    return replace(table, models={name: _without_cache(model) for name, model in table.models.items()})


def _without_cache(model: Model) -> Model:
    return replace(model, changes=tuple(replace(change, model=_without_cache(change.model)) for change in model.changes))


@st.composite
def alike(draw: st.DrawFn, table: Table, at: str | None) -> list[dict[str, Any]]:
    """Draw selections of one model, of which one pick is wrong: each differs from the first in one pick at most."""
    name = draw(st.sampled_from(sorted(table.models)))
    model = table.models[name].at(at) or table.models[name]
    options = [option for option in model.options.values() if option.follows is None and not option.fact]
    first = {MODEL: name, **{option.name: draw(picks(option)) for option in options}}
    if options:
        first[draw(st.sampled_from(options)).name] = "wrong"
    others = [{**first, option.name: draw(picks(option))} for option in options]
    return [first, *others, *({key: value for key, value in first.items() if key != left_out} for left_out in first)]


def texts_in(node: Any) -> set[str]:
    """Return every text within an object, including those of records and of keys."""
    if type(node) is str:
        return {node}
    if isinstance(node, dict):
        return texts_in([*node, *node.values()])
    if isinstance(node, list | tuple | set | frozenset):
        return {text for child in node for text in texts_in(child)}
    return set()


@given(st.data(), ANY_TABLE)
def test_a_refusal_is_the_same_whatever_was_asked_before(data: st.DataObject, table: Table) -> None:
    """Reasons, allowed values and repairs do not depend on earlier questions, and callers' texts are not cached."""
    fresh, at = without_caches(table), data.draw(moments(table))
    questions = [data.draw(selections(table, at)), *data.draw(alike(table, at)), data.draw(selections(table, at))]
    every = frozenset(grant for gate in table.gates.values() for grant in gate.opens_with)
    for held in (frozenset[str](), every, data.draw(grants(table))):
        for asked in questions:
            expected, new = decide(fresh, asked, held, None, at), decide(without_caches(table), asked, held, None, at)
            assert expected.as_dict() == new.as_dict()
            assert (expected.violation and expected.violation.field) == (new.violations[0].field if new.violations else None)
    named = texts_in(json.loads(dumps(fresh)))
    for model in (version for sold in fresh.models.values() for version in (sold, *(change.model for change in sold.changes))):
        for key, answer in (model.memory.get("moves") or {}).items():
            assert texts_in(key) <= named
            # Where a key holds a value, or lacks the option, what an option moves to follows from the key and the rules.
            present = {name for name, *value in key[1] if not value}
            assert texts_in([candidate for moves in answer for name, candidate in moves.items() if name in present]) <= named
        assert texts_in(model.memory.get("possible")) <= named
