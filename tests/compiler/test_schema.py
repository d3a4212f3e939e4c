"""The published schemas are valid by their drafts, closed, and without needless titles and defaults."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imgrules.compiler.build import build
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.schemas.schema import schemas
from imgrules.compiler.source import Source
from imgrules.engine.decide import decide
from imgrules.table.codec import dumps
from imgrules.views.catalog.catalog import offers
from imgrules.views.catalog.catalog_document import catalog_document

RULES = Path(__file__).parents[2] / "rules"
SCHEMAS = {name: json.loads(text) for name, text in schemas().items()}
AUTHORS = ["model.schema.json", "shared.schema.json", "messages.schema.json"]


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema inside a schema; mappings from names of properties or definitions are no schemas."""
    if isinstance(node, list):
        for inner in node:
            yield from _nodes(inner)
    if isinstance(node, dict):
        yield node
        for key, inner in node.items():
            if key in {"properties", "patternProperties", "definitions", "$defs"}:
                yield from _nodes(list(inner.values()))
            elif key not in {"const", "enum", "default", "defaultSnippets"}:
                yield from _nodes(inner)


def _read(stem: str) -> Any:
    tree, _ = parse(Source(stem, (RULES / f"{stem}.yaml").read_text("utf-8")))
    assert tree is not None
    return json.loads(json.dumps(tree.value, default=float))


def _errors(name: str, document: Any) -> list[str]:
    schema = SCHEMAS[name]
    return [error.message for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(document)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_one_by_its_draft(name: str) -> None:
    """Each schema names its draft and is valid by it."""
    schema = SCHEMAS[name]
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    assert validator is (jsonschema.Draft7Validator if name in AUTHORS else jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", SCHEMAS)
def test_references_lead_somewhere(name: str) -> None:
    """Each reference names a definition of the same file, and each definition is used."""
    schema = SCHEMAS[name]
    home = "definitions" if name in AUTHORS else "$defs"
    used = {node["$ref"] for node in _nodes(schema) if "$ref" in node}
    assert used == {f"#/{home}/{name}" for name in schema.get(home, {})}


@pytest.mark.parametrize("name", SCHEMAS)
def test_title(name: str) -> None:
    """Only the root of a machine schema has a title: editors would show a title in every tooltip."""
    top, *inner = _nodes(SCHEMAS[name])
    assert bool(top.get("title")) == (name not in AUTHORS)
    assert [schema for schema in inner if {"title", "discriminator"} & set(schema)] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_default_is_that_of_a_key_that_may_be_left_out(name: str) -> None:
    """A default is stated for the optional keys of a part of a catalog, and for no other."""
    for node in _nodes(SCHEMAS[name]):
        stated = {key for key, part in node.get("properties", {}).items() if isinstance(part, dict) and "default" in part}
        optional = set(node.get("properties", {})) - set(node.get("required", [])) - {"open"}
        assert stated == (optional if name in {"catalog.schema.json", "decision.schema.json"} else set())


@pytest.mark.parametrize("name", SCHEMAS)
def test_objects_are_closed(name: str) -> None:
    """An object with named properties takes no others, except for a selection."""
    openings = [node.get("additionalProperties", True) for node in _nodes(SCHEMAS[name]) if "properties" in node]
    assert openings
    assert all(name == "selection.schema.json" or opening is False for opening in openings)
    assert True not in openings


@pytest.mark.parametrize("name", AUTHORS)
def test_draft_07_ignores_what_stands_beside_a_reference(name: str) -> None:
    """A reference has no keys beside it, since draft 07 ignores them and editors would lose a description."""
    assert [node for node in _nodes(SCHEMAS[name]) if "$ref" in node and len(node) > 1] == []


@pytest.mark.parametrize("name", AUTHORS)
def test_authors_are_told_what_a_field_is(name: str) -> None:
    """Every property of an author's file has a description, in Markdown as well."""
    silent = [
        key
        for node in _nodes(SCHEMAS[name])
        for key, field in node.get("properties", {}).items()
        if not field.get("description") or field.get("markdownDescription") != field["description"]
    ]
    assert silent == []


@pytest.mark.parametrize("name", AUTHORS)
def test_patterns_are_said_in_words(name: str) -> None:
    """Every pattern has an error message in words."""
    assert [node for node in _nodes(SCHEMAS[name]) if "pattern" in node and not node.get("patternErrorMessage")] == []


def test_authors_never_write_null() -> None:
    """No schema of an author's file accepts null."""
    nulls = [node for name in AUTHORS for node in _nodes(SCHEMAS[name]) if node.get("type") == "null"]
    assert nulls == []


def test_ratios_are_inserted_with_quotes() -> None:
    """Snippets that insert a ratio put it in quotes; tests/editor shows what an editor makes of them."""
    nodes = list(_nodes(SCHEMAS["model.schema.json"]))
    bodies = {str(snippet.get("bodyText")) for node in nodes for snippet in node.get("defaultSnippets", ())}
    ratios = {text for body in bodies if ":" in (text := re.sub(r"\$\{\d:(\w+)\}", r"\1", body))}
    assert len(ratios) > 5
    assert [body for body in ratios if not re.fullmatch(r'\[?"[^"]+:[^"]+"]?', body)] == []


@pytest.mark.parametrize("name", AUTHORS)
def test_unions_and_references_have_a_type(name: str) -> None:
    """A union or a reference says its JSON types, without which editors insert a key without its colon."""
    bare = [node for node in _nodes(SCHEMAS[name]) if {"oneOf", "allOf"} & set(node) and not {"type", "anyOf"} & set(node)]
    assert bare == []


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_our_rules_keep_their_schema(path: Path) -> None:
    """The rule files of the repository are valid by their schemas."""
    name = "shared.schema.json" if path.stem == "_shared" else "model.schema.json"
    assert _errors(name, _read(path.stem)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("credit",), 5),
        (("name",), None),
        (("model",), 5),
        (("options", "ratio", "values"), "3:2"),
        (("options", "Ratio"), {"values": []}),
        (("options", "quality", "values", "low", "credits"), "5"),
        (("options", "quality", "values", "low", "credits"), -5),
        (("options", "quality", "values", "low", "credits"), True),
        (("options", "quality", "values", "low", "gate"), "Member!"),
        (("options", "quality", "values", "low", "label"), {}),
        (("options", "quality", "send"), "a b"),
        (("examples",), [{"select": {}, "expect": {"status": "fine"}}]),
        (("examples",), [{"select": {"a": {}}, "expect": {}}]),
    ],
)
def test_slips_break_the_schema(path: tuple[str, ...], value: object) -> None:
    """Typos that `check` refuses are invalid by the schema, so that editors mark them."""
    document = _read("gpt-image-2")
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert _errors("model.schema.json", document) != []


def test_machines_read_what_we_write() -> None:
    """The table, a decision of each status and the catalog are valid by their schemas."""
    table = build(RULES).table
    assert table is not None
    assert _errors("table.schema.json", json.loads(dumps(table))) == []
    for quality in ("low", "high", "ultra", 5, ["low"], {"is": "low"}, None):
        selection = {"model": "gpt-image-2", "ratio": "1:1", "quality": quality}
        document = json.loads(json.dumps(decide(table, selection).as_dict()))
        assert _errors("decision.schema.json", document) == []
        assert (_errors("selection.schema.json", selection) == []) is isinstance(quality, str | int | list)
    assert _errors("catalog.schema.json", json.loads(json.dumps(catalog_document(offers(table))))) == []


def test_files_are_stable_text() -> None:
    """Generating the schemas twice gives the same text, which ends with a line end."""
    assert schemas() == schemas()
    assert all(text.endswith("}\n") for text in schemas().values())
