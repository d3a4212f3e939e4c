"""Find the line of a rule file that says what a path of the compiled rules is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.compiler.parsed_file import ParsedFile
from imgrules.compiler.read.folder import SHARED
from imgrules.compiler.read.tree import Tree
from imgrules.table.record_base import record


@record(slots=False)
class RulePlaces:
    """The parsed files of a folder by stem, and the stem of the file of each model."""

    files: Mapping[str, ParsedFile]
    stems: Mapping[str, str]

    def place(self, path: tuple[str, ...], last: str | None = None) -> tuple[str, int] | None:
        """
        Return the file and the line of a path such as `("models", "gpt-image-2", "options", "quality")`, or of what is around it.

        `last` is a key below the path that is preferred if it exists, such as `credits`.
        """
        if path[:1] == ("models",) and len(path) > 1:
            return self._of_model(path[1], path[2:], last)
        return self._found(SHARED, path, last, least=1) or self._found(SHARED, path, last, least=0)

    def exact(self, path: tuple[str, ...], last: str | None = None) -> tuple[str, int] | None:
        """Return the file and the line of a path as `place` does, or None if the rules have nothing at the whole of it."""
        if path[:1] == ("models",) and len(path) > 1:
            return self._exact(path[1], path[2:], last) or self._fact(path[1], path[2:], last)
        return self._found(SHARED, path, last, least=len(path))

    def sent(self, model: str, wire: str, picked: tuple[str, str] | None = None) -> tuple[str, int] | None:
        """
        Return the file and the line at which a model says what is sent at a path of the request, or else its type does.

        `picked` is an option with a value; if the option is what is sent there, the line of this value is returned.
        """
        for stem in (self.stems.get(model, model), SHARED):
            file = self.files.get(stem)
            tree = None if file is None else file.tree
            found = None if tree is None else next(_sending(tree.value, wire, ()), None)
            if found is None:
                continue
            is_of_option = picked is not None and found[-3:-1] == ("options", picked[0])
            value = ("models", model, "options", picked[0], "values", picked[1]) if picked and is_of_option else None
            return (value and self.exact(value)) or self._found(stem, found, None, least=len(found))
        return None

    def _of_model(self, model: str, path: tuple[str, ...], last: str | None) -> tuple[str, int] | None:
        stem = self.stems.get(model, model)
        return (
            self._fact(model, path, last)
            or self._found(stem, path, last, least=max(len(path) - 1, 1))
            or self._of_types(path, last)
            or self._found(stem, path, last, least=0)
        )

    def _exact(self, model: str, path: tuple[str, ...], last: str | None) -> tuple[str, int] | None:
        return self._found(self.stems.get(model, model), path, last, least=max(len(path), 1))

    def _fact(self, model: str, path: tuple[str, ...], last: str | None) -> tuple[str, int] | None:
        """Return the place of a fact, which compiled rules have among the options: in the file of its model, or the shared one."""
        if path[:1] != ("options",):
            return None
        least, fact = len(("facts", "")), ("facts", *path[1:])
        return self._found(self.stems.get(model, model), fact, last, least=least) or self._found(
            SHARED, fact, last, least=least
        )

    def _of_types(self, path: tuple[str, ...], last: str | None) -> tuple[str, int] | None:
        """Return the place of what a model has from its type."""
        file = self.files.get(SHARED)
        types = file.tree.value.get("types", {}) if file is not None and file.tree is not None else {}
        found = (self._found(SHARED, ("types", kind, *path), last, least=2 + len(path)) for kind in types)
        return next(filter(None, found), None) if path else None

    def _found(self, stem: str, path: tuple[str, ...], last: str | None, *, least: int) -> tuple[str, int] | None:
        """Return the place of a path, or of the longest part of it that exists and has at least so many keys."""
        file = self.files.get(stem)
        tree = None if file is None else file.tree
        if file is None or tree is None:
            return None
        for tried in _tried(tree, path, last, least):
            spans = tree.keys if tried in tree.keys else tree.values
            if tried in spans and tried:
                return file.source.name, file.source.position(spans[tried].start).line
        return None if least else (file.source.name, _first_line(file, tree))


def _sending(value: Any, wire: str, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the places in a file that name a path of the request: at `send:`, or as a key of a `body`."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        if (key == "send" and part == wire) or (key == wire and path[-1:] == ("body",)):
            yield (*path, key)
        yield from _sending(part, wire, (*path, key))


def _first_line(file: ParsedFile, tree: Tree) -> int:
    first = next(iter(tree.keys.values()), None)
    return 1 if first is None else file.source.position(first.start).line


def _tried(tree: Tree, path: tuple[str, ...], last: str | None, least: int) -> Iterator[tuple[Any, ...]]:
    """Yield the paths to look up, the longest first; the values of a list have the number of their place."""
    for length in range(len(path), least - 1, -1):
        written = _written(tree.value, path[:length])
        if written is None:
            continue
        if last is not None and length == len(path):
            yield (*written, last)
        yield written


def _written(value: Any, path: tuple[str, ...]) -> tuple[Any, ...] | None:
    """Return a path as the file has it, or None if it has nothing there."""
    written: list[Any] = []
    for name in path:
        if isinstance(value, Mapping) and name in value:
            written.append(name)
            value = value[name]
        elif isinstance(value, list) and name in value:
            written.append(value.index(name))
            value = name
        else:
            return None
    return tuple(written)
