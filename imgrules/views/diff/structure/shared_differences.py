"""The differences of what models share: gates, types with their fields, facts, currency, texts and languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from imgrules.table.record_base import replace
from imgrules.table.records import Field, Table
from imgrules.table.terms import CREDITS
from imgrules.views.diff.diff_records import ABSENT, Edit, Level
from imgrules.views.diff.diff_words import text_words, value_words
from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.structure.bound_differences import moved
from imgrules.views.diff.structure.documents import ORDER, edits, resolved, single
from imgrules.views.diff.structure.names import Renames, model_renames

_PARTS: Mapping[str, tuple[str, str, str]] = {
    "language": ("language-version-changed",) * 3,
    "result": ("result-changed",) * 3,
    "languages": ("translation-changed",) * 3,
    "messages": ("translation-changed",) * 3,
    "currency": ("currency-changed",) * 3,
    "default": ("default-model-changed", "default-added", "default-removed"),
    "aliases": ("alias-date-changed", "alias-added", "alias-removed"),
}
_OF_GATE = dict.fromkeys(("label", "icon", "action"), "gate-display-changed")


def shared_drafts(old: Table, new: Table, at: str | None) -> Iterator[Draft]:
    """Yield the differences of what models share, and of the order and the names of the models."""
    names = model_renames(old, new)
    yield from _renamed(names)
    yield from _order(old, new, names)
    yield from _gates(old, new)
    yield from _fields(old, new)
    aliases = (
        tuple(alias for alias in old.aliases if alias.name not in names.undone),
        tuple(alias for alias in new.aliases if alias.name not in names.kept.values()),
    )
    bare = [resolved(replace(table, models={}, gates={}, aliases=own)) for table, own in zip((old, new), aliases, strict=True)]
    used = {model.type for table in (old, new) for model in table.models.values()}
    for edit in single(edits(*bare)):
        yield from _draft(edit, at, used)


def _renamed(names: Renames) -> Iterator[Draft]:
    for new, old in names.kept.items():
        yield Draft("renamed", ("models", new), f"the model {old} is {new} now; {old} is still understood", old, new)
    for new, old in names.undone.items():
        yield Draft("rename-undone", ("models", new), f"the model {old} is {new} now; {old} is refused", old, new)


def _order(old: Table, new: Table, names: Renames) -> Iterator[Draft]:
    before = list(old.models)
    after = [names.all.get(name, name) for name in new.models]
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Draft(
            "order-changed",
            ("order",),
            f"models are shown in the order {value_words(tuple(new.models))}",
            before,
            list(new.models),
        )


def _gates(old: Table, new: Table) -> Iterator[Draft]:
    for name in dict.fromkeys((*old.gates, *new.gates)):
        before, after, path = old.gates.get(name), new.gates.get(name), ("gates", name)
        if before is None or after is None:
            words = f"the gate {name} is {'declared' if before is None else 'no longer declared'}"
            sides = (None, name) if before is None else (name, None)
            yield Draft("gate-declared" if before is None else "gate-undeclared", path, words, *sides)
            continue
        if before.opens_with != after.opens_with and set(before.opens_with) == set(after.opens_with):
            yield Draft("rules-rewritten", (*path, "opens_with"), f"the gate {name} names the same grants in another way")
        for grant in dict.fromkeys((*before.opens_with, *after.opens_with)):
            if grant not in after.opens_with:
                yield Draft("grant-removed", (*path, "opens_with"), f"the grant {grant} no longer opens {name}", grant, None)
            elif grant not in before.opens_with:
                yield Draft("grant-added", (*path, "opens_with"), f"the grant {grant} opens {name}", None, grant)
        for part, kind in _OF_GATE.items():
            was, is_ = getattr(before, part), getattr(after, part)
            if repr(was) != repr(is_):
                yield Draft(kind, (*path, part), f"the gate {name}: {part} {value_words(was)} -> {value_words(is_)}", was, is_)


def _fields(old: Table, new: Table) -> Iterator[Draft]:
    for kind in (name for name in old.types if name in new.types):
        before, after = old.types[kind].fields, new.types[kind].fields
        for name in dict.fromkeys((*before, *after)):
            yield from field_drafts(("types", kind, "fields", name), before.get(name), after.get(name))


def field_drafts(path: tuple[str, ...], old: Field | None, new: Field | None) -> Iterator[Draft]:
    """Yield the differences of a text that the caller writes, None where a side does not have it."""
    name = path[-1]
    if old is None or new is None:
        required = new is not None and new.required
        words = f"the field {name} {'is removed' if new is None else 'has to be given' if required else 'can be given'}"
        before, after = (name, None) if new is None else (None, name)
        level = Level.BREAKING if required else None
        yield Draft(f"field-{'removed' if new is None else 'added'}", path, words, before, after, level=level)
        return
    if old.required != new.required:
        words = f"the field {name} {'has to be given' if new.required else 'may be left out'}"
        yield Draft(f"field-{'required' if new.required else 'optional'}", path, words, old.required, new.required)
    if old.cap != new.cap:
        yield Draft("kind-changed", path, f"the field {name} is another kind of value", old.cap, new.cap)
    texts = (text_words(old.text), text_words(new.text))
    for move in sorted(moved(old.text, new.text)):
        yield Draft(f"bounds-{move}", (*path, "text"), f"the field {name}: {texts[0]} -> {texts[1]}", *texts)
    if repr(old.description) != repr(new.description):
        yield Draft(
            "description-changed", (*path, "description"), f"the field {name}: description", old.description, new.description
        )


def _draft(edit: Edit, at: str | None, used: Collection[str]) -> Iterator[Draft]:
    path, sides = edit.path, (_json(edit.old), _json(edit.new))
    if path[-1] == ORDER or path[0] == "own_facts" or path[-1] == "name":
        return
    if path[0] == "types":
        yield from _of_type(path, edit, sides, used)
    elif path[0] == "facts":
        yield from _of_facts(path, edit, sides)
    elif path[0] in _PARTS:
        changed, added, removed = _PARTS[path[0]]
        kind = added if edit.old is ABSENT else removed if edit.new is ABSENT else changed
        level = Level.COSMETIC if kind == "alias-removed" and _is_past(edit.old, at) else None
        yield Draft(kind, path, _sentence(path, sides), *sides, level=level)
    else:
        yield Draft("rules-changed", path, f"{' '.join(path)} differs", *sides)


def _sentence(path: tuple[str, ...], sides: tuple[Any, Any]) -> str:
    """Return what is different in a part that all models share, as a sentence."""
    old, new = (value_words(side) for side in sides)
    if path[0] == "aliases" and len(path) == len(("aliases", "name")):
        means = next(side["means"] for side in sides if side is not None)
        return f"the alias {path[1]} of {means} is {'refused' if sides[1] is None else 'understood'}"
    if path[0] == "currency":
        return f"prices are in {sides[1] or CREDITS}, and were in {sides[0] or CREDITS}"
    if path[0] == "default":
        if None in sides:
            return f"{'no' if sides[1] is None else 'a'} default model, {old if sides[1] is None else new}"
        return f"the default model is {new}, and was {old}"
    return f"{' '.join(path)}: {old} -> {new}"


def _json(side: Any) -> Any:
    return None if side is ABSENT else side


def _of_type(path: tuple[str, ...], edit: Edit, sides: tuple[Any, Any], used: Collection[str]) -> Iterator[Draft]:
    if len(path) <= 2:  # noqa: PLR2004  the whole type
        kind = "type-added" if edit.old is ABSENT else "type-removed"
        yield Draft(kind, path, f"the type {path[-1]} is {'added' if edit.old is ABSENT else 'removed'}", *sides)
    elif path[2] == "refused":
        yield Draft("sentence-changed", path, f"the sentence of {path[-1]}", *sides)
    elif path[2] in {"provider", "model"}:
        if path[1] not in used:  # otherwise the bodies of its models tell it
            yield Draft("rules-rewritten", path, f"the place of the {path[2]} in the type {path[1]}, which no model has")
    elif path[2] != "fields":
        yield Draft("rules-changed", path, f"{' '.join(path)} differs", *sides)


def _of_facts(path: tuple[str, ...], edit: Edit, sides: tuple[Any, Any]) -> Iterator[Draft]:
    if len(path) <= 2:  # noqa: PLR2004  the whole fact
        kind = "fact-added" if edit.old is ABSENT else "fact-removed"
        yield Draft(
            kind,
            path,
            f"the fact {path[-1]} is {'added' if edit.old is ABSENT else 'removed'}",
            *sides,
            None,
            None,
            Level.RISKY,
        )


def _is_past(alias: Any, at: str | None) -> bool:
    until = alias.get("until") if isinstance(alias, Mapping) else None
    return at is not None and until is not None and until <= at
