"""A new attribute of a record is written and read back as its annotation says, without further code, or is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from imgrules import Table, TableError, dumps, loads
from imgrules.table import codec, record_readers
from imgrules.table.record_base import field, record
from imgrules.table.record_readers import content_of, reader_of
from imgrules.table.records import Model
from imgrules.table.terms import Alias, Condition, Constant, Label, Numbers, Test


@record
class Part:
    """A record that no table has, with the name `id`."""

    id: str
    weight: Decimal | None = None


@record
class Note:
    """A record that no table has, without a name."""

    text: Label


@record
class Planted:
    """A record that no table has, with an attribute of each kind that a document can hold."""

    name: str
    label: Label = ""
    count: int | Decimal | None = None
    flags: tuple[bool, ...] = ()
    words: tuple[str | int, ...] | None = None
    constant: Constant | None = None
    table: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bounds: Numbers | None = None
    when: Condition = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    within: tuple[Planted, ...] = ()
    seen: set[str] = field(init=False, default_factory=set)


INNER = Planted("inner", {"en": "A"}, parts={"b": Part("b"), "a": Part("a", Decimal("0.5"))})
PLANTED = Planted(
    "outer",
    "A",
    Decimal("1.5"),
    flags=(True, False),
    words=("x", 1),
    constant=("x", True),
    table={"x": {"y": ("z", 1)}, "u": Decimal("0.5")},
    texts={"de": {"a": "b"}},
    bounds=Numbers(1, 5),
    when=(Test("tone", ("dark",)),),
    parts={"b": Part("b"), "a": Part("a", Decimal("0.5"))},
    notes={"b": Note("B"), "a": Note({"en": "A"})},
    within=(INNER,),
)


def test_a_planted_record_has_another_value_than_by_default_everywhere() -> None:
    """No kind of attribute is forgotten below."""
    default = Planted("")
    assert [name for name in Planted.__match_args__ if getattr(PLANTED, name) == getattr(default, name)] == []


def test_a_new_attribute_comes_back_without_further_code() -> None:
    """Writing and reading follow the annotations, and nothing else."""
    document = json.loads(codec._compact(PLANTED), parse_float=Decimal)
    assert [part["id"] for part in document["parts"]] == ["b", "a"]
    assert list(document["notes"]) == ["b", "a"]
    assert "seen" not in document
    after = reader_of(Planted)(document, {})
    assert after == PLANTED
    assert codec._compact(after) == codec._compact(PLANTED)
    assert (list(after.parts), list(after.notes)) == (["b", "a"], ["b", "a"])
    assert (type(after.within[0]), type(after.parts["b"]), type(after.when[0])) == (Planted, Part, Test)


def test_an_empty_mapping_of_named_records_is_a_list() -> None:
    """How a mapping is written does not depend on what it holds."""
    assert json.loads(dumps(Table(1, {}, {}, {})))["table"] == {"language": 1, "gates": [], "types": [], "models": []}


@record
class Unreadable:
    """A record with attributes that no document can hold."""

    of_any: Any
    numbers: list[int]
    pair: tuple[str, int]
    alone: tuple[str]
    anything: tuple[Any, ...]
    nested: tuple[tuple[str, ...], ...]
    mappings: tuple[Mapping[str, str], ...]
    keyed: Mapping[int, str]
    either: Part | str
    several: Mapping[str, tuple[Part, ...]]
    names: frozenset[str]
    share: float
    kind: type


@pytest.mark.parametrize("name", Unreadable.__match_args__)
def test_an_annotation_that_documents_are_not_written_for_is_refused(name: str) -> None:
    """The error names the attribute and its annotation: nothing is guessed."""
    with pytest.raises(NotImplementedError, match=rf"no table document holds what Unreadable\.{name} is annotated with: \w+"):
        content_of(Unreadable, name)


def test_a_refused_annotation_is_no_fault_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever adds such an attribute gets the error from the first document, also from one that does not use it."""
    text = dumps(Table(1, {}, {}, {"m": Model("m", "M", "t", {}, (), ())}))
    monkeypatch.setitem(Model.__annotations__, "changes", "set[str]")
    record_readers._readers_of.cache_clear()
    try:
        with pytest.raises(NotImplementedError, match=r"Model\.changes is annotated with: set\[str\]"):
            loads(text, verify=False).models["m"]
    finally:
        record_readers._readers_of.cache_clear()


def test_an_attribute_that_is_no_part_of_a_document_is_not_read() -> None:
    """Caches are made anew: a document cannot set them, whatever their annotation says."""
    with pytest.raises(TypeError, match="seen"):
        reader_of(Planted)({"name": "x", "seen": []}, {})
    with pytest.raises(TableError):
        loads('{"format":3,"digest":"","table":{"language":1,"gates":[],"types":[],"models":[],"seal":"x"}}')


@pytest.mark.parametrize(
    ("name", "expected"), [("models", (list, Model)), ("messages", (None, None)), ("aliases", (tuple, Alias))]
)
def test_content_of_an_attribute(name: str, expected: object) -> None:
    """A mapping of named records is a list in a document; texts by name are constants."""
    assert content_of(Table, name) == expected
