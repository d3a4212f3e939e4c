"""Law: pydantic and the published schema accept the same documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from tests.laws.rule_sets import ANY_DOCUMENTS

SCHEMAS = Path(__file__).parents[2] / "schemas"
WORDS = st.sampled_from(["name", "label", "credits", "gate", "values", "en", "unknown", "A b", "x.y", "", "a\n", "16:9"])
VALUES = st.one_of(
    WORDS, st.none(), st.booleans(), st.integers(-1, 3), st.just(Decimal("0.5")), st.builds(list), st.builds(dict),
    st.lists(WORDS, max_size=2), st.dictionaries(WORDS, WORDS, max_size=2),
)  # fmt: skip


def _pattern(_: Any, pattern: str, text: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    # JSON Schema uses ECMAScript patterns, whose `$` matches only the end; in Python it also matches before a final newline.
    if isinstance(text, str) and re.search(pattern.removesuffix("$") + r"\Z", text) is None:
        yield jsonschema.ValidationError(pattern)


def _pattern_properties(validator: Any, patterns: dict[str, Any], value: Any, _: Any) -> Iterator[jsonschema.ValidationError]:
    for name, child in value.items() if isinstance(value, dict) else ():
        schemas = [schema for pattern, schema in patterns.items() if re.search(pattern.removesuffix("$") + r"\Z", name)]
        if not schemas:
            yield jsonschema.ValidationError(name)
        for schema in schemas:
            yield from validator.descend(child, schema)


def validator(name: str) -> Any:
    """Return a validator of a published schema, with patterns as editors read them."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    strict = {"pattern": _pattern, "patternProperties": _pattern_properties}
    return jsonschema.validators.extend(jsonschema.Draft7Validator, strict)(schema)  # type: ignore[no-untyped-call]  # the stubs leave it untyped


WITNESSES = {name: validator(name) for name in ("model", "shared", "messages")}
SPECS: dict[str, Any] = {"model": ModelSpec, "shared": SharedSpec, "messages": MessagesSpec}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in a document."""
    yield path
    for name, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(child, (*path, name))


def changed(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    """Return a document with one value replaced, or with a key added if the value is a mapping."""
    if not path:
        return {**value, change: "x"} if isinstance(value, dict) and isinstance(change, str) else change
    inner = changed(value[path[0]], path[1:], change)
    if isinstance(value, dict):
        return {name: inner if name == path[0] else child for name, child in value.items()}
    return [inner if at == path[0] else entry for at, entry in enumerate(value)]


def accepted(name: str, document: Any) -> tuple[bool, bool]:
    """Return whether pydantic and whether the schema accepts a document."""
    try:
        SPECS[name].model_validate(document)
        bound = True
    except ValidationError:
        bound = False
    plain = json.loads(json.dumps(document, default=float))
    return bound, WITNESSES[name].is_valid(plain)


@given(st.data(), ANY_DOCUMENTS)
def test_the_editor_and_the_compiler_agree(data: st.DataObject, documents: Any) -> None:
    """Sound documents are accepted by both; with up to two changes, by both or by neither."""
    stem = data.draw(st.sampled_from(sorted(documents)))
    name, document = stem[1:] if stem.startswith("_") else "model", documents[stem]
    assert accepted(name, document) == (True, True)
    for _ in range(data.draw(st.integers(1, 2))):
        document = changed(document, data.draw(st.sampled_from(list(places(document)))), data.draw(VALUES))
        bound, valid = accepted(name, document)
        assert bound == valid, document
