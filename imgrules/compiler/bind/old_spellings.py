"""
Old spellings of the rule language: keys, and forms of values, that have another form now.

A row speaks only where the spec refuses what is written. Its new form comes with edits where it is certain; where it is not,
the hint says why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from imgrules.compiler.bind import rewrites
from imgrules.compiler.bind.misplaced import value_at
from imgrules.compiler.bind.rewrites import Entry, Rewritten
from imgrules.compiler.bind.shape_codes import OLD_SPELLING
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.block_changes import Addition
from imgrules.compiler.report.diagnostics import Change, Finding, Path, Place
from imgrules.compiler.report.helps import Help, certainly, explain
from imgrules.compiler.spec.examples import ExpectSpec
from imgrules.compiler.spec.field_types import block_of, is_block, keys, shape_at
from imgrules.compiler.spec.model import LimitedSpec, LimitSpec, ModelSpec, OptionSpec, OwnFieldSpec, ValueSpec
from imgrules.compiler.spec.shared import FieldSpec, ReadSpec, SharedSpec, TypeSpec
from imgrules.compiler.spec.types import Closed, TestSpec
from imgrules.quoting import quoted
from imgrules.table.record_base import replace


class OldSpelling(NamedTuple):
    """An old spelling: the class of a block and the key in it, how an entry is rewritten, and examples of blocks before and after."""

    block: type[Closed]
    key: str
    rewrite: Callable[[Entry], Rewritten | None]
    examples: tuple[tuple[str, str], ...]
    is_key: bool = False
    """Whether the block still has the key, and only the form of its value has changed."""


ROWS = (
    OldSpelling(OptionSpec, "sent", rewrites.sent, (("{sent: false}", "{send: false}"),)),
    OldSpelling(TypeSpec, "constants", rewrites.renamed_to("body"), (("{constants: {type: image}}", "{body: {type: image}}"),)),
    OldSpelling(ValueSpec, "send", rewrites.sent_for_a_value, (("{send: flex-2}", "{as: flex-2}"),), is_key=True),
    OldSpelling(OptionSpec, "snap", rewrites.snap, (("{snap: true}", "{snap: nearest}"),), is_key=True),
    OldSpelling(
        LimitedSpec,
        "retired",
        rewrites.retired,
        (('{retired: {on: "2026-10-23", use: low}}', '{until: "2026-10-23", use: low}'),),
    ),
    OldSpelling(FieldSpec, "required", rewrites.required, (("{send: prompt, required: true}", "{send: prompt}"),)),
    OldSpelling(
        OwnFieldSpec,
        "required",
        rewrites.required_in_a_model,
        (("{required: false}", "{optional: true}"), ("{required: true}", "{optional: false}")),
    ),
    OldSpelling(LimitSpec, "excludes", rewrites.excludes, (("{excludes: [a, b]}", "{only: {a: (none), b: (none)}}"),)),
    OldSpelling(
        TestSpec,
        "given",
        rewrites.given,
        (("{seed: {given: true}}", "{seed: {not: (none)}}"), ("{seed: {given: false}}", "{seed: (none)}")),
    ),
    OldSpelling(ValueSpec, "is", rewrites.is_, (("{is: {min: 1, max: 4}}", "{min: 1, max: 4}"),)),
    OldSpelling(
        OptionSpec,
        "pixels",
        rewrites.measured("pixels"),
        (("{pixels: size, unit: 1000000}", "{of: size, measure: pixels, unit: 1000000}"),),
    ),
    OldSpelling(OptionSpec, "total", rewrites.measured("total"), (("{total: [a, b]}", "{of: [a, b], measure: total}"),)),
    OldSpelling(ExpectSpec, "unsent", rewrites.unsent, (("{unsent: seed}", "{body: {seed: (none)}}"),)),
    OldSpelling(ReadSpec, "assumed", rewrites.assumed, (("{assumed: no document says so}", "{source: no document says so}"),)),
)
"""All old spellings. A file with one of them is an old file."""


def old_spellings(tree: Tree, kind: type[Closed], wrong: Mapping[Path, Mapping[str, Any]]) -> dict[Path, Finding]:
    """
    Return the findings about old spellings in a file, by path; `wrong` are the errors of pydantic except for missing keys.

    Where a file is known to be old, they include what is valid now and meant something else.
    """
    findings = {path: finding for path, error in wrong.items() if (finding := _finding(tree, kind, path, error)) is not None}
    findings |= dict(_required_beside_others(tree, kind, findings))
    for path, finding, evidence in [*_changed_meanings(tree, kind, findings)] if findings else ():
        findings[path] = finding
        carrier = next((other for other in evidence if findings[other].certain), None)
        if carrier is not None:
            # Where fixes are made one by one, the last one that shows the file to be old takes this one along.
            findings[carrier] = replace(findings[carrier], fix=(*(findings[carrier].fix or ()), *(finding.fix or ())))
    return findings


def _finding(tree: Tree, kind: type[Closed], path: Path, error: Mapping[str, Any]) -> Finding | None:
    """Return the finding about an entry, or None if it is no old spelling."""
    if not path or not isinstance(path[-1], str) or path not in tree.keys:
        return None
    name, block, loc = path[-1], value_at(tree.value, path[:-1]), error["loc"]
    shape = block_of(shape_at(kind, loc[: len(loc) - 1 - loc[::-1].index(name)]), block)
    row = next((row for row in ROWS if row.key == name and is_block(shape) and issubclass(shape, row.block)), None)
    if row is None or (name in keys(shape) and not row.is_key):
        return None
    entry = Entry(path, block[name], block)
    rewritten = row.rewrite(entry)
    return None if rewritten is None else _told(entry, rewritten)


def _told(entry: Entry, rewritten: Rewritten) -> Finding:
    shown = "" if isinstance(entry.value, list | dict) else f": {rewrites.shown(entry.value)}"
    message = f"{quoted(f'{entry.path[-1]}{shown}')} is an old spelling"
    return Finding(OLD_SPELLING, message, Place(entry.path, on_key=True), *_help(rewritten))


def _help(rewritten: Rewritten) -> Help:
    forms = " and ".join(map(quoted, rewritten.forms))
    if rewritten.why:
        return explain(f"it is {forms} now; change it by hand, since {rewritten.why}")
    sentence = f"it is {forms} now; `imgrules check --fix` writes it" if forms else _LEFT_OUT
    return certainly(Help(f"{sentence}; {rewritten.note}" if rewritten.note else sentence, (), rewritten.changes))


_LEFT_OUT = "it is left out now; `imgrules check --fix` deletes it"


def _changed_meanings(
    tree: Tree, kind: type[Closed], old: Mapping[Path, Finding]
) -> Iterator[tuple[Path, Finding, Collection[Path]]]:
    """Yield what is valid now and meant something else in a file that is known to be old; and the findings that show it."""
    # An author of today who writes `required: false` at one field takes the others to be required.
    evidence = [path for path in old if path[-1] != "required" or value_at(tree.value, path) is not False]
    if kind is SharedSpec and evidence and "required" not in keys(FieldSpec):
        for type_name, shared in _blocks(tree.value, "types"):
            for name, field in _blocks(shared, "fields"):
                if field and not {"required", "optional"} & field.keys():
                    path = ("types", type_name, "fields", name)
                    yield path, _optional_field(path, [*field][-1]), evidence
    if kind is ModelSpec:
        for name, option in _blocks(tree.value, "options"):
            sent = {
                ("options", name, "values", value, "send"): details.get("send") for value, details in _blocks(option, "values")
            }
            true = [path for path, constant in sent.items() if constant is True and path in old]
            if true:
                yield from ((path, _false_for_a_value(path), true) for path, constant in sent.items() if constant is False)


def _required_beside_others(tree: Tree, kind: type[Closed], old: Mapping[Path, Finding]) -> Iterator[tuple[Path, Finding]]:
    """
    Yield `required: true` of shared fields with `optional: false`, if anything else shows that a file is old.

    Without a key, such a field would count as optional as long as that is not fixed, by hand or in a later round.
    """
    if kind is SharedSpec and any(path[-1] != "required" for path in old):
        for path in old:
            entry = Entry(path, value_at(tree.value, path), value_at(tree.value, path[:-1]))
            rewritten = rewrites.required_in_a_model(entry) if path[-1] == "required" and entry.value is True else None
            if rewritten is not None:
                yield path, _told(entry, rewritten)


def _blocks(value: Any, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the blocks that a key of a block holds by name; nothing of what has another form."""
    entries = value.get(key) if isinstance(value, dict) else None
    for name, block in entries.items() if isinstance(entries, dict) else ():
        if isinstance(block, dict):
            yield name, block


def _optional_field(path: Path, last: str) -> Finding:
    message = "a field without `required` is optional in this file, which has old spellings"
    help_ = Help(
        "it is `optional: true` now; `imgrules check --fix` adds it", (), (Addition(Place((*path, last)), "optional: true"),)
    )
    return Finding(OLD_SPELLING, message, Place(path, on_key=True), *certainly(help_))


def _false_for_a_value(path: Path) -> Finding:
    message = "`send: false` beside `send: true` is an old spelling"
    help_ = Help("it is `as: false` now; `imgrules check --fix` writes it", (), (Change(Place(path, on_key=True), "as"),))
    return Finding(OLD_SPELLING, message, Place(path, on_key=True), *certainly(help_))
