"""Every record survives a round-trip through the table document, and anything else raises TableError."""

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
from imgrules.table import options, records
from imgrules.table.codec import FORMAT, Models, plain
from imgrules.table.options import Badge, Option, Value
from imgrules.table.record_readers import DEDUPLICATED, reader_of
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Result, Send, Type
from imgrules.table.terms import Absence, Alias, Follows, Length, Limit, Lookup, Numbers, Ratios, Sizes, Test, Text
from tests.engine.rich import NOW, SOUND, table

KINDS = [
    record
    for home in (options, records)
    for record in vars(home).values()
    if isinstance(record, type) and is_dataclass(record) and record.__module__ == home.__name__
]
TESTS = (
    Test("tone", ("dark", 5, Decimal("0.5"))),
    Test("tone", none=("dark", 2)),
    Test("outputs", min=1, max=Decimal("4.5")),
    Test("outputs", any=(None,)),
)
LABEL = {"en": "A", "pt-BR": "B"}
LIMIT = Limit(TESTS, TESTS[:1], TESTS[1:2], ("tone", "outputs"), LABEL)
LINE = Line(
    Decimal("1.5"),
    Lookup(("tone", "mode"), {"dark": {"new": 1, "edit": Decimal("0.5")}, "light": 2}),
    TESTS,
    "outputs",
    2,
    estimate=True,
)
PRICES = Lookup(("tone",), {"dark": 5, "(other)": "unknown", "(none)": Decimal("0.5")})
NUMBERS = Numbers(Decimal("1.5"), 5, Decimal("0.5"))
BADGE = Badge(LABEL, "loud", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
ALIAS = Alias("other", "tone", "2027-01-01T00:00:00Z")
ABSENCE = Absence("2026-01-01T00:00:00Z", retired=True, use=("dark", "light"))
FIELD = Field("text", required=True, text=Text(1, 9, "words", (Length(2, 80, "bytes"),)), cap=True, description=LABEL)
FULL = Option(
    "tone",
    LABEL,
    {"dark": Value("dark", LABEL, (BADGE,), Decimal("0.5"), 9, ("old",), sent=False, description=LABEL, meta={"icon": "moon"})},
    Decimal("1.5"),
    Lookup(("mode",), {"new": 1}),
    NUMBERS,
    Sizes(NUMBERS, Numbers(1, 2, None), Ratios("1:3", "3:1")),
    Ratios("1:2", "2:1"),
    Text(1, 2, "bytes"),
    Numbers(0, 3, 1),
    Follows(("a", "b"), "pixels", 9, Lookup(("a", "b"), {"x": {"y": "z"}})),
    optional=True,
    snap="nearest",
    when=TESTS,
    because=LABEL,
    ignored=(LIMIT,),
    gone={"old": ABSENCE},
    aliases=(ALIAS,),
    loose=True,
    switch=True,
    fact=True,
    sent=False,
    description=LABEL,
    meta={"icon": "moon"},
)
SENDS = (
    Send(("a", 0, "b"), "tone", form="{width}"),
    Send(("c",), constant=(1, "x", True, Decimal("0.5"))),
    Send(("d",), constant=False),
    Send(("e",), lookup=Lookup(("tone",), {"dark": ("x", 1), "light": Decimal("0.5")})),
    Send(("f",), "tone", lookup=Lookup(("tone",), {"dark": None}), form="text"),
)
LAST = Model("m", "M", "picture", {}, (), (), gone=ABSENCE)
MODEL = Model(
    "m",
    LABEL,
    "picture",
    {"tone": FULL, "mode": Option("mode", "Mode")},
    SENDS,
    (Cell((), Decimal("2.5"), ("team",), 3, promoted=True, estimate=True, regular_estimate=True), Cell((None, "x"), None)),
    (BADGE,),
    (LIMIT,),
    {"text": FIELD},
    (GateRule(TESTS, ("team",)),),
    Formula((LINE,), (LINE,), ("outputs",), "nearest", Decimal("0.5"), PRICES, PRICES),
    (ALIAS,),
    ABSENCE,
    "POST /pictures",
    Lookup(("tone",), {"dark": "POST /dark"}),
    (Change("2026-01-01T00:00:00Z", LAST),),
    ("n",),
    {"speed": LABEL},
    LABEL,
    "2026-10",
    {"family": "m"},
)
WHOLE = Table(
    1,
    {"team": Gate("team", ("a", "b"), LABEL, "people", "invite")},
    {"picture": Type("picture", {"text": FIELD}, {"speed": LABEL}, ("p",), ("q", 0))},
    {"m": MODEL},
    Result(("s", 0), ("r",), ("d",), ("f",), ("m",), ("t",), ("a",), ("u",)),
    (ALIAS,),
    ("en", "de"),
    {"de": {"nothing": "nichts"}},
    "USD",
    {"cohort": Option("cohort", "Cohort", number=NUMBERS, fact=True)},
    ("queue",),
    "m",
)
"""A table in which every attribute of every record differs from its default."""


def inside(value: Any) -> Iterator[Any]:
    """Yield every record in a value, at any depth."""
    if is_dataclass(value):
        yield value
        for item in fields(value):
            if item.init:
                yield from inside(getattr(value, item.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from inside(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from inside(item)


def default(attribute: Any) -> Any:
    """Return the default value of an attribute."""
    return attribute.default_factory() if attribute.default_factory is not dataclasses.MISSING else attribute.default


BARE = Model("x", "X", "t", {}, (), ())


def sealed(body: Any) -> str:
    """Return a document with a digest that fits it, as a forged one would have."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    seal = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return f'{{"format":{FORMAT},"digest":"sha256:{seal}","table":{text}}}'


@pytest.mark.parametrize("kind", KINDS, ids=lambda record: record.__name__)
def test_the_whole_table_has_every_attribute_of_every_record(kind: Any) -> None:
    """`WHOLE` has every record, and every attribute with a value other than its default."""
    instances = [record for record in inside(WHOLE) if type(record) is kind]
    assert instances
    for attribute in fields(kind):
        if attribute.init:
            assert any(getattr(record, attribute.name) != default(attribute) for record in instances), attribute.name


@pytest.mark.parametrize("make", [lambda: WHOLE, table, lambda: Table(1, {}, {}, {})], ids=["whole", "rich", "empty"])
def test_everything_comes_back(make: Any) -> None:
    """A round-trip keeps every attribute of every record with its type, and gives the same document."""
    before = make()
    after = loads(dumps(before), verify=False)
    assert after == before
    assert (dumps(after), digest(after)) == (dumps(before), digest(before))
    for expected, actual in zip(inside(before), inside(after), strict=True):
        for attribute in (attribute for attribute in fields(expected) if attribute.init):
            # A decimal comes back as the same number, which is whole in a document where it is whole.
            was, came = getattr(expected, attribute.name), getattr(actual, attribute.name)
            is_same = type(came) is type(was) or {type(came), type(was)} <= {int, Decimal} or type(came) is Models
            assert is_same, (type(expected), attribute.name)


def test_models_are_understood_when_they_are_asked_for() -> None:
    """A model is parsed lazily at its first access, and only once."""
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
    """Line ends and spaces between tokens do not change the table or its digest."""
    after = loads(change(dumps(WHOLE)), verify=False)
    assert after == WHOLE
    assert digest(after) == digest(WHOLE)


def test_each_model_has_a_line() -> None:
    """Each model is on a line of its own, so that a diff of two documents shows which models have changed."""
    before, after = (
        dumps(replace(WHOLE, models=models)).splitlines() for models in (WHOLE.models, {**WHOLE.models, "x": BARE})
    )
    assert len(after) == len(before) + 1
    assert [line for line in before[1:-2] if line not in after] == []


def test_a_line_that_was_changed_is_noticed() -> None:
    """A change in any line is noticed at once, since the digest is checked before models are parsed lazily."""
    text = dumps(WHOLE)
    for at, line in enumerate(text.splitlines()):
        lines = text.splitlines()
        lines[at] = line.replace("a", "b", 1) if "a" in line else f" {line}x"
        with pytest.raises(TableError):
            loads("\n".join(lines) + "\n")


def test_a_model_that_was_forged_is_refused_when_it_is_asked_for() -> None:
    """A broken model with a fitting digest raises TableError: at once, or with `verify=False` at its first access."""
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
    """A model line that does not begin with its id is read too: such a document still fails by its digest."""
    text = dumps(Table(1, {}, {}, {"x": BARE})).replace('{"id":"x","label":"X"', '{"label":"X","id":"x"')
    body = text[text.index('"table":') + 8 : -2]
    seal = hashlib.sha256(body.replace("\n", "").encode()).hexdigest()
    with pytest.raises(TableError, match="changed after it was built"):
        loads(re.sub("sha256:[0-9a-f]*", f"sha256:{seal}", text))


def test_a_table_that_came_back_decides_the_same() -> None:
    """A table that was read decides as the original one, with its derived attributes."""
    after = loads(dumps(table()), verify=False)
    for picked in (SOUND, SOUND | {"outputs": 4}, SOUND | {"tone": "sepia"}, SOUND | {"strength": 0.5}):
        assert decide(after, picked, (), "de", NOW) == decide(table(), picked, (), "de", NOW)


def test_what_is_by_default_is_left_out() -> None:
    """Attributes with their default value are left out of a document, so that a new attribute changes no digest."""
    small = Table(1, {}, {}, {"m": Model("m", "M", "t", {"a": Option("a", "A")}, (), ())})
    assert json.loads(dumps(small))["table"]["models"] == [
        {"id": "m", "label": "M", "type": "t", "options": [{"name": "a", "label": "A"}], "body": [], "cells": []}
    ]
    assert "min" not in dumps(replace(small, models={}))


@pytest.mark.parametrize("kind", KINDS, ids=lambda record: record.__name__)
def test_an_attribute_that_no_record_has_is_refused(kind: Any) -> None:
    """An unknown attribute of any record raises TableError, although the digest fits."""
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
    """Yield every object of a document that represents a record of this class."""
    for record, node in zip_records(WHOLE, document):
        if type(record) is kind:
            yield node


def zip_records(value: Any, node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every record in a value with the object of the document that represents it."""
    if is_dataclass(value):
        yield value, node
        for attribute in fields(value):
            if attribute.name in node:
                yield from zip_records(getattr(value, attribute.name), node[attribute.name])
    elif isinstance(value, Mapping):
        for child, child_node in zip(value.values(), node.values() if isinstance(node, dict) else node, strict=True):
            yield from zip_records(child, child_node)
    elif isinstance(value, tuple):
        for child, child_node in zip(value, node, strict=True):
            yield from zip_records(child, child_node)


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every node below the top of a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inner:
        yield (*path, key)
        yield from places(child, (*path, key))


OTHER_KINDS: list[Any] = [None, [], {}, "", 7, [["x"]], {"name": []}]
EACH = 4
"""How many of the other kinds of value are tried at each place; the next place gets the next few."""


@pytest.mark.parametrize("at", range(len(OTHER_KINDS)), ids=lambda at: repr(OTHER_KINDS[at]))
def test_another_kind_of_value_is_noticed_at_every_place(at: int) -> None:
    """A document with any node replaced by a value of another type raises TableError, unless it means the same table."""
    document, new = json.loads(dumps(WHOLE)), OTHER_KINDS[at]
    for path in (path for count, path in enumerate(places(document["table"])) if (count + at) % len(OTHER_KINDS) < EACH):
        node = document["table"]
        for key in path[:-1]:
            node = node[key]
        original, node[path[-1]] = node[path[-1]], new
        # An old digest does not fit whatever is in place of the node, so one kind of value is tried with it.
        for text in (json.dumps(document), sealed(document["table"]))[new is not None :]:
            try:
                table_read = loads(text, verify=False)
            except TableError:
                continue
            assert isinstance(table_read, Table)
            assert '"digest": ' not in text or table_read == WHOLE
        node[path[-1]] = original


def test_plain_carries_every_kind() -> None:
    """Records and mappings become objects, decimals numbers, and tuples lists."""
    document = plain(WHOLE)
    json.dumps(document, allow_nan=False)
    model = document["models"]["m"]
    option = model["options"]["tone"]
    assert (option["default"], option["gone"]["old"]["use"]) == (1.5, ["dark", "light"])
    assert model["body"][3]["lookup"]["table"] == {"dark": ["x", 1], "light": 0.5}
    assert "axes" not in model


def test_equal_parts_of_models_are_one_record() -> None:
    """Equal options, combinations and leaves of models are one shared record after reading; models and their caches are not."""
    base = table()
    first = next(iter(base.models.values()))
    twins = replace(base, models={first.id: first, "second": replace(first, id="second")})
    first_model, second_model = loads(dumps(twins), verify=False).models.values()
    for name in ("cells", "body", "badges"):
        assert getattr(first_model, name), name
        assert all(part is twin for part, twin in zip(getattr(first_model, name), getattr(second_model, name), strict=True)), (
            name
        )
    assert any(first_model.options[name] is second_model.options[name] for name in first_model.options)
    assert first_model is not second_model
    assert first_model.memory is not second_model.memory


@pytest.mark.parametrize(("first", "second"), [(1, True), (True, 1), (1, "1"), (0, False)])
def test_what_is_merely_equal_is_not_shared(first: object, second: object) -> None:
    """Constants that are equal but of different types, such as 1 and True, are not shared."""
    shared: dict[Any, Any] = {}
    reader = reader_of(Send)
    sends = [reader({"path": ["a"], "constant": constant}, shared) for constant in (first, second)]
    assert [(type(send.constant), send.constant) for send in sends] == [(type(first), first), (type(second), second)]


def test_no_shared_record_remembers_anything() -> None:
    """Shared records have only attributes of the constructor, and no caches."""
    assert all(attribute.init for kind in DEDUPLICATED for attribute in fields(kind))


def test_what_is_shared_is_bounded_and_does_not_travel() -> None:
    """The cache of shared records is bounded, does not hold long ones, and is not part of a pickle."""
    shared: dict[Any, Any] = {}
    reader = reader_of(Value)
    for number in range(5000):
        assert reader({"name": f"v{number}", "label": "x"}, shared) == Value(f"v{number}", "x")
    assert len(shared[Value]) == 1024
    assert reader({"name": "v" * 601, "label": "x"}, {}) == Value("v" * 601, "x")
    read_table = loads(dumps(table()), verify=False)
    assert pickle.loads(pickle.dumps(read_table)).models == read_table.models  # noqa: S301  our own
    assert not pickle.loads(pickle.dumps(read_table.models))._shared  # noqa: S301  our own
