"""
Strategies for rule files: first a model of listed options is drawn, then other keywords (`shapes`) are added to it.

Everything drawn is checked, and shapes that cause errors are left out, so that a test never gets a rule set with errors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from imgrules.compiler.build import has_error
from imgrules.compiler.parsed_file import file_of_value
from imgrules.compiler.read.folder import MESSAGES, SHARED
from imgrules.compiler.read.scalars import plain_value
from imgrules.table.terms import NONE
from imgrules.testing.model_parts import (
    CREDITS,
    TEXT,
    badges,
    gate_names,
    gate_rules,
    labels,
    limits,
    maybe,
    option_facts,
    price_tables,
    tables,
)
from imgrules.testing.shapes import widened

Documents: TypeAlias = dict[str, dict[str, Any]]
"""The files of a rule set by their stem, as plain values."""

# Letters, digits, punctuation and symbols: characters that a rule file may hold without an escape.
OPTIONS = ("shape", "grade", "tone")
FIELDS = ("words", "tongue", "remark")
FOREIGN = ("length", "voice")
MOMENTS = ("2026-01-01", "2026-07-01T12:00:00Z", "2027-01-01")
"""The moments in UTC at which a drawn rule set may change."""

_GRANTS = ("gold", "staff", "beta")
_CONSTANTS = TEXT | st.integers(-9, 9) | st.booleans()


@st.composite
def rule_documents(draw: DrawFn, shape: str = "") -> Documents:
    """Draw a rule set without errors. With a `shape`, each model has that shape if possible."""
    languages = draw(st.sampled_from([(), ("en",), ("en", "de")]))
    gates = draw(st.dictionaries(st.sampled_from(("club", "crew")), _gates(languages), max_size=2))
    types = {name: draw(_types(languages)) for name in ("image", "still")[: draw(st.sampled_from([1, 2]))]}
    shared: dict[str, Any] = {"language": 1, "types": types, "gates": gates}
    models = [f"model-{at}" for at in range(draw(st.sampled_from([1, 2, 3])))]
    documents = {name: draw(_models(name, shared, languages, shape)) for name in models}
    documents = draw(_shared_in_part(shared, documents))
    documents = {name: draw(_named(name, model)) for name, model in documents.items()}
    ids = [model.get("id", name) for name, model in documents.items()]
    if draw(st.booleans()):
        shared["order"] = draw(st.lists(st.sampled_from(ids), unique=True))
    shared |= maybe(draw, "default", st.sampled_from(ids))
    shared |= maybe(draw, "currency", st.sampled_from(["USD", "EUR"]))
    if draw(st.booleans()) and languages:
        shared["languages"] = list(languages)
    messages: Documents = {MESSAGES: {"messages": {"de": {"choose": "nimm {allowed}"}}}} if draw(st.integers(0, 2)) == 0 else {}
    if len(shared["types"]) == 1 and draw(st.booleans()):
        documents = {name: _without_type(model) for name, model in documents.items()}
    return {SHARED: shared, **messages, **documents}


@st.composite
def _named(draw: DrawFn, name: str, model: dict[str, Any]) -> dict[str, Any]:
    """Draw the same model, sometimes with an id that is not the name of its file."""
    return (
        {"id": draw(st.sampled_from([f"vendor/Some-{name}:v1", f"@{name}"])), **model}
        if draw(st.integers(0, 2)) == 0
        else model
    )


def _without_type(model: Mapping[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in model.items() if key != "type"}


def written(documents: Documents) -> dict[str, str]:
    """Return the texts of the files by stem: JSON, which is YAML too."""
    return {name: json.dumps(document, ensure_ascii=False, default=float) for name, document in documents.items()}


def has_no_errors(shared: Mapping[str, Any], model: Mapping[str, Any]) -> bool:
    """Whether `check` finds no error in a model with a shared file."""
    whole = {key: value for key, value in shared.items() if key not in {"order", "default"}}
    # No text is made, since many models are tried for each that is drawn.
    files = (file_of_value(SHARED, _read(whole)), file_of_value("model", _read(model)))
    return all(file.spec for file in files) and not has_error(files)


def _read(value: Any) -> Any:
    """Return a value of a document as it is read from the text that `written` returns."""
    if isinstance(value, Mapping):
        return {key: _read(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_read(entry) for entry in value]
    return plain_value(repr(float(value))) if isinstance(value, Decimal) else value


@st.composite
def _shared_in_part(draw: DrawFn, shared: dict[str, Any], documents: Documents) -> Documents:
    """Draw the same models with some keys of their options, and entries of their bodies, said by their type for all of them."""
    for name, model in list(documents.items()):
        kind = shared["types"][model["type"]]
        others = [other for stem, other in documents.items() if stem != name and other["type"] == model["type"]]
        options = {option: _left_to_the_type(draw, kind, option, own, others) for option, own in model["options"].items()}
        plain = {} if others else {path: value for path, value in model.get("body", {}).items() if not isinstance(value, dict)}
        moved = plain if draw(st.booleans()) else {}
        kind["body"] |= moved
        body = {path: value for path, value in model.get("body", {}).items() if path not in moved}
        documents[name] = {**model, "options": options, **({"body": body} if "body" in model else {})}
    return documents


def _left_to_the_type(
    draw: DrawFn, kind: dict[str, Any], name: str, own: dict[str, Any], others: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return an option of a model without some of its keys, which its type says then."""
    keys = [key for key in own if key in _SHARED_KEYS and _may_be_shared(key, name, own, others)]
    if name not in kind["options"] or not keys or _SHARED_KINDS & set(kind["options"][name]):
        return own
    taken = draw(st.lists(st.sampled_from(keys), unique=True))
    kind["options"][name] |= {key: own[key] for key in taken}
    return {key: value for key, value in own.items() if key not in taken}


_SHARED_KINDS = {"values", "default", "optional"}
_SHARED_KEYS = {*_SHARED_KINDS, "label", "as"}
_RULES = {"number", "size", "ratio", "text", "list", "of"}


def _may_be_shared(key: str, option: str, own: Mapping[str, Any], others: list[dict[str, Any]]) -> bool:
    """Whether a type can say a key of an option: it names no other option, and each other model with the option has the key."""
    # What an option takes is one key: the values of a type would not count beside a rule that stays with the model.
    fits = not _RULES & own.keys() if key == "values" else not isinstance(own[key], Mapping)
    return fits and all(key in other["options"].get(option, {key: None}) for other in others)


@st.composite
def _gates(draw: DrawFn, languages: tuple[str, ...]) -> dict[str, Any]:
    gate = {"opens_with": draw(st.lists(st.sampled_from(_GRANTS), min_size=1, max_size=2)), "label": draw(labels(languages))}
    return gate | draw(st.sampled_from([{}, {"icon": "star"}, {"icon": "star", "action": "upgrade"}]))


@st.composite
def _types(draw: DrawFn, languages: tuple[str, ...]) -> dict[str, Any]:
    place = _places(draw)
    fields = draw(st.lists(st.sampled_from(FIELDS), unique=True))
    shared = draw(st.lists(st.sampled_from(OPTIONS), unique=True))
    return {
        "body": {next(place): draw(_CONSTANTS) for _ in range(draw(st.integers(0, 2)))},
        **maybe(draw, "request", st.sampled_from(["POST /creations", "POST /v2/creations"])),
        **draw(st.sampled_from([{"provider": {"send": next(place)}}] * 3 + [{"provider": {"send": False}}, {}])),
        "model": {"send": next(place)},
        "fields": {name: {"send": next(place)} | draw(_field_facts()) for name in fields} | draw(_caps(next(place))),
        "options": {name: {"send": next(place)} | maybe(draw, "label", labels(languages)) for name in shared},
        "refused": {name: draw(labels(languages)) for name in draw(st.lists(st.sampled_from(FOREIGN), unique=True))},
    }


def _places(draw: DrawFn) -> Any:
    """Return an iterator over a thousand wire paths, none of which is a prefix of another."""
    roots = st.sampled_from(["", "top.", "top.inner.", "side."])
    return (f"{draw(roots)}leaf{at}" for at in range(1000))


def _caps(path: str) -> SearchStrategy[dict[str, Any]]:
    """Draw no field for the most that the caller pays, or one."""
    cap = {"send": path, "cap": True, "optional": True}
    return st.sampled_from([{}, {}, {"most": cap}, {"most": {**cap, "aliases": "limit_to"}}])


@st.composite
def _field_facts(draw: DrawFn) -> dict[str, Any]:
    least = draw(st.integers(0, 2))
    facts = {} if not draw(st.booleans()) else {"optional": draw(st.booleans())}
    return facts | draw(
        st.sampled_from(
            [
                {},
                {"text": {"min": least}},
                {"text": {"min": least, "max": 3}},
                {"text": [{"max": 3}, {"max": 4, "unit": "bytes"}]},
            ]
        )
    )


@st.composite
def _models(draw: DrawFn, name: str, shared: Mapping[str, Any], languages: tuple[str, ...], shape: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(shared["types"])))
    options = draw(st.permutations(OPTIONS))[: draw(st.sampled_from([2, 2, 3, 1, 0]))]
    priced = draw(st.sampled_from([None, *options]))
    sent, gates = shared["types"][kind]["options"], tuple(shared["gates"])
    facts = {option: draw(option_facts(option == priced, gates, languages)) for option in options}
    for option, fact in facts.items():
        if option not in sent or draw(st.booleans()):
            fact["send"] = f"own.{option}"
    model = {"name": draw(labels(languages)), "type": kind, "model": name, "options": facts}
    if "provider" in shared["types"][kind]:
        model["provider"] = draw(TEXT)
    model |= maybe(draw, "badges", st.lists(badges(languages), max_size=2)) | draw(limits(facts, languages))
    model |= draw(_bodies(model)) if facts else {}
    if priced is None:
        # Drawn in two steps, so that a table is as frequent as all other prices together.
        by_table: bool = draw(st.booleans())
        model |= maybe(draw, "credits", price_tables(facts) if facts and by_table else CREDITS)
    if gates:
        model |= maybe(draw, "gate", gate_names(gates)) | (draw(gate_rules(facts, gates)) if facts else {})
    plain = next(
        candidate
        for candidate in (model, _without(model, "body"), _without(model, "body", "limits"))
        if has_no_errors(shared, candidate)
    )
    return (
        draw(widened(plain, shared, has_no_errors, CREDITS, shape))
        if shape or draw(st.sampled_from([True, True, False]))
        else plain
    )


def _without(model: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    bare = {name: {**option, **_with_a_path(name, option)} for name, option in model["options"].items()}
    return {key: bare if key == "options" else value for key, value in model.items() if key not in keys}


def _with_a_path(name: str, option: Mapping[str, Any]) -> dict[str, str]:
    """Return a path for an option that is not sent, which nothing reads without `body`."""
    return {"send": f"own.{name}"} if option.get("send") is False else {}


@st.composite
def _bodies(draw: DrawFn, model: dict[str, Any]) -> dict[str, Any]:
    """Draw further parts of the body: constants, tables by one or two options (some with gaps), a model chosen by an option."""
    options = model["options"]
    body = maybe(draw, "made.constant", _CONSTANTS)
    whole: dict[str, Any] = {}
    if draw(st.booleans()):
        by = draw(st.permutations(sorted(options)))[: draw(st.sampled_from([2, 1]))]
        body["made.table"] = draw(tables(options, by, _CONSTANTS))
        options[by[0]] |= maybe(draw, "send", st.just(value=False))
        table = draw(st.just(body["made.table"]) | _with_a_hole(body["made.table"]))
        body["made.table"] = draw(st.just(table) | _with_nothing(table))
    if draw(st.booleans()):
        by = [draw(st.sampled_from(sorted(options)))]
        whole["model"] = {
            "by": by,
            "table": {value: f"{model['model']}/{at}" for at, value in enumerate(options[by[0]]["values"])},
        }
    return whole | ({"body": body} if body else {})


def _with_a_hole(table: dict[str, Any]) -> SearchStrategy[dict[str, Any]]:
    """Draw the same table, or the table without one entry, so that one pair of values cannot be sent."""
    rows = {value: row for value, row in table["table"].items() if isinstance(row, dict)}
    holes = [(value, column) for value, row in rows.items() for column in row]
    if not holes:
        return st.just(table)
    without = st.sampled_from(holes).map(
        lambda hole: {**rows, hole[0]: {k: v for k, v in rows[hole[0]].items() if k != hole[1]}}
    )
    return without.map(lambda left: {**table, "table": left})


def _with_nothing(table: dict[str, Any]) -> SearchStrategy[dict[str, Any]]:
    """Draw the table with a row, or an entry of a row, for which nothing is sent."""
    rows = table["table"]
    places = [(value,) for value in rows] + [
        (value, column) for value, row in rows.items() if type(row) is dict for column in row
    ]
    return st.sampled_from(places).map(
        lambda place: {
            **table,
            "table": {**rows, place[0]: NONE if len(place) == 1 else {**rows[place[0]], place[1]: NONE}},
        }
    )
