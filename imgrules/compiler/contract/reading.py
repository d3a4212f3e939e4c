"""Read a contract from its bytes: JSON that is a valid schema, whose references stay inside it, and which is not too large."""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from imgrules.compiler.contract.document import Contract, Pointer, schemas_in, target_of, written_pointer
from imgrules.compiler.contract.judging.patterns import MOST_STEPS, SHORT, is_bounded
from imgrules.compiler.contract.keywords import (
    OF_THE_SAME_VALUE,
    PLAIN,
    UNFOLLOWED,
    is_pattern,
    subschemas,
)
from imgrules.compiler.file_caps import MOST_CONTRACT_DEPTH, MOST_CONTRACT_SCHEMAS
from imgrules.quoting import quoted
from imgrules.table.record_base import record

NEWEST = "https://json-schema.org/draft/2020-12/schema"

_DRAFTS = {
    NEWEST: "Draft202012Validator",
    "https://json-schema.org/draft/2019-09/schema": "Draft201909Validator",
    "http://json-schema.org/draft-07/schema": "Draft7Validator",
    "http://json-schema.org/draft-06/schema": "Draft6Validator",
}

_ONE_WAY = "let a text be read in one way: `^[a-z]+(-[a-z]+)*$`, not `^([a-z]+-?)*$`, and `a*`, not `(a*)*` or `a*a*a*`"


@record
class Unusable:
    """Why a document is no contract: it is no JSON, or no schema that can be followed."""

    is_json: bool
    message: str
    hint: str


@lru_cache(maxsize=16)
def contract_in(raw: bytes) -> Contract | Unusable:
    """Return the contract of a file from its bytes, or why it is none."""
    document = _json(raw)
    if isinstance(document, Unusable):
        return document
    if not isinstance(document, dict):
        return _no_schema("it holds no JSON object", "a JSON Schema of the request begins with `{`")
    draft = _DRAFTS.get(
        str(document.get("$schema", NEWEST))
        .removesuffix("#")
        .replace("https://json-schema.org/draft-", "http://json-schema.org/draft-")
    )
    if draft is None:
        hint = f"name {quoted(NEWEST)}; the drafts 2019-09, 07 and 06 are read too"
        return _no_schema(f"its `$schema` {quoted(str(document['$schema']))} is no known draft", hint)
    with warnings.catch_warnings():  # what Python may change about a regular expression one day is no news for an author
        warnings.simplefilter("ignore", FutureWarning)
        wrong = next(_mistakes(document, draft), None)
    if wrong is None:
        for _, part in schemas_in(document):  # one draft for all: jsonschema would change it, and the rule for patterns with it
            if isinstance(part, dict):
                part.pop("$schema", None)
    return wrong or Contract(document, draft)


class _TwiceError(ValueError):
    """A key that an object has twice."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name in found if counts[name] > 1)
        raise _TwiceError(f"it has the key {quoted(twice)} twice in one object")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_pairs, parse_constant=_constant)
    except json.JSONDecodeError as error:
        message = f"line {error.lineno}, column {error.colno} is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    except _TwiceError as error:
        return Unusable(is_json=False, message=str(error), hint="keep one of the two: programs differ in which one they read")
    except UnicodeDecodeError:
        message = "it is no text in UTF-8"
    except RecursionError:
        message = "it is nested too deeply"
    except ValueError as error:
        message = f"it is no JSON: {error}"
    return Unusable(is_json=False, message=message, hint="correct the file, or name another one")


def _no_schema(message: str, hint: str) -> Unusable:
    return Unusable(is_json=True, message=message, hint=hint)


def _mistakes(document: dict[str, Any], draft: str) -> Iterator[Unusable]:
    """Yield why a document is no valid schema, or cannot be followed."""
    known: list[tuple[Pointer, Any]] = []
    for pointer, part in schemas_in(document):
        known.append((pointer, part))
        if len(known) > MOST_CONTRACT_SCHEMAS or len(pointer) > MOST_CONTRACT_DEPTH:
            yield _too_large()
            return
    if draft != "Draft202012Validator" or not all(_is_plain(part) for _, part in known):
        yield from _invalid(document, draft)
    for pointer, part in known:
        if isinstance(part, dict):
            yield from _cannot_follow(document, pointer, part)
    yield from _circles(document, known)


def _too_large() -> Unusable:
    caps = f"{MOST_CONTRACT_SCHEMAS:,} schemas, nested {MOST_CONTRACT_DEPTH} keywords deep, references of one value among them"
    return _no_schema(
        "it is too large to be proved", f"a contract has at most {caps}; leave out what is not about this request"
    )


def _is_plain(part: Any) -> bool:
    return isinstance(part, bool) or (
        isinstance(part, dict) and all(keyword in PLAIN and PLAIN[keyword](value) for keyword, value in part.items())
    )


def _invalid(document: dict[str, Any], draft: str) -> Iterator[Unusable]:
    import jsonschema  # noqa: PLC0415  only a schema with rarer keywords needs its metaschema

    try:
        getattr(jsonschema, draft).check_schema(document)
    except (jsonschema.SchemaError, RecursionError, re.error) as error:
        where = written_pointer(tuple(getattr(error, "absolute_path", ())))
        message = getattr(error, "message", None) or str(error)
        yield _no_schema(
            f"it is no valid JSON Schema: at {where}, {message[:200]}", "correct the schema: a wrong one proves nothing"
        )


def _faster(pattern: str) -> str:
    """Return the hint for an expression that may take too many steps: one that was tried, where that is enough."""
    shorter = pattern.removeprefix(".*")
    if shorter != pattern and is_bounded(shorter):
        return f"write {quoted(shorter)}: a pattern may match anywhere, so that means the same"
    return f"begin it with `^`, or {_ONE_WAY}" if is_bounded(f"^{pattern}") else _ONE_WAY


def _cannot_follow(document: dict[str, Any], pointer: Pointer, part: dict[str, Any]) -> Iterator[Unusable]:
    where = written_pointer(pointer)
    patterns = [part["pattern"]] if "pattern" in part else []
    inner = part.get("patternProperties")
    for pattern in (*patterns, *(inner if isinstance(inner, dict) else ())):
        if not is_pattern(pattern):
            yield _no_schema(
                f"at {where}, {quoted(str(pattern))} is no regular expression that Python reads", "write it in the common form"
            )
        elif not is_bounded(pattern):
            message = f"at {where}, {quoted(pattern)} may take more than {MOST_STEPS:,} steps for a text of {SHORT} characters"
            yield _no_schema(message, _faster(pattern))
    if pointer and isinstance(part.get("$id"), str):
        yield _no_schema(f"at {where}, an inner `$id` changes what references mean", "delete the inner `$id`")
    for keyword in UNFOLLOWED:
        if keyword in part:
            yield _no_schema(
                f"at {where}, `{keyword}` is not followed", "use `$ref` with a place in this file, such as `#/$defs/name`"
            )
    reference = part.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#"):
        hint = "copy what it names into `$defs` of this file, and refer to `#/$defs/name`; nothing is fetched"
        yield _no_schema(f"at {where}, `$ref` {quoted(reference)} leads out of the file", hint)
    elif isinstance(reference, str) and not isinstance(target_of(document, reference), dict | bool):
        hint = "name a schema of this file, such as `#/$defs/name`"
        yield _no_schema(f"at {where}, `$ref` {quoted(reference)} names nothing", hint)


def _circles(document: dict[str, Any], known: list[tuple[Pointer, Any]]) -> Iterator[Unusable]:
    """Yield a mistake for a schema that leads back to itself for the same value: it would never be decided."""
    pointers = {id(part): pointer for pointer, part in known}
    done: set[int] = set()
    for _, start in known:
        path = [(start, iter(_same_value(document, start)))]
        active = {id(start)}
        while path:
            part, following = path[-1]
            child = next(following, None)
            if child is None:
                done.add(id(part))
                active.discard(id(part))
                path.pop()
            elif id(child) in active:
                where = written_pointer(pointers[id(child)])
                yield _no_schema(f"the schema at {where} leads back to itself", "let each `$ref` name a smaller part")
                return
            elif id(child) not in done:
                if len(path) >= MOST_CONTRACT_DEPTH:
                    yield _too_large()
                    return
                active.add(id(child))
                path.append((child, iter(_same_value(document, child))))


def _same_value(document: dict[str, Any], part: Any) -> list[Any]:
    """Return the schemas inside a schema that are about the same value, also through a reference."""
    if not isinstance(part, dict):
        return []
    inner = [child for (keyword, *_), child in subschemas(part) if keyword in OF_THE_SAME_VALUE and isinstance(child, dict)]
    reference = part.get("$ref")
    target = target_of(document, reference) if isinstance(reference, str) else None
    return [*inner, *([target] if isinstance(target, dict) else [])]
