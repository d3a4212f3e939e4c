"""The cookbook: files of real models to start from, and how one is adapted to another rule set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imgrules.errors import ImgrulesError
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import did_you_mean, nearest
from imgrules.rules import packaged

if TYPE_CHECKING:
    from imgrules.compiler.read.tree import Tree
    from imgrules.compiler.spec.model import ModelSpec
    from imgrules.compiler.spec.shared import SharedSpec, TypeSpec

Edit = tuple[int, int, str]
"""The start and end offset of a part of a text, and the text that replaces it."""

_FAR = re.compile(r"\$schema=(\.\./)+schemas/")
_NEAR = "$schema=../schemas/"


def cookbook() -> Path:
    """Return the folder of the cookbook: inside an installed package, or under docs/ of a checkout."""
    inside = Path(__file__).parents[1] / "cookbook"
    return inside if inside.is_dir() else inside.parents[1] / "docs" / "cookbook"


def names() -> list[str]:
    """Return the names of the cookbook's models, sorted: their files without `.yaml`."""
    return sorted(_pages())


def _pages() -> dict[str, Path]:
    """Return the files of the cookbook's models by name; a folder inside it is a rule set with another currency."""
    files = [*cookbook().glob("*.yaml"), *cookbook().glob("*/*.yaml")]
    return {path.stem: path for path in files if not path.stem.startswith("_")}


def about(name: str) -> str:
    """Return the second comment line of a cookbook file, which says what it shows; empty if there is none."""
    comments = [line.removeprefix("# ") for line in _read(name).splitlines() if line.startswith("# ")]
    return comments[1] if len(comments) > 1 else ""


def shared_text(name: str) -> str:
    """Return the text of the `_shared.yaml` beside a cookbook file, for a folder without one."""
    text = _FAR.sub(_NEAR, _shared_beside(name).read_text(encoding="utf-8"))
    return text.replace("What the cookbook's models share.", "What the models share.")


def _shared_beside(name: str) -> Path:
    return _pages()[name].with_name("_shared.yaml")


def packaged_shared_text() -> str:
    """Return the text of the packaged `_shared.yaml` without `order`, which names models that a new rule set lacks."""
    place = packaged()
    text = ((place.parent if place.is_file() else place) / "_shared.yaml").read_text(encoding="utf-8")
    return re.sub(r"(?m)^(#.*\n)?order:.*\n\n?", "", text)


def _read(name: str) -> str:
    return _pages()[name].read_text(encoding="utf-8")


def like(name: str, shared: SharedSpec, models: Iterable[str]) -> str:
    """
    Return a cookbook file adapted to another shared file: its name is blank, and it has what that shared file lacks.

    Raises:
        ImgrulesError: the file cannot be read by this version.

    """
    from imgrules.compiler.bind.bind import bind  # noqa: PLC0415  only this loads the compiler
    from imgrules.compiler.build import read_shared  # noqa: PLC0415
    from imgrules.compiler.read.syntax import parse  # noqa: PLC0415
    from imgrules.compiler.source import Source  # noqa: PLC0415
    from imgrules.compiler.spec.model import ModelSpec  # noqa: PLC0415
    from imgrules.compiler.spec.rule_set import type_name  # noqa: PLC0415

    text = _read(name)
    tree, _ = parse(Source(name, text))
    spec = None if tree is None else bind(tree, ModelSpec)[0]
    if tree is None or spec is None:
        raise ImgrulesError(f"this version of imgrules cannot read its cookbook file {name}; install imgrules again")
    own_shared = read_shared(_shared_beside(name))
    named = type_name(own_shared, spec)
    kind = named if named in shared.types else next(iter(shared.types))
    adaptation = _Adaptation(
        text=text,
        tree=tree,
        spec=spec,
        theirs=own_shared.types[named],
        ours=shared.types[kind],
        kind=kind if len(shared.types) > 1 else "",
        models=frozenset(models),
        currencies=(_currency(own_shared), _currency(shared)),
    )
    return _FAR.sub(_NEAR, _apply(text, adaptation.edits()))


def _currency(shared: SharedSpec) -> str:
    return shared.currency or "credits"


def unknown_message(name: str) -> str:
    """Return the message about a name that the cookbook lacks, with a suggestion or the names that it has."""
    meant = nearest(name, names())
    more = did_you_mean(meant) or f"; it has {either(names())}; `imgrules init --list` describes them"
    return f"the cookbook has no {quoted(name)}{more}"


def _apply(text: str, edits: Iterable[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class _Adaptation:
    """A file of the cookbook that is adapted to the shared file of another rule set."""

    text: str
    tree: Tree
    spec: ModelSpec
    theirs: TypeSpec
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
        yield from self._paths()

    def _name(self) -> Edit:
        """Return the edit that makes the name blank, because authors choose what their users read, and adds the type."""
        start = self.tree.keys["name",].start
        end = self.text.index("\n", self.tree.values["name",].end)
        was = self.text[slice(*self.tree.values["name",])]
        blank = self._other_currency() + "name:".ljust(30) + f" # What users read; in the cookbook it is {was}"
        return start, end, f"{blank}\ntype: {self.kind}" if self.kind else blank

    def _other_currency(self) -> str:
        """Return a line that warns of prices in another currency than that of the rule set; empty if there are none."""
        theirs, ours = self.currencies
        return "" if theirs == ours else f"# All prices below are in {theirs}, but this rule set has {ours}: convert them.\n"

    def _use(self, kept: list[str]) -> Edit:
        """Return the edit that leaves only these models in `use`, or nothing of its line if there are none."""
        start, end = self.tree.values["use",]
        if kept:
            return start, end, f"[{', '.join(kept)}]"
        return self.tree.keys["use",].start, self.text.index("\n", end) + 1, ""

    def _option(self, name: str) -> Iterator[Edit]:
        """Yield the edit that adds to an option the keys that only the cookbook's shared file has."""
        option, inherited = self.spec.options[name], (self.theirs.options or {}).get(name)
        ours = (self.ours.options or {}).get(name)
        lacking: dict[str, Any] = {}
        if inherited is not None and option.send is None and (ours is None or ours.send is None):
            lacking["send"] = inherited.send
        if inherited is not None and option.label is None and (ours is None or ours.label is None):
            lacking["label"] = inherited.label
        parts = [f"{key}: {_scalar(value)}" for key, value in lacking.items() if value is not None]
        if parts:
            yield self._insertion(self.tree.values["options", name].start, parts)

    def _insertion(self, start: int, parts: list[str]) -> Edit:
        if self.text[start] == "{":
            return start + 1, start + 1, "".join(f"{part}, " for part in parts)
        indent = " " * (start - self.text.rindex("\n", 0, start) - 1)
        return start, start, "".join(f"{part}\n{indent}" for part in parts)

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


def _scalar(value: Any) -> str:
    plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z_][\w. \[\]-]*", value) and "[" not in value
    return value if plain else json.dumps(value, ensure_ascii=False)
