"""Rule sets in the old spelling, made from new ones, and written in many layouts with comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from imgrules.compiler.bind.old_spellings import ROWS
from imgrules.compiler.spec.field_types import keys
from imgrules.table.terms import NONE
from imgrules.testing import Documents

GONE = {(row.block.__name__, row.key) for row in ROWS if row.is_key or row.key not in keys(row.block)}
"""The old spellings that the language no longer takes, by block and key."""

_PLAIN = re.compile(r"[a-z][a-z0-9_-]{2,}")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "off", "nan", "inf"}


def aged(documents: Documents, chance: Random) -> Documents:
    """Return a rule set with many of its entries in the old spelling, which mean the same."""
    return {
        name: _shared(document, chance) if name == "_shared" else _model(document, chance)
        for name, document in documents.items()
    }


def _shared(document: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    if "types" not in document:
        return dict(document)
    return {**document, "types": {name: _type(kind, chance) for name, kind in document["types"].items()}}


def _type(kind: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    body = kind.get("body", {})
    is_constant = all(not isinstance(entry, Mapping) and entry != NONE for entry in body.values())
    if ("TypeSpec", "constants") in GONE and is_constant:
        kind = _renamed(kind, "body", "constants")
    if ("FieldSpec", "required") not in GONE:
        return dict(kind)
    # A field that says nothing was optional in a file that is known to be old.
    is_old = "constants" in kind
    fields = {}
    for name, field in kind.get("fields", {}).items():
        is_silent = is_old and field.get("optional") is True and chance.random() < 0.5
        old = {"required": not field.get("optional", False)}
        fields[name] = {key: value for key, value in field.items() if key != "optional"} | ({} if is_silent else old)
        is_old = is_old or old["required"]
    return {**kind, "fields": fields} if "fields" in kind else dict(kind)


def _model(document: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    model = {key: _conditions(value, chance) for key, value in document.items()}
    if "options" in model:
        model["options"] = {name: _option(option, chance) for name, option in model["options"].items()}
    if "limits" in model:
        model["limits"] = [_limit(limit, chance) for limit in model["limits"]]
    if "examples" in model:
        model["examples"] = [{**example, "expect": _expected(example["expect"])} for example in model["examples"]]
    return _ended(model, chance)


def _conditions(node: Any, chance: Random, *, is_condition: bool = False) -> Any:
    """Return a part of a model with the tests of its conditions in the old spelling."""
    if isinstance(node, list):
        return [_conditions(entry, chance) for entry in node]
    if not isinstance(node, Mapping):
        return node
    if is_condition:
        return {name: _test(test, chance) for name, test in node.items()}
    return {key: _conditions(value, chance, is_condition=key in {"when", "only", "never"}) for key, value in node.items()}


def _test(test: Any, chance: Random) -> Any:
    if ("TestSpec", "given") not in GONE or chance.random() < 0.2:
        return test
    if test == NONE:
        return {"given": False}
    unwanted = test.get("not") if isinstance(test, Mapping) else None
    if unwanted == NONE:
        return {"given": True, **{key: value for key, value in test.items() if key != "not"}}
    if isinstance(unwanted, list) and unwanted[-1] == NONE and len(unwanted) > 1:
        others = unwanted[:-1] if len(unwanted) > 2 or chance.random() < 0.5 else unwanted[0]
        return {**test, "not": others, "given": True}
    return test


def _option(option: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    old = dict(option)
    if ("OptionSpec", "sent") in GONE and option.get("send") is False:
        old = _renamed(option, "send", "sent")
    if ("OptionSpec", "snap") in GONE and option.get("snap") == "nearest":
        old["snap"] = True
    for measure in ("pixels", "total"):
        if ("OptionSpec", measure) in GONE and option.get("measure") == measure and isinstance(option["of"], list | str):
            old = {key: value for key, value in _renamed(old, "of", measure).items() if key != "measure"}
    if isinstance(option.get("values"), Mapping):
        old["values"] = _values(option["values"], chance)
    return old


def _values(values: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    constants = [value["as"] for value in values.values() if isinstance(value.get("as"), bool)]
    # Of `send: false`, only one beside `send: true` is known to be old.
    is_sent = ("ValueSpec", "send") in GONE and not any(value.get("send") is False for value in values.values())
    return {
        name: _ended(_value(value, is_sent=is_sent and (value.get("as") is not False or True in constants)), chance)
        for name, value in values.items()
    }


def _value(value: Mapping[str, Any], *, is_sent: bool) -> Mapping[str, Any]:
    """Return the details of a value; with `is_sent`, what is sent for it may be said in the old spelling."""
    old = _renamed(value, "as", "send") if is_sent else value
    bounds = {key: old[key] for key in ("min", "max") if key in old}
    if ("ValueSpec", "is") not in GONE or not bounds:
        return old
    return {"is": bounds, **{key: entry for key, entry in old.items() if key not in bounds}}


def _ended(entry: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    if ("LimitedSpec", "retired") not in GONE or "until" not in entry or isinstance(entry.get("use"), list):
        return dict(entry)
    if "use" not in entry and chance.random() < 0.5:
        return dict(entry)
    retired = {"on" if key == "until" else key: entry[key] for key in ("until", "use") if key in entry}
    return {
        ("retired" if key == "until" else key): (retired if key == "until" else value)
        for key, value in entry.items()
        if key != "use"
    }


def _limit(limit: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    only = limit.get("only", {})
    excluded = [name for name, test in only.items() if test in (NONE, {"given": False})]
    others = {name: test for name, test in only.items() if name not in excluded}
    # A test that is merged comes last.
    if ("LimitSpec", "excludes") not in GONE or not excluded or [*only] != [*others, *excluded] or chance.random() < 0.2:
        return dict(limit)
    names = excluded[0] if len(excluded) == 1 and chance.random() < 0.5 else excluded
    old = {
        "excludes" if key == "only" and not others else key: names if key == "only" and not others else value
        for key, value in limit.items()
    }
    return {**old, "only": others, "excludes": names} if others else old


def _expected(expect: Mapping[str, Any]) -> dict[str, Any]:
    body = expect.get("body", {})
    unsent = [path for path, value in body.items() if value == NONE]
    if ("ExpectSpec", "unsent") not in GONE or not unsent:
        return dict(expect)
    rest = {path: value for path, value in body.items() if value != NONE}
    return (
        {key: value for key, value in expect.items() if key != "body"} | ({"body": rest} if rest else {}) | {"unsent": unsent}
    )


def _renamed(block: Mapping[str, Any], key: str, new: str) -> dict[str, Any]:
    return {new if name == key else name: (False if new == "sent" and name == key else value) for name, value in block.items()}


class Layout:
    """A writer of YAML that decides at random between block and flow style, quotes, comments and line ends."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._comments = 0
        self._end = chance.choice(["\n", "\n", "\r\n"])
        self._mark = chance.choice(["", "", "\ufeff"])
        self._flow = chance.choice([0.1, 0.5, 0.9])
        self._talk = chance.choice([0.0, 0.2, 0.5])

    def written(self, document: Mapping[str, Any]) -> bytes:
        """Return the text of a rule file."""
        lines = list(self._mapping(document, 0)) if document else ["{}"]
        text = self._mark + self._end.join(lines) + self._chance.choice(["", self._end])
        return text.encode("utf-8")

    def _comment(self) -> str:
        if self._chance.random() >= self._talk:
            return ""
        self._comments += 1
        return f"  # about {self._comments}"

    def _is_flow(self, value: Any) -> bool:
        return not value or not isinstance(value, list | Mapping) or self._chance.random() < self._flow

    def _mapping(self, block: Mapping[str, Any], indent: int) -> Iterator[str]:
        for name, value in block.items():
            if comment := self._comment():
                yield " " * indent + comment.strip()
            key = f"{' ' * indent}{self._scalar(name)}:"
            if self._is_flow(value):
                yield f"{key} {self._inline(value, indent)}{self._comment()}"
                continue
            yield f"{key}{self._comment()}"
            yield from self._mapping(value, indent + 2) if isinstance(value, Mapping) else self._list(value, indent)

    def _list(self, entries: list[Any], indent: int) -> Iterator[str]:
        indent += self._chance.choice([0, 2])
        for entry in entries:
            if not isinstance(entry, Mapping) or self._is_flow(entry):
                yield f"{' ' * indent}- {self._inline(entry, indent)}{self._comment()}"
                continue
            first, *others = (line for line in self._mapping(entry, indent + 2))
            yield f"{' ' * indent}- {first.strip()}"
            yield from others

    def _inline(self, value: Any, indent: int) -> str:
        if isinstance(value, Mapping):
            return (
                "{"
                + self._joined([f"{self._scalar(key)}: {self._inline(entry, indent)}" for key, entry in value.items()], indent)
                + "}"
            )
        if isinstance(value, list):
            return "[" + self._joined([self._inline(entry, indent) for entry in value], indent) + "]"
        return self._scalar(value)

    def _joined(self, entries: list[str], indent: int) -> str:
        parts = []
        for at, entry in enumerate(entries):
            comma = "," if at < len(entries) - 1 else ""
            breaks = self._chance.random() < self._talk / 3
            parts.append(
                f"{entry}{comma}" + (f"{self._comment()}{self._end}{' ' * (indent + 4)}" if breaks else " " * bool(comma))
            )
        return "".join(parts)

    def _scalar(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, Decimal):
            return format(value, "f")
        if not isinstance(value, str):
            return str(value)
        is_plain = value == NONE or (_PLAIN.fullmatch(value) and value not in _WORDS_OF_YAML)
        return value if is_plain and self._chance.random() < 0.7 else json.dumps(value, ensure_ascii=False)
