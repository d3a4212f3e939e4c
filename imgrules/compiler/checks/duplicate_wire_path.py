"""
a wire path that is set twice, or lies inside another

What: two values are sent at the same path of the request body, or one path leads into the other value; or two paths use one
place both as an object and as an array. Options that `when` or a limit may keep apart can share a path (IR285).
Why: one of the two values would overwrite the other, depending on the order of the lines.

Avoid:
    ratio: {send: size, values: ["1:1"]}
    quality: {send: size.quality, values: [low]}
Prefer:
    ratio: {send: size.ratio, values: ["1:1"]}
    quality: {send: size.quality, values: [low]}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from imgrules.compiler.lower.convert import wire_path
from imgrules.compiler.lower.overlaps import any_overlap, overlaps
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ModelSpec, PartSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, type_name, type_of
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.tables import TableSpec
from imgrules.quoting import quoted
from imgrules.table.terms import NONE

CODE = Code("IR205", "duplicate-wire-path", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each wire path that conflicts with an earlier one."""
    shared_paths = {kind: list(_shared_paths(kind, shared)) for kind, shared in rules.shared.types.items()}
    for paths in shared_paths.values():
        yield from _clashes(paths)
    for model, spec in rules.models.items():
        shared_type = type_of(rules.shared, spec)
        if shared_type is not None:
            written = rules.written.get(model, spec)
            moved = {name for name, field in (spec.fields or {}).items() if field.send is not None}
            is_changed = moved or not (written.body or {}).keys().isdisjoint(shared_type.body or {})
            kind = type_name(rules.shared, spec)
            others = list(_shared_paths(kind, shared_type, moved, spec)) if is_changed else shared_paths[kind]
            clashes = _clashes([*others, *_own_paths(model, spec, written, shared_type)], _may_be_apart(spec))
            yield from (finding for finding in clashes if finding.place.file == model)


def _shared_paths(
    kind: str, shared: TypeSpec, moved: Collection[str] = (), model: ModelSpec | None = None
) -> Iterator[tuple[str, Place]]:
    """Yield the paths of a type at which it sends something, but for `moved` fields, and for what a model does not send."""
    top = ("types", kind)
    for path, value in (shared.body or {}).items():
        if (value if model is None else (model.body or {}).get(path, value)) != NONE:
            yield path, Place((*top, "body", path), on_key=True, file="_shared")
    for name, field in (shared.fields or {}).items():
        if name not in moved and field.send:
            yield field.send, Place((*top, "fields", name, "send"), file="_shared")
    for key, target in (("provider", shared.provider), ("model", shared.model)):
        if target is not None and target.send:
            yield target.send, Place((*top, key, "send"), file="_shared")


def _own_paths(model: str, spec: ModelSpec, written: ModelSpec, shared: TypeSpec) -> Iterator[tuple[str, Place]]:
    for name, option in spec.options.items():
        if option.send:
            own = written.options[name].send is not None
            place = Place(("options", name, "send") if own else ("options", name), on_key=not own, file=model)
            yield option.send, place
    for name, field in (spec.fields or {}).items():
        if field.send:
            yield field.send, Place(("fields", name, "send"), file=model)
    for path, value in (spec.body or {}).items():
        if value != NONE and path not in (shared.body or {}):
            yield path, Place(("body", path), on_key=True, file=model)


def _may_be_apart(spec: ModelSpec) -> Callable[[Place, Place], bool]:
    """Return the test whether two leaves depend on options that a limit, `when` or a table may keep apart."""

    def may_keep_apart() -> bool:
        options = spec.options.values()
        if spec.limits or any(option.when for option in options):
            return True
        tables = any(isinstance(value, TableSpec) for value in (spec.body or {}).values())
        return tables or any(value.send is False for option in options for value in details_of(option).values())

    def depends_on_option(place: Place) -> bool:
        value = (spec.body or {}).get(str(place.path[-1])) if "body" in place.path[-2:-1] else None
        return place.path[0] == "options" or isinstance(value, PartSpec | TableSpec)

    return lambda first, second: depends_on_option(first) and depends_on_option(second) and may_keep_apart()


def _clashes(
    paths: list[tuple[str, Place]], may_be_apart: Callable[[Place, Place], bool] = lambda *_: False
) -> Iterator[Finding]:
    """Yield a finding for each path that conflicts with an earlier one, unless the two may be kept apart."""
    yield from _mixed_containers(paths)
    parsed = tuple([wire_path(path) for path, _ in paths])
    for at, pairs in groupby(overlaps(parsed), itemgetter(1)) if any_overlap(parsed) else ():
        path, place = paths[at]
        others = (paths[earlier] for earlier, _ in pairs)
        other = next((entry for entry in others if not may_be_apart(entry[1], place)), None)
        if other is not None:
            how = "is sent twice" if other[0] == path else f"conflicts with {quoted(other[0])}: one lies inside the other"
            related = ((other[1], "sent here too"),)
            options = place.path[0] == other[1].path[0] == "options"
            hint = "give each of the two a path of its own" + (", or keep the two apart with a limit" if options else "")
            yield Finding(CODE, f"the wire path {quoted(path)} {how}", place, hint, related)


@lru_cache(maxsize=1024)
def _containers(path: str) -> tuple[tuple[str, bool], ...]:
    """Return the containers of a wire path, the outermost first: the path of each, and whether it is an array."""
    return tuple((path[: match.start()], match[0] == "[") for match in re.finditer(r"[.\[]", path))


def _mixed_containers(paths: list[tuple[str, Place]]) -> Iterator[Finding]:
    """Yield a finding for each container that would have to be an array and an object at the same time."""
    first: dict[str, tuple[bool, str, Place]] = {}
    for path, place in paths:
        for container, is_array in _containers(path):
            was_array, other, first_place = first.setdefault(container, (is_array, path, place))
            if was_array is not is_array:
                message = f"{quoted(path)} and {quoted(other)} make {quoted(container)} both an array and an object"
                yield Finding(
                    CODE,
                    message,
                    place,
                    "use only indexes such as `[0]` below it, or only names",
                    ((first_place, "the other path"),),
                )
                break
