"""Law: a table that somebody edited and sealed again is refused, or answers every question as documented."""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, TableError, dumps, loads
from imgrules.compiler.build import build
from imgrules.table.verify.attributes import WHOLE
from imgrules.table.verify.predicates import InvalidTableError
from imgrules.table.verify.verified import read
from tests.engine.asked import ask_everything
from tests.engine.mutants import mutants, oddities
from tests.laws.rule_sets import ANY_TABLE

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "table.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@cache
def written() -> tuple[Any, ...]:
    """Return the packaged table and the cookbook as JSON, one table for each model."""
    folders = (ROOT / "rules", ROOT / "docs" / "cookbook")
    tables = [json.loads(dumps(table))["table"] for table in (build(folder).table for folder in folders) if table is not None]
    return tuple(
        {**table, "models": [model], "aliases": [alias for alias in table.get("aliases", ()) if alias["means"] == model["id"]]}
        for table in tables
        for model in table["models"]
    )


SOUND = st.builds(written).flatmap(st.sampled_from) | ANY_TABLE.map(lambda table: json.loads(dumps(table))["table"])
"""A valid table as JSON, not sealed yet."""


@given(SOUND, st.integers(0, 2**32))
def test_a_forged_table_is_refused_or_answers(table: Any, seed: int) -> None:
    """No question raises an undocumented error, whatever was edited."""
    for text in mutants(table, random.Random(seed), 15):  # noqa: S311  not used as a secret
        try:
            loaded = loads(text)
        except TableError:
            continue
        list(loaded.models.values())
        ask_everything(Rules(loaded), random.Random(seed), 2)  # noqa: S311  as above


@given(SOUND, st.integers(0, 2**32))
def test_what_no_check_of_attributes_finds_is_refused(table: Any, seed: int) -> None:
    """A duplicate key or model, an invisible character, or NaN is refused wherever it is."""
    for kind, text in oddities(copy.deepcopy(table), random.Random(seed)):  # noqa: S311  as above
        for variant in (text, text.replace(b"\n", b"")):
            with pytest.raises(TableError):
                pytest.fail(f"{kind} is taken: {loads(variant)}")


@given(SOUND, st.integers(0, 2**32))
def test_the_schema_and_the_check_agree(table: Any, seed: int) -> None:
    """The published schema accepts what the check accepts; more only where the spelling of a number differs."""
    verify = WHOLE.verifier()
    for text in mutants(table, random.Random(seed), 6):  # noqa: S311  as above
        try:
            document = json.loads(text)
            exact = read(text.decode("utf-8"))
        except (ValueError, RecursionError, InvalidTableError):
            continue
        taken = VALIDATOR.is_valid(document)
        odd = _odd(verify, exact["table"])
        # A schema accepts 1.0 as 1, and numbers of any length.
        assert taken is (odd is None) or (taken and ("number" in str(odd) or "not known" in str(odd))), odd


def _odd(verify: Any, table: Any) -> str | None:
    try:
        verify(table)
    except InvalidTableError as odd:
        return str(odd)
    return None
