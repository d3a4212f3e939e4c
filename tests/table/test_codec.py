"""Every record of the table survives its document, and a document of anything else is an error of one kind."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from imgrules import Table, TableError, digest, dumps, loads
from imgrules.engine.decide import decide
from imgrules.table import records
from imgrules.table.codec import _DEDUPLICATED, FORMAT, Models, _read, plain
from imgrules.table.records import (
    Badge,
    Cell,
    Change,
    Field,
    Formula,
    Gate,
    GateRule,
    Line,
    Model,
    Option,
    Result,
    Send,
    Type,
    Value,
)
from imgrules.table.terms import Absence, Alias, Follows, Limit, Lookup, Numbers, Ratios, Sizes, Test, Text
from tests.engine.rich import NOW, SOUND, table

KINDS = [
    each
    for each in vars(records).values()
    if isinstance(each, type) and is_dataclass(each) and each.__module__ == records.__name__
]
TESTS = (
    Test("tone", ("dark", 5, Decimal("0.5"))),
    Test("tone", none=("dark", 2)),
    Test("outputs", min=1, max=Decimal("4.5")),
    Test("outputs", given=False),
)
LABEL = {"en": "A", "pt-BR": "B"}
LIMIT = Limit(TESTS, TESTS[:1], TESTS[1:2], ("tone", "outputs"), LABEL)
LINE = Line(
    Decimal("1.5"), Lookup(("tone", "mode"), {"dark": {"new": 1, "edit": Decimal("0.5")}, "light": 2}), TESTS, "outputs", 2
)
NUMBERS = Numbers(Decimal("1.5"), 5, Decimal("0.5"))
BADGE = Badge(LABEL, "loud", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
ALIAS = Alias("other", "tone", "2027-01-01T00:00:00Z")
ABSENCE = Absence("2026-01-01T00:00:00Z", retired=True, use="dark")
FIELD = Field("text", required=True, text=Text(1, 9, "words"), also=(Text(2, 80, "bytes"),))
FULL = Option(
    "tone",
    LABEL,
    {"dark": Value("dark", LABEL, (BADGE,), Decimal("0.5"), 9)},
    Decimal("1.5"),
    Lookup(("mode",), {"new": 1}),
    NUMBERS,
    Sizes(NUMBERS, Numbers(1, 2, None), Ratios("1:3", "3:1")),
    Ratios("1:2", "2:1"),
    Text(1, 2, "bytes"),
    Numbers(0, 3, 1),
    Follows("a", ("b", "c"), 9, ("d",)),
    optional=True,
    snap=True,
    when=TESTS,
    because=LABEL,
    ignored=(LIMIT,),
    gone={"old": ABSENCE},
    aliases=(ALIAS,),
    loose=True,
    switch=True,
)
SENDS = (
    Send(("a", 0, "b"), "tone", form="{width}"),
    Send(("c",), constant=(1, "x", True, Decimal("0.5"))),
    Send(("d",), constant=False),
    Send(("e",), lookup=Lookup(("tone",), {"dark": ("x", 1), "light": Decimal("0.5")})),
)
LAST = Model("m", "M", "picture", {}, (), (), gone=ABSENCE)
MODEL = Model(
    "m",
    LABEL,
    "picture",
    {"tone": FULL, "mode": Option("mode", "Mode")},
    SENDS,
    (Cell((), Decimal("2.5"), ("team",), 3, promoted=True), Cell((None, "x"), None)),
    (BADGE,),
    (LIMIT,),
    {"text": FIELD},
    (GateRule(TESTS, ("team",)),),
    Formula((LINE,), (LINE,), "outputs", "nearest", Decimal("0.5")),
    (ALIAS,),
    ABSENCE,
    (Change("2026-01-01T00:00:00Z", LAST),),
)
WHOLE = Table(
    1,
    {"team": Gate("team", ("a", "b"), LABEL, "people", "invite")},
    {"picture": Type("picture", {"text": FIELD}, {"speed": LABEL})},
    {"m": MODEL},
    Result(("s", 0), ("r",), ("d",), ("f",), ("m",), ("t",), ("a",), ("u",)),
    (ALIAS,),
    ("en", "de"),
    {"de": {"nothing": "nichts"}},
)
"""A table in which every attribute of every record is other than by default."""


def inside(value: Any) -> Iterator[Any]:
    """Yield every record in a value."""
    if is_dataclass(value):
        yield value
        for each in fields(value):
            if each.init:
                yield from inside(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from inside(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from inside(each)


def default(each: Any) -> Any:
    """Return what an attribute is by default."""
    return each.default_factory() if each.default_factory is not dataclasses.MISSING else each.default


BARE = Model("x", "X", "t", {}, (), ())


def sealed(body: Any) -> str:
    """Return a document with a digest that fits it, as somebody who forges one writes it."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    seal = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return f'{{"format":{FORMAT},"digest":"sha256:{seal}","table":{text}}}'


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__name__)
def test_the_whole_table_has_every_attribute_of_every_record(kind: Any) -> None:
    """No record and no attribute is forgotten below: each stands there with another value than by default."""
    found = [each for each in inside(WHOLE) if type(each) is kind]
    assert found
    for each in fields(kind):
        if each.init:
            assert any(getattr(one, each.name) != default(each) for one in found), each.name


@pytest.mark.parametrize("make", [lambda: WHOLE, table, lambda: Table(1, {}, {}, {})], ids=["whole", "rich", "empty"])
def test_everything_comes_back(make: Any) -> None:
    """Every attribute of every record comes back as it was, with its type, and writes the same document."""
    before = make()
    after = loads(dumps(before), verify=False)
    assert after == before
    assert (dumps(after), digest(after)) == (dumps(before), digest(before))
    for one, other in zip(inside(before), inside(after), strict=True):
        for each in (said for said in fields(one) if said.init):
            # A decimal comes back as the same number, which is whole in a document where it is whole.
            was, came = getattr(one, each.name), getattr(other, each.name)
            same = type(came) is type(was) or {type(came), type(was)} <= {int, Decimal} or type(came) is Models
            assert same, (type(one), each.name)


def test_models_are_understood_when_they_are_asked_for() -> None:
    """What is never asked for stays as it was written; what is, is understood once."""
    models = loads(dumps(WHOLE), verify=False).models
    assert "nobody" not in models
    assert models.get("nobody") is None
    assert (len(models), list(models)) == (len(WHOLE.models), list(WHOLE.models))
    assert repr(models) == f"Models({len(WHOLE.models)})"
    for name, model in WHOLE.models.items():
        assert models[name] == model
        assert models[name] is models[name]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: json.dumps(json.loads(text)),
        lambda text: json.dumps(json.loads(text), indent=2, ensure_ascii=False),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        str.encode,
    ],
    ids=["spaces", "indented", "one line", "other line ends", "no last line end", "bytes"],
)
def test_the_same_document_may_be_laid_out_otherwise(change: Any) -> None:
    """Line ends and spaces mean nothing: what a tool has laid out anew is the same table."""
    after = loads(change(dumps(WHOLE)), verify=False)
    assert after == WHOLE
    assert digest(after) == digest(WHOLE)


def test_each_model_has_a_line() -> None:
    """A diff of two documents shows which models have changed."""
    one, other = (dumps(replace(WHOLE, models=each)).splitlines() for each in (WHOLE.models, {**WHOLE.models, "x": BARE}))
    assert len(other) == len(one) + 1
    assert [each for each in one[1:-2] if each not in other] == []


def test_a_line_that_was_changed_is_noticed() -> None:
    """The digest vouches for every line before any is left for later."""
    text = dumps(WHOLE)
    for at, line in enumerate(text.splitlines()):
        lines = text.splitlines()
        lines[at] = line.replace("a", "b", 1) if "a" in line else f" {line}x"
        with pytest.raises(TableError):
            loads("\n".join(lines) + "\n")


def test_a_model_that_was_forged_is_refused_when_it_is_asked_for() -> None:
    """Who seals a broken model anew gets the one error: at once, or where the model is asked for if nobody looks before."""
    text = dumps(Table(1, {}, {}, {"x": BARE})).replace('"body":[]', '"body":5')
    body = text[text.index('"table":') + 8 : -2]
    seal = hashlib.sha256(body.replace("\n", "").encode()).hexdigest()
    text = re.sub("sha256:[0-9a-f]*", f"sha256:{seal}", text)
    with pytest.raises(TableError, match=r"'models\.x\.body': expected a list"):
        loads(text)
    forged = loads(text, verify=False)
    with pytest.raises(TableError, match="the model x is not a compiled model"):
        forged.models["x"]


def test_a_line_that_begins_with_no_name_is_read_with_the_rest() -> None:
    """A document of another hand, whose models have their names elsewhere, is a table all the same."""
    text = dumps(Table(1, {}, {}, {"x": BARE})).replace('{"id":"x","label":"X"', '{"label":"X","id":"x"')
    body = text[text.index('"table":') + 8 : -2]
    seal = hashlib.sha256(body.replace("\n", "").encode()).hexdigest()
    with pytest.raises(TableError, match="changed after it was built"):
        loads(re.sub("sha256:[0-9a-f]*", f"sha256:{seal}", text))


def test_a_table_that_came_back_decides_the_same() -> None:
    """What a model works out from the rest is worked out again."""
    after = loads(dumps(table()), verify=False)
    for picked in (SOUND, SOUND | {"outputs": 4}, SOUND | {"tone": "sepia"}, SOUND | {"strength": 0.5}):
        assert decide(after, picked, (), "de", NOW) == decide(table(), picked, (), "de", NOW)


def test_what_is_by_default_is_left_out() -> None:
    """A document holds what an author said, so that it stays small and a new attribute changes no digest."""
    small = Table(1, {}, {}, {"m": Model("m", "M", "t", {"a": Option("a", "A")}, (), ())})
    assert json.loads(dumps(small))["table"]["models"] == [
        {"id": "m", "label": "M", "type": "t", "options": [{"name": "a", "label": "A"}], "body": [], "cells": []}
    ]
    assert "min" not in dumps(replace(small, models={}))


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__name__)
def test_an_attribute_that_no_record_has_is_refused(kind: Any) -> None:
    """A document with an attribute too many is refused with the one error, also where its digest fits."""
    name = f"unheard_of_{kind.__name__}"
    marked = json.loads(dumps(WHOLE))["table"]
    places = list(nodes(marked, kind))
    assert places
    for place in places:
        place[name] = 1
        with pytest.raises(TableError, match="not a compiled table"):
            loads(sealed(marked), verify=False)
        del place[name]


def nodes(document: Any, kind: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a document that is a record of a kind."""
    for record, node in zip_records(WHOLE, document):
        if type(record) is kind:
            yield node


def zip_records(value: Any, node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every record of the whole table beside the object that it became."""
    if is_dataclass(value):
        yield value, node
        for each in fields(value):
            if each.name in node:
                yield from zip_records(getattr(value, each.name), node[each.name])
    elif isinstance(value, Mapping):
        for one, other in zip(value.values(), node.values() if isinstance(node, dict) else node, strict=True):
            yield from zip_records(one, other)
    elif isinstance(value, tuple):
        for one, other in zip(value, node, strict=True):
            yield from zip_records(one, other)


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every node below the top of a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


@pytest.mark.parametrize("new", [None, [], {}, "", 7, [["x"]], {"name": []}], ids=repr)
def test_another_kind_of_value_is_noticed_at_every_place(new: Any) -> None:
    """Whatever node is replaced by another kind, the document is refused with the one error, unless it says the same."""
    document = json.loads(dumps(WHOLE))
    for path in places(document["table"]):
        node = document["table"]
        for key in path[:-1]:
            node = node[key]
        kept, node[path[-1]] = node[path[-1]], new
        for text in (json.dumps(document), sealed(document["table"])):
            try:
                found = loads(text, verify=False)
            except TableError:
                continue
            assert isinstance(found, Table)
            assert text != json.dumps(document) or found == WHOLE
        node[path[-1]] = kept


def test_plain_carries_every_kind() -> None:
    """Records become objects, keyed records lists in their order, decimals numbers, and tuples lists."""
    document = plain(WHOLE)
    json.dumps(document, allow_nan=False)
    option = document["models"][0]["options"][0]
    assert [each["name"] for each in document["models"][0]["options"]] == ["tone", "mode"]
    assert (option["default"], option["gone"]["old"]["use"]) == (1.5, "dark")
    assert document["models"][0]["body"][3]["lookup"]["table"] == {"dark": ["x", 1], "light": 0.5}
    assert "axes" not in document["models"][0]


def test_equal_parts_of_models_are_one_record() -> None:
    """Models of one maker share options, combinations and what is sent; no more than is written alike."""
    whole = table()
    first = next(iter(whole.models.values()))
    twins = replace(whole, models={first.id: first, "second": replace(first, id="second")})
    one, other = loads(dumps(twins), verify=False).models.values()
    for name in ("cells", "body", "badges"):
        assert getattr(one, name), name
        assert all(each is twin for each, twin in zip(getattr(one, name), getattr(other, name), strict=True)), name
    assert any(one.options[each] is other.options[each] for each in one.options)
    assert one is not other
    assert one.memory is not other.memory


@pytest.mark.parametrize(("first", "second"), [(1, True), (True, 1), (1, "1"), (0, False)])
def test_what_is_merely_equal_is_not_shared(first: object, second: object) -> None:
    """A constant 1 stays a number beside a model that sends true."""
    shared: dict[Any, Any] = {}
    reader = _read(Send)
    made = [reader({"path": ["a"], "constant": each}, shared) for each in (first, second)]
    assert [(type(each.constant), each.constant) for each in made] == [(type(first), first), (type(second), second)]


def test_no_shared_record_remembers_anything() -> None:
    """What models share has only what is written: nothing that was made of one of them."""
    assert all(each.init for kind in _DEDUPLICATED for each in fields(kind))


def test_what_is_shared_is_bounded_and_does_not_travel() -> None:
    """A table of many unlike models keeps so many parts for others, and a pickle of it keeps none."""
    known: dict[Any, Any] = {}
    reader = _read(Value)
    for each in range(5000):
        assert reader({"name": f"v{each}", "label": "x"}, known) == Value(f"v{each}", "x")
    assert len(known[Value]) == 1024
    assert reader({"name": "v" * 601, "label": "x"}, {}) == Value("v" * 601, "x")
    one = loads(dumps(table()), verify=False)
    assert pickle.loads(pickle.dumps(one)).models == one.models  # noqa: S301  our own
    assert not pickle.loads(pickle.dumps(one.models))._shared  # noqa: S301  our own
