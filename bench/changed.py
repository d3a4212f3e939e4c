"""Small random changes of plain values and of rule files, for a hunt: an entry grows, goes, moves or becomes something odd."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Mapping
from typing import Any

import yaml

ODD: tuple[Any, ...] = (
    *(None, True, "", "x", -1, 0, 0.1, 10**15, 1e300, "unknown", "1:1", "16x16", "99999x3", "2026-01-01", "2026-11-26"),
    *([], {}, ["a"], {"a": "b"}, "é" * 1000, "a" * 5000, "x " * 2000, "1" * 400, "[" * 40, "\u202e", "{value}"),
    *({"min": 1, "max": 10**14}, {"min": 0.1, "step": "any"}, {"not": "(none)"}, {"not": "a"}, {"max": 3}),
)
"""Values that may replace any other value."""
_TIMES = (1, 2, 9, 40, 250, 1000, 2400)
"""How often an entry is repeated; includes the limits of the rule language."""


def changed(value: Any, chance: random.Random, words: list[str]) -> Any:
    """Change a value of lists and mappings in one to three places, and return it; `words` are names of the rule set."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        nodes = [node for node in _nodes(value) if node]
        if nodes:
            _edit(chance.choice(nodes), chance, words)
    return value


def _nodes(value: Any) -> list[Any]:
    """Return every list and mapping within a value; of a long one, only some entries."""
    nodes, left = [], [value]
    while left:
        node = left.pop()
        if isinstance(node, dict | list):
            nodes.append(node)
            left += list(node.values() if isinstance(node, dict) else node)[:50]
    return nodes


def _edit(node: Any, chance: random.Random, words: list[str]) -> None:
    keys = list(node) if isinstance(node, dict) else range(len(node))
    key, way = chance.choice(keys), chance.random()
    if way < 0.45:
        _repeat(node, key, chance.choice(_TIMES))
    elif way < 0.6:
        node[key] = chance.choice((*ODD, *words))
    elif way < 0.7:
        del node[key]
    elif way < 0.85:
        node[key] = copy.deepcopy(node[chance.choice(keys)])
    elif isinstance(node, dict):
        node[chance.choice(words)] = copy.deepcopy(chance.choice([*node.values(), *ODD]))
    else:
        node.insert(key, chance.choice((*ODD, *words)))


def _repeat(node: Any, key: Any, times: int) -> None:
    """Repeat an entry under new names: of a mapping at new keys, of a list as texts with other endings."""
    value = node[key]
    if isinstance(node, dict):
        node |= {f"{key}{at}": value for at in range(times)}
    else:
        node += [f"{value}{at}" if isinstance(value, str) else value for at in range(times)]


def changed_files(texts: Mapping[str, str], chance: random.Random) -> dict[str, str]:
    """Return rule files of which one is changed: as YAML, or now and then as text."""
    stem = chance.choice(sorted(texts))
    text = texts[stem]
    document = _read(text) if chance.random() < 0.9 else None
    if document is None:
        begin = chance.randrange(len(text) + 1)
        piece = text[begin : begin + chance.choice((1, 2, 10, 100))]
        return {**texts, stem: text[:begin] + piece * chance.choice(_TIMES) + text[begin:]}
    return {**texts, stem: written(changed(document, chance, _words(document)))}


def _read(text: str) -> Any:
    try:
        document = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def written(document: Mapping[str, Any]) -> str:
    """Return a mapping as a rule file: JSON is YAML, with a key on each line."""
    return "\n".join(f"{key}: {json.dumps(value, default=str)}" for key, value in document.items()) + "\n"


def _words(value: Any) -> list[str]:
    """Return names in a document, so that a change can refer to them."""
    nodes = [node for node in _nodes(value) if isinstance(node, dict)]
    keys = [str(key) for node in nodes for key in list(node)[:20]]
    return [*keys, *(text for node in nodes for text in list(node.values())[:20] if isinstance(text, str))] or ["x"]
