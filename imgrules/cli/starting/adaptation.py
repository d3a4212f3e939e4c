"""A file of the cookbook, adapted to the shared file of another rule set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from imgrules.cli.starting.blank_model import line, needs_request
from imgrules.cli.starting.edits import Edit
from imgrules.cli.starting.facts_of_others import without_amounts, without_sources
from imgrules.table.exact import written as written_number
from imgrules.table.record_base import record

if TYPE_CHECKING:
    from imgrules.compiler.read.tree import Tree
    from imgrules.compiler.spec.model import ModelSpec
    from imgrules.compiler.spec.shared import TypeSpec


@record
class Adaptation:
    """A file of the cookbook that is adapted to the shared file of another rule set."""

    text: str
    tree: Tree
    spec: ModelSpec
    theirs: TypeSpec
    written: Mapping[str, Any]
    """The same as plain values, as the cookbook writes them."""
    ours: TypeSpec
    kind: str
    """The type to write into the file; empty where the other rule set has only one."""
    models: frozenset[str]
    currencies: tuple[str, str]
    """The currency of its prices, and that of the other rule set."""

    def edits(self) -> Iterator[Edit]:
        """Yield the edits that adapt the file, in no particular order."""
        yield self._name()
        use = self.spec.use
        stand_ins = [use] if isinstance(use, str) else use or []
        if not self.models.issuperset(stand_ins):
            yield self._use([name for name in stand_ins if name in self.models])
        for name in self.spec.options:
            yield from self._option(name)
        yield from self._refused()
        yield from self._paths()
        yield from without_sources(self.text, self.tree, self.spec)
        if self._is_other_currency:
            yield from without_amounts(self.text, self.tree, self.spec, self.currencies[0])

    def _name(self) -> Edit:
        """Return the edit that makes the name blank, because authors choose what their users read, and adds type and request."""
        start = self.tree.keys["name",].start
        end = self.text.index("\n", self.tree.values["name",].end)
        was = self.text[slice(*self.tree.values["name",])]
        blank = self._other_currency() + line("name:", f"What users read; in the cookbook it is {was}")
        kind = f"\ntype: {self.kind}" if self.kind else ""
        is_request_blank = self.spec.request is None and self.theirs.request is not None and needs_request(self.ours)
        request = f"\n{line('request:', 'Where it is sent, such as `POST /a-model`.')}" if is_request_blank else ""
        return start, end, f"{blank}{kind}{request}"

    @property
    def _is_other_currency(self) -> bool:
        theirs, ours = self.currencies
        return theirs != ours

    def _other_currency(self) -> str:
        """Return lines about amounts in another currency than that of the rule set; empty if there are none."""
        theirs, ours = self.currencies
        said = (
            f"# The amounts of the cookbook are in {theirs}, but this rule set has {ours}: each is blank below, with the old one beside it.\n"
            "# Once they are filled in, `imgrules test --update` writes what the examples cost.\n"
        )
        return said if self._is_other_currency else ""

    def _use(self, kept: list[str]) -> Edit:
        """Return the edit that leaves only these models in `use`, or nothing of its line if there are none."""
        start, end = self.tree.values["use",]
        if kept:
            return start, end, f"[{', '.join(kept)}]"
        return self.tree.keys["use",].start, self.text.index("\n", end) + 1, ""

    def _option(self, name: str) -> Iterator[Edit]:
        """Yield the edit after which an option has from both files what it had from the cookbook's; paths and labels may be ours."""
        from imgrules.compiler.spec.sharing import inherited  # noqa: PLC0415  only this loads the compiler

        option, theirs = self.spec.options[name], (self.theirs.options or {}).get(name)
        ours = (self.ours.options or {}).get(name)
        had = {} if theirs is None else {key: getattr(theirs, key) for key in inherited(option, theirs)}
        has = {} if ours is None else {key: getattr(ours, key) for key in inherited(option, ours)}
        written = written_at(self.written, "options", name)
        fields = [*_OURS, *sorted(had.keys() - {*_OURS}, key=lambda field: list(written).index(_key(field)))]
        lacking = {field: written[_key(field)] for field in fields if self._is_lacking(field, had, has)}
        undone = {key: word for key, word in _UNDOING.items() if has.get(key) and key not in had}
        parts = [f"{_key(key)}: {_flow(value)}" for key, value in {**lacking, **undone}.items()]
        if parts:
            yield self._insertion(self.tree.values["options", name].start, parts)

    def _is_lacking(self, field: str, had: Mapping[str, Any], has: Mapping[str, Any]) -> bool:
        """Whether an option lacks what it had from the cookbook's shared file."""
        if had.get(field) is None:
            return False
        return has.get(field) is None if field in _OURS else has.get(field) != had[field]

    def _insertion(self, start: int, parts: list[str]) -> Edit:
        if self.text[start] == "{":
            is_empty = self.text[start + 1 :].lstrip()[:1] == "}"
            return start + 1, start + 1, ", ".join(parts) if is_empty else "".join(f"{part}, " for part in parts)
        indent = " " * (start - self.text.rindex("\n", 0, start) - 1)
        return start, start, "".join(f"{part}\n{indent}" for part in parts)

    def _refused(self) -> Iterator[Edit]:
        """Yield the edit after which the same fields are refused with a sentence of their own."""
        ours = {*(self.ours.refused or {}), *(self.ours.fields or {}), *self.spec.options, *(self.spec.refused or {})}
        written = written_at(self.written, "refused")
        parts = [f"{name}: {_flow(label)}" for name, label in written.items() if name not in ours]
        if parts and self.spec.refused:
            yield self._insertion(self.tree.values["refused",].start, parts)
        elif parts:
            start = self.tree.keys["options",].start if ("options",) in self.tree.keys else len(self.text)
            yield start, start, f"refused: {{{', '.join(parts)}}}\n"

    def _paths(self) -> Iterator[Edit]:
        """Yield an edit for each body path in the examples that the other shared file changes."""
        new_paths = dict(self._moved_paths())
        for at, example in enumerate(self.spec.examples or ()):
            for path in example.expect.body or {}:
                if path in new_paths:
                    yield (*self.tree.keys["examples", at, "expect", "body", path], new_paths[path])

    def _moved_paths(self) -> Iterator[tuple[str, str]]:
        for theirs, ours in ((self.theirs.provider, self.ours.provider), (self.theirs.model, self.ours.model)):
            if theirs is not None and ours is not None and theirs.send and ours.send:
                yield theirs.send, ours.send
        own = {name for name, field in (self.spec.fields or {}).items() if field.send is not None}
        for name, field in (self.theirs.fields or {}).items():
            if name not in own and name in (self.ours.fields or {}):
                path = (self.ours.fields or {})[name].send
                if field.send and path:
                    yield field.send, path
        for name, option in (self.theirs.options or {}).items():
            mine = (self.ours.options or {}).get(name)
            chosen = self.spec.options.get(name)
            if chosen is not None and chosen.send is None and option.send and mine is not None and mine.send:
                yield option.send, mine.send


_OURS = ("send", "label")
"""What an option has from the shared file beside it rather than from the cookbook's: where it is sent, and what it is called."""

_UNDOING = {"default": "(none)", "optional": False}
"""What undoes a key of a shared option that the cookbook's does not have."""


def _key(field: str) -> str:
    """Return the key that an author writes for a field of an option."""
    return {"as_": "as", "many": "list"}.get(field, field)


def written_at(part: Any, *path: str) -> dict[str, Any]:
    """Return what is written at a path of a file, by key; an empty mapping if nothing is."""
    for name in path:
        part = part.get(name, {})
    return dict(part)


def _flow(value: Any) -> str:
    """Return a plain value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return written_number(value)
    is_word = isinstance(value, str) and re.fullmatch(r"\(none\)|[A-Za-z_][\w .-]*", value) and value.lower() not in _QUOTED
    return str(value) if is_word else json.dumps(value, ensure_ascii=False)


_QUOTED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "any", "unknown"}
"""Texts in small letters that are quoted: some readers take them for something else."""
