"""
Generate the published JSON Schemas for authors of rule files from the spec.

They are in draft-07, with the keywords that editors understand. They allow no unknown keys and accept what `bind` accepts;
a property test compares the two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.types import AMOUNT, DAY, MOMENT, PATTERNS, RATIO

_DRAFT_07 = "http://json-schema.org/draft-07/schema#"
_NAMED = {"properties", "patternProperties"}
_SNIPPETS = {MOMENT: "days", DAY: "months", AMOUNT: "amounts", RATIO: "ratios"}
"""The name in `snippets.json` of what is proposed wherever a text has to match a pattern; there, ratios and days have quotes."""
_SPECS: dict[str, type[BaseModel]] = {"model": ModelSpec, "shared": SharedSpec, "messages": MessagesSpec}


@cache
def author_texts() -> Mapping[str, str]:
    """Return the text of the schema of each kind of rule file by its file name."""
    return {f"{name}.schema.json": as_text(_for_authors(spec)) for name, spec in _SPECS.items()}


def as_text(document: Mapping[str, Any]) -> str:
    """Return the text of a schema as it is published."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _for_authors(spec: type[BaseModel]) -> dict[str, Any]:
    """Return the draft-07 schema of a spec for editors."""
    raw = spec.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = raw.pop("$defs", {})
    named = {f"#/definitions/{name}": part for name, part in definitions.items() if not {"properties", "enum"} & {*part}}
    raw, definitions = _inlined(raw, named), {name: _inlined(part, named) for name, part in definitions.items()}
    references = {f"#/definitions/{name}": f"#/definitions/{_plain_name(name)}" for name in definitions}
    schema: dict[str, Any] = _for_editors(raw)
    schema["definitions"] = {
        _plain_name(name): _for_editors(part) for name, part in definitions.items() if f"#/definitions/{name}" not in named
    }
    renamed: dict[str, Any] = _with_references({"$schema": _DRAFT_07, **schema}, references)
    typed: dict[str, Any] = _typed(renamed, renamed["definitions"])
    return typed


def _inlined(node: Any, named: Mapping[str, Any]) -> Any:
    """Return a part of a schema with the types that have a name written out: editors complete nothing behind a reference."""
    if isinstance(node, list):
        return [_inlined(part, named) for part in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref", "")
    inner = _inlined(named[reference], named) if reference in named else {}
    beside = {key: _inlined(part, named) for key, part in node.items() if key != "$ref" or not inner}
    return {**beside, **inner, **beside}


def _plain_name(name: str) -> str:
    """Return the name of a definition in small letters with dashes, as editors show it in their messages."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Spec")).lower().replace(" ", "-")


def _with_references(node: Any, references: Mapping[str, str]) -> Any:
    """Return a part of a schema with its references renamed."""
    if isinstance(node, list):
        return [_with_references(part, references) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: references.get(part, part) if key == "$ref" else _with_references(part, references) for key, part in node.items()
    }


def _for_editors(node: Any) -> Any:
    """Return a part of a schema for editors: without generated titles and unknown keys, with Markdown descriptions."""
    if isinstance(node, list):
        return [_for_editors(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = _with_merged_forms(_without_null(node))
    out = {key: _part(key, part) for key, part in node.items() if key not in {"title", "discriminator", "default"}}
    if "patternProperties" in out or "properties" in out:
        out["additionalProperties"] = False
    if "description" in out:
        out["markdownDescription"] = out["description"]
    pattern = out.get("pattern")
    if isinstance(pattern, str) and pattern in PATTERNS:
        out["patternErrorMessage"] = PATTERNS[pattern]
        if pattern in _SNIPPETS:
            out.setdefault("defaultSnippets", _SNIPPETS[pattern])
    if isinstance(out.get("defaultSnippets"), str):
        out["defaultSnippets"] = _snippets()[out["defaultSnippets"]]
    return out


@cache
def _snippets() -> Mapping[str, Any]:
    """Return what editors propose, by the name that the spec gives to a place: texts with blanks for yaml-language-server."""
    snippets: Mapping[str, Any] = json.loads(Path(__file__).with_name("snippets.json").read_text(encoding="utf-8"))
    return snippets


def _part(key: str, part: Any) -> Any:
    """Return what stands at a keyword: properties by name, snippets as they are, or a schema."""
    if key == "defaultSnippets":
        return part
    return {name: _for_editors(inner) for name, inner in part.items()} if key in _NAMED else _for_editors(part)


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a schema without `null` for optional fields; a `$ref` beside other keywords moves into `allOf`."""
    alternatives = [alternative for alternative in node.get("anyOf", ()) if alternative != {"type": "null"}]
    if len(alternatives) == 1:
        node = {**alternatives[0], **{key: part for key, part in node.items() if key != "anyOf"}}
    if "$ref" in node and len(node) > 1:
        # Draft-07 ignores keywords beside a reference.
        return {**{key: part for key, part in node.items() if key != "$ref"}, "allOf": [{"$ref": node["$ref"]}]}
    return node


def _with_merged_forms(node: dict[str, Any]) -> dict[str, Any]:
    """
    Return a union of different JSON types as one schema with a list of types, for which editors give better completions.

    One that may be an array, but is usually something simpler, stays: editors would begin an array for its key.
    """
    forms = node.get("oneOf", ())
    form_types = [form.get("type") for form in forms]
    types = [
        name for types_of_form in form_types for name in (types_of_form if isinstance(types_of_form, list) else [types_of_form])
    ]
    if not types or None in types or len(set(types)) != len(types) or "array" in types:
        return node
    merged = {key: part for form in forms for key, part in _as_pattern(form).items()}
    return {**{key: part for key, part in node.items() if key != "oneOf"}, **merged, "type": types}


def _as_pattern(form: dict[str, Any]) -> dict[str, Any]:
    """Return an alternative with its `const` as a `pattern`, or a boolean by the other one, so that it can be merged with others."""
    if "const" not in form:
        return form
    if isinstance(form["const"], bool):
        return {"type": "boolean", "not": {"const": not form["const"]}}
    return {**{key: part for key, part in form.items() if key != "const"}, "pattern": f"^{form['const']}$"}


def _typed(node: Any, definitions: Mapping[str, Any]) -> Any:
    """Return a part of a schema in which unions and references have a type, without which editors insert a key without its colon."""
    if isinstance(node, list):
        return [_typed(part, definitions) for part in node]
    if not isinstance(node, dict):
        return node
    out = {key: part if key == "defaultSnippets" else _typed(part, definitions) for key, part in node.items()}
    if not {"oneOf", "allOf"} & set(node) or "type" in node:
        return out
    types = list(dict.fromkeys(_types(node, definitions)))
    if "array" in types and "defaultSnippets" in out:
        return _beside_arrays(out, types)
    # The first type decides what an editor inserts behind the key: for a text nothing, for a number 0.
    return out | {"type": types[0] if len(types) == 1 else sorted(types, key=lambda name: name != "string")}


def _beside_arrays(node: Mapping[str, Any], types: Sequence[str]) -> dict[str, Any]:
    """Return a schema whose snippets an editor does not offer inside an array that is already there."""
    others = {"type": [name for name in types if name != "array"], "defaultSnippets": node["defaultSnippets"]}
    return {**{key: part for key, part in node.items() if key != "defaultSnippets"}, "anyOf": [others, {"type": "array"}]}


def _types(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    """Yield the JSON types that a schema accepts."""
    if "$ref" in node:
        yield from _types(definitions[node["$ref"].rpartition("/")[2]], definitions)
    elif "type" in node:
        yield from [node["type"]] if isinstance(node["type"], str) else node["type"]
    else:
        for part in (*node.get("oneOf", ()), *node.get("allOf", ())):
            yield from _types(part, definitions)
