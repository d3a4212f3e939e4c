"""A table survives a round-trip through its document, and an incomplete or changed document raises TableError."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imgrules import Table, TableError, digest, dumps, loads
from imgrules.engine.decide import decide
from imgrules.table.codec import FORMAT
from imgrules.table.records import Cell, Result
from imgrules.table.texts.labels import say

REPLACEMENTS: tuple[tuple[Any, ...], ...] = ((), (None,), ([],), ({},), ("",), (7,), ([["x"]],), ({"name": []},))
SCHEMA = Path(__file__).parents[2] / "schemas" / "table.schema.json"


@pytest.fixture
def text(table: Table) -> str:
    """Return the document of the packaged table."""
    return dumps(table)


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every node below the top of a document."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inside:
        yield (*path, key)
        yield from places(child, (*path, key))


def changed(document: Any, path: tuple[str | int, ...], *new: Any) -> Any:
    """Return a copy of a document with one node replaced, or removed if no new value is given."""
    copied = copy.deepcopy(document)
    node = copied
    for key in path[:-1]:
        node = node[key]
    if new:
        node[path[-1]] = new[0]
    else:
        del node[path[-1]]
    return copied


def test_round_trip(table: Table, holed: Table) -> None:
    """A round-trip gives an equal table, in the same order, with the same document."""
    for original in (table, holed, Table(1, {}, {}, {})):
        copied = loads(dumps(original))
        assert copied == original
        assert dumps(copied) == dumps(original)
        assert list(copied.models) == list(original.models)
        assert loads(dumps(original).encode("utf-8")) == original


def test_a_table_that_was_read_decides_the_same(holed: Table) -> None:
    """A table that was read decides as the original one, with exact prices."""
    reread = loads(dumps(holed))
    selection = {"model": "pixel", "size": "small"}
    assert decide(reread, selection) == decide(holed, selection)
    assert decide(reread, selection).credits == Decimal("0.5")


def test_the_document_is_sealed(table: Table, text: str) -> None:
    """A document holds its format, the digest of its table and the table, and ends with a line end."""
    document = json.loads(text)
    assert list(document) == ["format", "digest", "table"]
    assert document["format"] == FORMAT
    assert document["digest"] == digest(table)
    assert digest(table).startswith("sha256:")
    assert text.endswith("}\n")


def test_the_document_fits_its_schema(holed: Table, text: str) -> None:
    """The published schema accepts every table that is written."""
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    schema.validate(json.loads(text))
    schema.validate(json.loads(dumps(holed)))


def test_a_digest_tells_tables_apart(table: Table) -> None:
    """Equal tables have equal digests, and a change of a price, an order or a gate changes the digest."""
    model = table.models["gpt-image-2"]
    dearer = replace(model, cells=(replace(model.cells[0], credits=6), *model.cells[1:]))
    changed_tables = [
        replace(table, models={**table.models, model.id: dearer}),
        replace(table, models=dict(reversed(list(table.models.items())))),
        replace(table, gates={}),
        replace(table, result=None),
    ]
    assert len({digest(one_table) for one_table in (table, *changed_tables)}) == 5
    assert digest(replace(table)) == digest(table)


def table_or_none(document: Any) -> Table | None:
    """Return the table of a document, or None if it raises TableError."""
    try:
        return loads(json.dumps(document))
    except TableError:
        return None


def test_every_change_is_noticed(table: Table, text: str) -> None:
    """A document in which any node is replaced or removed is refused, unless it means the same table."""
    document = json.loads(text)
    for path in [path for path in places(document["table"]) if "cells" not in path[:-2]]:
        for new in REPLACEMENTS:
            broken = changed(document["table"], path, *new)
            assert table_or_none(document | {"table": broken}) in (None, table), (path, new)


def test_a_changed_price_is_noticed(text: str) -> None:
    """An edited price is refused as a change, and the error says to build the table again."""
    assert '"credits":5' in text
    with pytest.raises(TableError, match="changed after it was built; build it again"):
        loads(text.replace('"credits":5', '"credits":1'))


def test_a_changed_digest_is_noticed(text: str) -> None:
    """A changed digest is refused."""
    start = text.index("sha256:") + len("sha256:")
    digit = "0" if text[start] != "0" else "1"
    with pytest.raises(TableError, match="changed after"):
        loads(text[:start] + digit + text[start + 1 :])


def test_every_truncation_is_noticed(text: str) -> None:
    """A truncated document is refused, wherever it ends."""
    text_without_line_end = text.rstrip()
    for end in range(0, len(text_without_line_end), 97):
        with pytest.raises(TableError, match="not a compiled table"):
            loads(text_without_line_end[:end])
        with pytest.raises(TableError):
            loads(text_without_line_end[:end].encode("utf-8"))


@pytest.mark.parametrize("version", [0, FORMAT - 1, FORMAT + 1, str(FORMAT), None, [], {}, 1.5, -1])
def test_another_format_is_named(text: str, version: Any) -> None:
    """A table of another format is refused, and the error names the format that can be read."""
    with pytest.raises(
        TableError, match=f"but this version of imgrules reads format {FORMAT}; run `imgrules build RULES -o TABLE` again"
    ):
        loads(json.dumps(json.loads(text) | {"format": version}))


@pytest.mark.parametrize("key", ["format", "digest", "table"])
@pytest.mark.parametrize("value", [None, [], {}, "x", 5, True, [{}], {"models": {}}])
def test_a_broken_envelope_is_refused(text: str, key: str, value: Any) -> None:
    """A document with a wrong or missing format, digest or table is refused."""
    document = json.loads(text)
    if document[key] == value:
        value = "something else"
    with pytest.raises(TableError):
        loads(json.dumps(document | {key: value}))
    del document[key]
    with pytest.raises(TableError, match="not a compiled table"):
        loads(json.dumps(document))


@pytest.mark.parametrize(
    "document",
    [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "5",
        '"format"',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"format":1,"digest":"x","table":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"format":1,"digest":"x","table":' + '{"result":' * 900 + "null" + "}" * 900 + "}",
        '{"format":' + "9" * 5000 + "}",
        '{"format":1e99999999999999999999}',
        '{"format":1,"digest":"x","table":{"language":NaN}}',
        "name: GPT-Image-2\n",
        "\ufeff{}",
        b"\xff\xfe\x00",
        b"\x80abc",
        b"\0\0\0\0",
        b"",
        "{\ud800}",
    ],
    ids=lambda document: ascii(document)[:30],
)
def test_what_is_no_table_is_refused_with_one_error(document: str | bytes) -> None:
    """Text that is not a table, nested too deeply, not JSON or not UTF-8 raises TableError."""
    with pytest.raises(TableError):
        loads(document)


@pytest.mark.parametrize("amount", ["1e99999999999999999999", "1e400", "-1e400", "NaN", "Infinity", "1e-99999999999999999999"])
def test_an_absurd_price_is_refused_with_one_error(text: str, amount: str) -> None:
    """A price that no float can hold raises TableError like any other change."""
    with pytest.raises(TableError):
        loads(text.replace('"credits":5', f'"credits":{amount}'))


@pytest.mark.parametrize("document", [None, 5, [], {}, pytest.param(object(), id="an object")], ids=repr)
def test_what_is_no_text_is_refused_with_one_error(document: Any) -> None:
    """A value that is neither text nor bytes raises TableError."""
    with pytest.raises(TableError, match="not a compiled table"):
        loads(document)


def test_lists_in_place_of_records_are_refused(text: str) -> None:
    """An object in place of a list of records, or a list or number in place of a record, raises TableError."""
    document = json.loads(text)
    for name in ("gates", "types", "models"):
        key = "id" if name == "models" else "name"
        records: list[Any] = [{record[key]: record for record in document["table"][name]}, [[]], [5]]
        for wrong in records:
            with pytest.raises(TableError):
                loads(json.dumps(document | {"table": document["table"] | {name: wrong}}))


def test_a_table_cannot_be_changed(table: Table) -> None:
    """The records are frozen, so that threads may share them."""
    records: list[tuple[object, str]] = [
        (table, "language"),
        (table.models["gpt-image-2"], "cells"),
        (table.models["gpt-image-2"].cells[0], "credits"),
        (table.gates["member"], "opens_with"),
    ]
    for record, name in records:
        with pytest.raises(FrozenInstanceError):
            setattr(record, name, None)


def test_a_table_survives_copies_and_other_processes(table: Table) -> None:
    """A copied or pickled table equals the original and decides as it does."""
    for copied in (copy.deepcopy(table), pickle.loads(pickle.dumps(table))):  # noqa: S301  the bytes were made here
        assert copied == table
        assert decide(copied, {"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}).credits == 5


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "Hallo"), ("de-AT", "Hallo"), ("pt-BR", "Oi"), ("pt", "Hi"), ("fr", "Hi"), ("", "Hi"), (None, "Hi")],
)
def test_say(language: str | None, expected: str) -> None:
    """A tag falls back to its language, and a language without a label to the author's first one."""
    assert say({"en": "Hi", "de": "Hallo", "pt-BR": "Oi"}, language) == expected
    assert say("Hi", language) == "Hi"


def test_named_records_are_written_as_lists_in_their_order(holed: Table) -> None:
    """A document lists records that have a name, so that no reader loses the author's order; labels stay objects."""
    document = json.loads(dumps(holed))["table"]
    assert [gate["name"] for gate in document["gates"]] == ["team", "beta"]
    pixel = document["models"][0]
    assert [value["name"] for value in pixel["options"][0]["values"]] == ["small", "large", "huge"]
    assert pixel["label"] == {"en": "Pixel", "de": "Bildpunkt"}
    assert "by_values" not in pixel


@pytest.mark.parametrize("credits_", [Decimal("0.1"), Decimal("999999.999999999"), Decimal("1E+3"), 10**9, 0, None])
def test_prices_are_exact(holed: Table, credits_: Decimal | int | None) -> None:
    """A price survives a round-trip exactly; None stays None, and 0 stays 0."""
    model = replace(holed.models["pixel"], cells=(Cell(("small", "square"), credits_),))
    reread = loads(dumps(replace(holed, models={"pixel": model})))
    assert reread.models["pixel"].cells[0].credits == credits_


def test_the_result_is_kept(table: Table) -> None:
    """The declared result survives a round-trip, with its paths as tuples."""
    result = loads(dumps(table)).result
    assert isinstance(result, Result)
    assert result == table.result
    assert result.main == ("main_url",)
