"""
The structural layer: every difference between the resolved rules of two versions of a model, by name.

What decides which selections are possible, what they cost, what locks them and what is sent, such as cells, limits and wire
paths, is left to the behavioural layer, which names its effect; here it is only noted that it differs, as an area.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from imgrules.table.options import Option
from imgrules.table.record_base import record, replace
from imgrules.table.records import Model
from imgrules.table.terms import Alias
from imgrules.views.diff.diff_records import ABSENT, Edit, Level
from imgrules.views.diff.diff_words import dates_words, value_words
from imgrules.views.diff.drafts import Cause, Draft
from imgrules.views.diff.pair_space import Tried
from imgrules.views.diff.structure.areas import AREAS, areas_of_cells
from imgrules.views.diff.structure.bound_differences import bounds_drafts
from imgrules.views.diff.structure.documents import ORDER, edits, resolved, single
from imgrules.views.diff.structure.names import Names, Renames, names_of
from imgrules.views.diff.structure.translated import in_old_names, spelled_out


@record
class Structure:
    """The named differences of two versions, and the areas that differ and are left to the behavioural layer."""

    drafts: tuple[Draft, ...] = ()
    areas: frozenset[str] = frozenset()


_OPTION, _VALUE = 2, 4  # keys in the path of an option, and of a value
_IGNORED = ("name", "id", "loose", "sent", "changes", "gone.on")

_NOTES = {
    "label": ("label-changed",) * 3,
    "description": ("description-changed",) * 3,
    "meta": ("note-changed",) * 3,
    "meta.*": ("note-changed", "note-added", "note-removed"),
    "badges": ("badge-changed", "badge-added", "badge-removed"),
    "badges.*": ("badge-changed", "badge-added", "badge-removed"),
    "because": ("sentence-changed",) * 3,
    "use": ("replacement-changed",) * 3,
    "aliases": ("alias-date-changed", "alias-added", "alias-removed"),
    "aliases.*": ("alias-date-changed", "alias-added", "alias-removed"),
}
"""What a difference of a part is called that models, options and values have: changed, added, removed."""

_PARTS: Mapping[str, tuple[str, str, str]] = {
    **_NOTES,
    "released": ("release-changed",) * 3,
    "refused": ("sentence-changed",) * 3,
    "type": ("type-changed",) * 3,
    "options.*.switch": ("kind-changed",) * 3,
    "options.*.fact": ("kind-changed",) * 3,
    "options.*.follows": ("computed-changed",) * 3,
    "options.*.default": ("default-changed", "default-added", "default-removed"),
    "options.*.defaults": ("default-changed", "default-added", "default-removed"),
    "options.*.snap": ("snap-changed", "snap-added", "snap-removed"),
    "options.*.optional": ("option-optional", "option-optional", "option-required"),
    **{f"options.*.{part}": ids for part, ids in _NOTES.items()},
    **{f"options.*.values.*.{part}": ids for part, ids in _NOTES.items()},
    "options.*.gone.*.use": ("replacement-changed",) * 3,
}


def structure_of(old: Model, new: Model) -> Structure:
    """Return the differences between two versions of a model."""
    names = names_of(old, new)
    old, new = _without_undone(names, spelled_out(old, names)), in_old_names(new, names)
    drafts: list[Draft] = list(_renamed(names))
    areas: set[str] = set()
    for edit in single(edits(resolved(old), resolved(new))):
        known = tuple(_draft(edit, old, new))
        drafts += (draft for draft in known if isinstance(draft, Draft))
        areas |= {area for area in known if isinstance(area, str)}
    if "cells" in areas:
        areas = areas - {"cells"} | areas_of_cells(old, new)
    for name in (name for name in old.options if name in new.options):
        drafts += bounds_drafts(name, old.options[name], new.options[name])
    return Structure(tuple({(draft.id, draft.path): draft for draft in drafts}.values()), frozenset(areas))


def _draft(edit: Edit, old: Model, new: Model) -> Iterator[Draft | str]:
    """Yield the named difference of an edit, or the area in which it is; nothing where it has no meaning of its own."""
    path = edit.path
    if path[-1] == ORDER:
        yield from _order(edit)
    elif path[0] == "fields":
        return  # the fields of both sides are compared with those of their types
    elif path[-1] in _IGNORED and path[-2:-1] != ("values",):
        return
    elif path[0] == "options" and len(path) <= _OPTION:
        yield from _whole(path, "option", old.options, new.options)
    elif path[0] == "options" and path[2] == "values" and len(path) <= _VALUE and old.options[path[1]].follows is not None:
        yield Draft("computed-changed", path, f"{path[1]} is computed with other words")
    elif path[0] == "options" and path[2] == "values" and len(path) <= _VALUE:
        yield from _whole(path, "value", old.options[path[1]].values, new.options[path[1]].values)
    elif path[0] == "options" and path[2] == "gone" and path[-1] != "use":
        yield from _refused_otherwise(path, old.options[path[1]], new.options[path[1]])
    elif path[0] == "options" and path[2] in {"number", "size", "ratio", "text", "many"}:
        return  # `bounds_drafts` reads them
    else:
        yield from _part(edit)


def _part(edit: Edit) -> Iterator[Draft | str]:
    path = edit.path
    for length in range(len(path), 0, -1):
        pattern = _pattern(path[:length])
        if pattern in _PARTS:
            yield _named(_PARTS[pattern], edit, length)
            return
    area = next((_pattern(path[:length]) for length in range(1, len(path) + 1) if _pattern(path[:length]) in AREAS), None)
    yield area or Draft("rules-changed", path, f"{' '.join(path)} differs", _json(edit.old), _json(edit.new))


def _pattern(path: tuple[str, ...]) -> str:
    """Return a path with `*` in place of names: of options, of values, and of entries."""
    places = {1: {"options", "badges", "meta", "aliases", "fields"}, 3: {"values", "gone", "badges", "meta", "aliases"}}
    places[5] = {"badges", "meta"}
    return ".".join("*" if place in places and path[place - 1] in places[place] else part for place, part in enumerate(path))


_NEEDS, _SPARES = ("default-removed", "option-required"), ("default-added", "option-optional")


def _named(ids: tuple[str, str, str], edit: Edit, length: int) -> Draft:
    changed, added, removed = ids
    whole = len(edit.path) == length
    name = added if whole and edit.old is ABSENT else removed if whole and edit.new is ABSENT else changed
    without = _leaves_out(edit.path[1]) if name in {*_NEEDS, *_SPARES} else None
    takes, gives = (without if name in ids_ else None for ids_ in (_NEEDS, _SPARES))
    return Draft(name, edit.path[:length], _sentence(name, edit), _json(edit.old), _json(edit.new), takes, gives)


def _sentence(name: str, edit: Edit) -> str:
    subject, old, new = _subject(edit.path), value_words(edit.old), value_words(edit.new)
    if name in {"option-required", "option-optional"}:
        return f"{subject} {'has to be picked' if name == 'option-required' else 'may be left out'}"
    noun = name.rpartition("-")[0].replace("-", " ")
    if edit.old is ABSENT:
        return f"{subject}: {noun} {_leaf(edit, edit.new)}{dates_words(edit.new) if isinstance(edit.new, Mapping) else ''}"
    if edit.new is ABSENT:
        return f"{subject}: no {noun} {_leaf(edit, edit.old)}"
    return f"{subject}: {noun} {old} -> {new}"


def _leaf(edit: Edit, value: Any) -> str:
    """Return the words of a part that appears or disappears: the name of a record, else its value."""
    return value_words(edit.path[-1]) if isinstance(value, Mapping) else value_words(value)


def _subject(path: tuple[str, ...]) -> str:
    """Return what a path is about: `the model`, `quality`, or `quality high`."""
    if path[0] != "options":
        return "the model"
    return f"{path[1]} {path[3]}" if len(path) > _VALUE and path[2] in {"values", "gone"} else path[1]


def _json(value: Any) -> Any:
    return None if value is ABSENT else value


def _order(edit: Edit) -> Iterator[Draft]:
    """Yield a finding where options, values or badges stand in another order."""
    place = edit.path[:-1]
    old, new = (side if side is not ABSENT else () for side in (edit.old, edit.new))
    kept = [[name for name in side if name in other] for side, other in ((old, new), (new, old))]
    if place[-1:] in {("options",), ("values",)} and kept[0] != kept[1]:
        subject = "options" if place == ("options",) else place[1]
        yield Draft("order-changed", place, f"{subject}: shown in the order {value_words(tuple(new))}", list(old), list(new))


def _whole(path: tuple[str, ...], noun: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Draft]:
    """Yield a finding for each option or value that only one side has; where one side has none at all, the path is that of all."""
    is_all = path[-1] in {"options", "values"} and len(path) % 2 == 1
    root, names = (path, [*dict.fromkeys((*old, *new))]) if is_all else (path[:-1], [path[-1]])
    for name in (name for name in names if (name in old) != (name in new)):
        item, added = (new[name], True) if name in new else (old[name], False)
        if noun == "option":
            yield _option((*root, name), item, added=added)
        else:
            yield _value((*root, name), "" if added else _hint(name, old, new), added=added)


def _refused_otherwise(path: tuple[str, ...], old: Option, new: Option) -> Iterator[Draft]:
    """Yield a finding for each value that neither side offers now, and that is refused as another kind of absent value."""
    option = path[1]
    for name in path[_OPTION + 1 : _VALUE] or dict.fromkeys((*old.gone, *new.gone)):
        if old.gone.get(name) != new.gone.get(name) and name not in {*old.values, *new.values}:
            yield Draft(
                "sentence-changed", ("options", option, "values", name), f"{option} {name} is refused for another reason"
            )


def _hint(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return what to add if a value that is gone has another name now: one new value alone has its label."""
    like = [other for other, value in new.items() if other not in old and value.label == old[name].label]
    return f"; if it is {like[0]} now, add `aliases: [{json.dumps(name, ensure_ascii=False)}]` there" if len(like) == 1 else ""


def _value(path: tuple[str, ...], hint: str, *, added: bool) -> Draft:
    option, name = path[1], path[-1]
    if added:
        return Draft("value-added", path, f"{option} {name} can be picked", None, name, gives=_picks(option, name))
    return Draft(
        "value-removed", path, f"{option} {name} can no longer be picked{hint}", name, None, takes=_picks(option, name)
    )


def _option(path: tuple[str, ...], option: Option, *, added: bool) -> Draft:
    name, noun = path[-1], "fact " if option.fact else ""
    verb = "stated" if option.fact else "picked"
    required = option.required and not option.conditional
    without = _leaves_out(name) if required else None
    if not added:
        message = f"the {noun}{name} can no longer be {verb}"
        return Draft("fact-removed" if option.fact else "option-removed", path, message, name, None, _has(name), without)
    message = f"the {noun}{name} {'has to' if required else 'can'} be {verb}"
    level = Level.BREAKING if required else Level.ADDED
    return Draft("fact-added" if option.fact else "option-added", path, message, None, name, without, _has(name), level)


def _picks(option: str, value: str) -> Cause:
    def explains(tried: Tried) -> bool:
        picked = tried.selection.get(option, tried.facts.get(option))
        word = str(picked).lower() if isinstance(picked, bool) else picked
        return value in word if isinstance(word, list) else word == value

    return explains


def _has(option: str) -> Cause:
    return lambda tried: option in tried.selection or option in tried.facts


def _leaves_out(option: str) -> Cause:
    return lambda tried: option not in tried.selection and option not in tried.facts


def _renamed(names: Names) -> Iterator[Draft]:
    """Yield a finding for each option and each value with a new name."""
    yield from _renames(names.options, ("options",), "")
    for option, renames in names.values.items():
        yield from _renames(renames, ("options", option, "values"), f"{option} ")


def _renames(renames: Renames, path: tuple[str, ...], noun: str) -> Iterator[Draft]:
    for new, old in renames.kept.items():
        yield Draft("renamed", (*path, new), f"{noun}{old} is {new} now; {old} is still understood", old, new)
    for new, old in renames.undone.items():
        takes = _picks(path[1], old) if noun else _has(old)
        yield Draft("rename-undone", (*path, new), f"{noun}{old} is {new} now; {old} is refused", old, new, takes)


def _without_undone(names: Names, old: Model) -> Model:
    """Return the old version without the aliases that are the new names of something."""
    if not names.options.undone and not any(renames.undone for renames in names.values.values()):
        return old
    options = {
        name: replace(option, aliases=_others(option.aliases, names.values.get(name, Renames()).undone))
        for name, option in old.options.items()
    }
    return replace(old, options=options, aliases=_others(old.aliases, names.options.undone))


def _others(aliases: Iterable[Alias], names: Collection[str]) -> tuple[Alias, ...]:
    return tuple(alias for alias in aliases if alias.name not in names)
