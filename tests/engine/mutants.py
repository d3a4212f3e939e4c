"""Table documents with one or more random edits and a digest that fits them, as somebody could forge them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from imgrules.table.codec import FORMAT
from imgrules.table.verify.attributes import RECORDS

DEEP = 1000


def deep(inner: Any, depth: int = DEEP) -> Any:
    """Return a value inside the given number of nested lists."""
    for _ in range(depth):
        inner = [inner]
    return inner


class Raw(str):
    """A JSON token that is written as it is, for numbers that Python cannot represent."""

    __slots__ = ()


VALUES: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: True,
    lambda: False,
    lambda: 0,
    lambda: 1,
    lambda: 2,
    lambda: -1,
    lambda: 7,
    lambda: 0.5,
    lambda: -0.25,
    lambda: 10**9,
    lambda: 10**30,
    lambda: Raw("1e400"),
    lambda: Raw("1e-400"),
    lambda: Raw("-0.0"),
    lambda: Raw("0.1234567890123456789"),
    lambda: Raw("NaN"),
    lambda: Raw("-Infinity"),
    lambda: "",
    lambda: "x",
    lambda: "unknown",
    lambda: "1:1",
    lambda: "1024x1024",
    lambda: "2026-12-01T00:00:00Z",
    lambda: "2026-02-30T00:00:00Z",
    lambda: "{value}",
    lambda: "\0prompt\0",
    lambda: "\ud800",
    lambda: "\u202e",
    lambda: "x" * 5000,
    list,
    dict,
    lambda: [[]],
    lambda: [{}],
    lambda: {"x": {}},
    lambda: ["x"],
    lambda: [0],
    lambda: deep(0),
)
"""Functions that make the values for any place of a document."""


Pool: TypeAlias = Mapping[Any, list[Any]]
"""All values of each key, from anywhere in a document."""


def pool_of(document: Any) -> Pool:
    """Return all values of each key of a document, so that an edit can copy one to another place with the same key."""
    pool: dict[Any, list[Any]] = {}
    nodes = [document]
    while nodes:
        node = nodes.pop()
        for key, value in node.items() if isinstance(node, dict) else ():
            pool.setdefault(key, []).append(value)
        nodes += [child for child in (node.values() if isinstance(node, dict) else node) if isinstance(child, dict | list)]
    return pool


def edited(document: Any, chance: random.Random, pool: Pool) -> Any:
    """Return a copy of a document with one edit at a random place; nodes that are not on the path to it are shared."""
    return _edited(document, _picked(document, chance), chance, pool)


def _picked(node: Any, chance: random.Random) -> list[Any]:
    """Return the path of a random node below the top."""
    path: list[Any] = []
    while isinstance(node, dict | list) and node and (not path or chance.random() < _DOWN):
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        path.append(key)
        node = node[key]
    return path


_DOWN = 0.8


def _edited(node: Any, path: list[Any], chance: random.Random, pool: Pool) -> Any:
    copy = dict(node) if isinstance(node, dict) else list(node)
    key = path[0]
    if len(path) > 1:
        copy[key] = _edited(node[key], path[1:], chance, pool)
        return copy
    chance.choice(_EDITS)(copy, key, chance, pool)
    return copy


def _replaced(node: Any, key: Any, chance: random.Random, _: Pool) -> None:
    node[key] = chance.choice(VALUES)()


def _deleted(node: Any, key: Any, _: random.Random, __: Pool) -> None:
    del node[key]


def _renamed(node: Any, key: Any, chance: random.Random, _: Pool) -> None:
    if isinstance(node, dict):
        node[chance.choice(KEYS)] = node.pop(key)
    else:
        node.reverse()


def _doubled(node: Any, key: Any, _: random.Random, __: Pool) -> None:
    if isinstance(node, dict):
        node[f"{key}x"] = node[key]
    else:
        node.insert(key, node[key])


def _inserted(node: Any, key: Any, chance: random.Random, _: Pool) -> None:
    if isinstance(node, dict):
        node[chance.choice(KEYS)] = chance.choice(VALUES)()
    else:
        node.insert(key, chance.choice(VALUES)())


def _nudged(node: Any, key: Any, chance: random.Random, _: Pool) -> None:
    """Replace the value with another one of the same type."""
    was = node[key]
    if type(was) is bool:
        node[key] = not was
    elif type(was) is int:
        node[key] = chance.choice((was + 1, was - 1, -was, 0, was * 1000, 10**15, 10**14))
    elif type(was) is float:
        node[key] = chance.choice((was * 2, -was, 0.5, 1e-6, 1e-9))
    elif type(was) is str:
        node[key] = chance.choice((*WORDS, f"{was}x", was[:-1], was.upper()))
    elif isinstance(was, list) and was:
        node[key] = chance.choice(([*was, *was], was[::-1], was[:1], was * 40))
    else:
        node[key] = chance.choice(VALUES)()


def _moved(node: Any, key: Any, chance: random.Random, _: Pool) -> None:
    """Replace the value with one of its siblings."""
    siblings = list(node.values()) if isinstance(node, dict) else node
    node[key] = chance.choice(siblings)


def _borrowed(node: Any, key: Any, chance: random.Random, pool: Pool) -> None:
    """Replace the value with one that has the same key elsewhere."""
    key = chance.choice(list(node)) if isinstance(node, dict) and chance.random() < 1 / 2 else key
    if key in pool:
        node[key] = chance.choice(pool[key])
    elif isinstance(node, list):
        node[key] = chance.choice(node)


_EDITS = (_replaced, _deleted, _renamed, _doubled, _inserted, _nudged, _nudged, _moved, *(_borrowed,) * 6)
KEYS = tuple(dict.fromkeys(name for record in RECORDS for name in record.attributes))
"""Attributes of records, to be used in other records."""
WORDS = (
    *("member", "prompt", "ratio", "quality", "model", "at", "text", "width", "list", "boolean", "up", "down", "nearest"),
    *("true", "false", "unknown", "characters", "words", "bytes", "{width}x{height}", "2026-01-01T00:00:00Z", "en", "[0]"),
)
"""Texts that have a meaning at some place of a table."""


def written(value: Any) -> str:
    """Return a value as compact JSON; a Raw token is written as it is."""
    if type(value) is Raw:
        return str.__str__(value)
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{json.dumps(str(key), ensure_ascii=False)}:{written(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]" if _is_shallow(value) else _deep_list(value)
    return json.dumps(value, ensure_ascii=False)


def _is_shallow(value: Any) -> bool:
    for _ in range(100):
        if not isinstance(value, list) or not value:
            return True
        value = value[0]
    return False


def _deep_list(value: Any) -> str:
    depth = 0
    while isinstance(value, list) and value:
        value, depth = value[0], depth + 1
    return "[" * depth + json.dumps(value) + "]" * depth


def sealed(table: Any) -> bytes:
    """Return a document with a digest that fits it, with each model on a line of its own if there is a list of models."""
    models = table.get("models") if isinstance(table, dict) else None
    if isinstance(models, list) and models:
        before, after = written({**table, "models": []}).split('"models":[]', 1)
        lines = [*(f"{written(model)}," for model in models[:-1]), written(models[-1])]
        body = before + '"models":[' + "\n" + "\n".join(lines) + "\n]" + after
    else:
        body = written(table)
    raw = body.encode("utf-8", "surrogatepass")
    seal = hashlib.sha256(raw.replace(b"\n", b"")).hexdigest()
    return f'{{"format":{FORMAT},"digest":"sha256:{seal}","table":'.encode() + raw + b"}\n"


def mutants(table: Any, chance: random.Random, count: int) -> Iterator[bytes]:
    """Yield the given number of sealed tables, each with one to three edits."""
    pool = pool_of(table)
    for _ in range(count):
        document = table
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            document = edited(document, chance, pool)
            if not isinstance(document, dict) or not document:
                break
        yield sealed(document)


def oddities(table: Any, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield, with its name, a sealed table for each fault that makes a table invalid and that no single attribute shows, at a random place."""
    yield "more around the table", sealed(table)[:-2] + b',"more":1}\n'
    yield "a model twice", sealed({**table, "models": [*table["models"], chance.choice(table["models"])]})
    nodes = [(node, key) for node, key in _places(table) if isinstance(node, dict)]
    node, key = chance.choice(nodes)
    yield "a key twice", _sealed_with(table, node, key, Raw(f"{written(node[key])},{json.dumps(key)}:{written(node[key])}"))
    texts = [(node, key) for node, key in nodes if key in _FREE and isinstance(node[key], str)]
    for character in ("\u202e", "\x07", "\x9b", "\ud800", "\ufeff"):
        node, key = chance.choice(texts)
        yield f"the character {ord(character):x}", _sealed_with(table, node, key, node[key] + character)
    node, key = chance.choice([at for at in nodes if at[1] == "constant"] or texts)
    for word in ("NaN", "-Infinity"):
        yield word, _sealed_with(table, node, key, Raw(word))


_FREE = ("label", "because", "constant")
"""Attributes that may hold any text."""


def _places(document: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every list and mapping with each of its keys."""
    nodes = [document]
    while nodes:
        node = nodes.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node))
        yield from ((node, key) for key in keys)
        nodes += [node[key] for key in keys if isinstance(node[key], dict | list)]


def _sealed_with(table: Any, node: Any, key: Any, value: Any) -> bytes:
    """Return the sealed table with something else at a key of one node of it; the table stays as it was."""
    before = node[key]
    node[key] = value
    try:
        return sealed(table)
    finally:
        node[key] = before
