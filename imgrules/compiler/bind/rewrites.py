"""
How an entry with an old spelling is written now: a function for each key that has another form.

Each returns the new form with the changes that write it; without changes where it is not certain, because something else in
the block would have to change as well; None for a value that the old spelling did not take either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from imgrules.compiler.read.scalars import plain_value
from imgrules.compiler.report.block_changes import Addition, Keying, Shortening, Unwrapping
from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.diagnostics import Change, Path, Place
from imgrules.compiler.report.helps import key_typed, typed
from imgrules.compiler.spec.types import MOMENT, NAME
from imgrules.quoting import quoted
from imgrules.table.terms import NONE


class Entry(NamedTuple):
    """An entry with an old spelling: its path, its value, and the block that holds it."""

    path: Path
    value: Any
    block: Mapping[str, Any]

    def at(self, *steps: str | int) -> Path:
        """Return the path of another entry of the block, or of something inside it."""
        return (*self.path[:-1], *steps)

    def renamed(self, key: str) -> Change:
        """Return the change that gives the entry another key."""
        return Change(Place(self.path, on_key=True), key)

    def deleted(self) -> Change:
        """Return the change that deletes the entry."""
        return Change(Place(self.path), None)


class Rewritten(NamedTuple):
    """The entries that an entry is now, with the changes that write them; without changes, `why` they are not certain."""

    forms: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    why: str = ""
    note: str = ""
    """What the new form means, where it is seldom what was meant."""


def shown(value: Any) -> str:
    """Return a value as it is typed, a simple word without quotes."""
    plain = isinstance(value, str) and re.fullmatch(r"[a-z]\w{2,}", value) and isinstance(plain_value(value), str)
    return str(value) if plain else typed(value)


def sent(entry: Entry) -> Rewritten | None:
    """Rewrite `sent: false`, which overrules a path beside it."""
    if entry.value is True:
        return Rewritten((), (entry.deleted(),))
    if entry.value is not False:
        return None
    if "send" in entry.block:
        return Rewritten(("send: false",), (Change(Place(entry.at("send")), "false"), entry.deleted()))
    return Rewritten(("send: false",), (entry.renamed("send"),))


def renamed_to(key: str) -> Callable[[Entry], Rewritten]:
    """Return a function that gives an entry another key, if the block does not have it already."""

    def rewrite(entry: Entry) -> Rewritten:
        if key in entry.block:
            return Rewritten((key,), why=f"{quoted(key)} stands beside it")
        return Rewritten((key,), (entry.renamed(key),))

    return rewrite


def sent_for_a_value(entry: Entry) -> Rewritten | None:
    """Rewrite the constant that is sent for a value."""
    if isinstance(entry.value, list | dict) or entry.value in _NOT_SENT or is_slip(entry.value, "false", ()):
        return None
    return renamed_to("as")(entry)._replace(forms=(f"as: {shown(entry.value)}",))


_NOT_SENT = (None, "", "no", "off", "none", "None", "null")
"""What authors write in place of `send: false`."""


def snap(entry: Entry) -> Rewritten | None:
    """Rewrite the switch `snap`."""
    if not isinstance(entry.value, bool):
        return None
    if not entry.value:
        return Rewritten((), (entry.deleted(),))
    return Rewritten(("snap: nearest",), (Change(Place(entry.path), "nearest"),))


def retired(entry: Entry) -> Rewritten | None:
    """Rewrite `retired`; of an `until` beside it, the earlier of the two moments was the end."""
    if not isinstance(entry.value, dict) or entry.value.keys() - {"on", "use"} or not _is_moment(entry.value.get("on")):
        return None
    end, until = entry.value["on"], entry.block.get("until")
    if "use" in entry.block or ("until" in entry.block and not _is_moment(until)):
        return Rewritten(("until",), why=f"{quoted('use' if 'use' in entry.block else 'until')} stands beside it")
    changes: list[Change] = [Unwrapping(Place(entry.path), None), Change(Place((*entry.path, "on"), on_key=True), "until")]
    if until is not None:
        changes.append(Change(Place(entry.at("until")), None))
        if _second(until) < _second(end):
            changes.append(Change(Place((*entry.path, "on")), typed(until)))
            end = until
    use = (f"use: {shown(entry.value['use'])}",) if "use" in entry.value else ()
    return Rewritten((f"until: {typed(end)}", *use), tuple(changes))


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(MOMENT, value) is not None


def _second(moment: str) -> str:
    return moment if "T" in moment else f"{moment}T00:00:00Z"


def required(entry: Entry) -> Rewritten | None:
    """Rewrite `required` at a shared field: fields are required now."""
    return Rewritten((), (entry.deleted(),)) if entry.value is True else required_in_a_model(entry)


def required_in_a_model(entry: Entry) -> Rewritten | None:
    """Rewrite `required` at what a model changes of a field, which may be optional in the shared file."""
    if not isinstance(entry.value, bool):
        return None
    form = f"optional: {typed(not entry.value)}"
    if "optional" in entry.block:
        return Rewritten((form,), why="`optional` stands beside it")
    return Rewritten((form,), (entry.renamed("optional"), Change(Place(entry.path), typed(not entry.value))))


def excludes(entry: Entry) -> Rewritten | None:
    """Rewrite `excludes`; with an `only` beside it, both have to hold."""
    names = _names(entry.value)
    if not names:
        return None
    form, only = f"only: {_nothing_at(names)}", entry.block.get("only")
    if only is not None and (not isinstance(only, dict) or not only or {*names} & only.keys()):
        return Rewritten((form,), why="`only` stands beside it")
    note = "" if "when" in entry.block else _never_picked(names)
    if only is None:
        return Rewritten((form,), (entry.renamed("only"), Keying(Place(entry.path), NONE)), note=note)
    return Rewritten((form,), (_entries_of_nothing(entry.at("only", [*only][-1]), names), entry.deleted()), note=note)


def _never_picked(names: list[str]) -> str:
    """Return what `excludes` without a condition means, and how several options exclude each other."""
    if len(names) == 1:
        return "without `when`, the option can never be picked"
    each_other = ", ".join(f"{key_typed(name)}: {{not: {NONE}}}" for name in names)
    return f"without `when`, none of them can ever be picked; if they exclude each other, it is `never: {{{each_other}}}`"


def unsent(entry: Entry) -> Rewritten | None:
    """Rewrite `unsent` of an example as entries of `body`, which may be there already."""
    paths = _names(entry.value)
    if not paths:
        return None
    form, body = f"body: {_nothing_at(paths)}", entry.block.get("body")
    if body is not None and (not isinstance(body, dict) or {*paths} & body.keys()):
        return Rewritten((form,), why="`body` stands beside it")
    if body is None:
        return Rewritten((form,), (entry.renamed("body"), Keying(Place(entry.path), NONE)))
    added = (
        _entries_of_nothing(entry.at("body", [*body][-1]), paths)
        if body
        else Change(Place(entry.at("body")), _nothing_at(paths))
    )
    return Rewritten((form,), (added, entry.deleted()))


def _names(value: Any) -> list[str]:
    """Return one name or a list of names as a list; an empty list for anything else, and for a name that is given twice."""
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return names if all(isinstance(name, str) for name in names) and len({*names}) == len(names) else []


def _nothing_at(names: list[str]) -> str:
    return "{" + ", ".join(f"{key_typed(name)}: {NONE}" for name in names) + "}"


def _entries_of_nothing(behind: Path, names: list[str]) -> Change:
    return Addition(Place(behind), "\n".join(f"{key_typed(name)}: {NONE}" for name in names))


def given(entry: Entry) -> Rewritten | None:
    """Rewrite the test whether an option has a value; `not` has always been true without a value."""
    if not isinstance(entry.value, bool):
        return None
    others = entry.block.keys() - {"given", "not"}
    if not entry.value:
        why = "a range beside it never holds without a value" if others else ""
        return Rewritten((NONE,), () if others else (Shortening(Place(entry.path[:-1]), NONE),), why)
    unwanted = entry.block.get("not")
    if unwanted is None:
        return Rewritten((f"{{not: {NONE}}}",), (entry.renamed("not"), Change(Place(entry.path), NONE)))
    if isinstance(unwanted, list):
        added: Change = Addition(Place(entry.at("not", len(unwanted) - 1)), NONE)
    else:
        added = Change(Place(entry.at("not")), f"[{typed(unwanted)}, {NONE}]")
    return Rewritten((f"{{not: [..., {NONE}]}}",), (added, entry.deleted()))


def is_(entry: Entry) -> Rewritten | None:
    """Rewrite the range of a word."""
    if not isinstance(entry.value, dict) or not entry.value or entry.value.keys() - {"min", "max"}:
        return None
    forms = tuple(f"{key}: {typed(bound)}" for key, bound in entry.value.items())
    if {"min", "max"} & entry.block.keys():
        return Rewritten(forms, why="bounds stand beside it")
    return Rewritten(forms, (Unwrapping(Place(entry.path), None),))


def measured(name: str) -> Callable[[Entry], Rewritten | None]:
    """Return a function that rewrites a key of an option as `of` with a measure of the same name."""

    def rewrite(entry: Entry) -> Rewritten | None:
        # Authors also write the names as a sum.
        written = entry.value
        parts = [part.strip() for part in re.split("[+,]", written)] if isinstance(written, str) else _names(written)
        if not parts or not all(re.fullmatch(NAME, part) for part in parts):
            return None
        text = f"[{', '.join(parts)}]" if len(parts) > 1 else parts[0]
        forms = (f"of: {text}", f"measure: {name}")
        if {"of", "measure", "pixels", "total"} & (entry.block.keys() - {name}):
            return Rewritten(forms, why="another source stands beside it")
        split = (Change(Place(entry.path), text),) if entry.value != parts[0] and isinstance(entry.value, str) else ()
        return Rewritten(forms, (entry.renamed("of"), *split, Addition(Place(entry.path), f"measure: {name}")))

    return rewrite


def assumed(entry: Entry) -> Rewritten | None:
    """Rewrite a reason; as a source, a text that begins with `http` would be an address."""
    if not isinstance(entry.value, str):
        return None
    if not entry.value.startswith("http"):
        return renamed_to("source")(entry)
    form = f"{{note: {typed(entry.value)}}}"
    rewritten = renamed_to("source")(entry)
    return rewritten._replace(changes=(*rewritten.changes, Change(Place(entry.path), form)) if rewritten.changes else ())
