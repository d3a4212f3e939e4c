"""Law: a table survives the round trip through its document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import TableError, dumps, loads
from tests.laws.rule_sets import ANY_TABLE

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "table.schema.json").read_text(encoding="utf-8"))


@given(ANY_TABLE)
def test_loads_undoes_dumps(table: Any) -> None:
    """The table is equal in value, in every order that an author chose, and in bytes; the document is valid."""
    text = dumps(table)
    again = loads(text)
    assert again == table
    assert dumps(again) == text
    assert list(again.models) == list(table.models)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))


@given(st.data(), ANY_TABLE)
def test_a_changed_document_is_no_table(data: st.DataObject, table: Any) -> None:
    """Whatever single character is changed, the document is refused or still means the same."""
    text = dumps(table)
    at = data.draw(st.integers(0, len(text) - 1))
    other = text[:at] + data.draw(st.sampled_from('0123456789abc"{}[],: ')) + text[at + 1 :]
    try:
        assert loads(other) == table
    except TableError:
        assert other != text


@given(st.binary(max_size=30) | st.text(max_size=30))
def test_anything_else_is_refused_in_one_way(text: Any) -> None:
    """No other error leaves `loads`."""
    with pytest.raises(TableError):
        loads(text)
