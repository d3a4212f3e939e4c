"""Split findings into the warnings that authors accept in their files, with a reason, and those that are left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from imgrules.compiler.accept_codes import IDLE
from imgrules.compiler.checks import expired_entry, stale_source
from imgrules.compiler.codes import ALL
from imgrules.compiler.report.diagnostics import Finding, Path, Place, Severity
from imgrules.compiler.report.helps import Help, delete, explain
from imgrules.compiler.spec.model import ModelSpec, ShownSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.sharing import said_in_file
from imgrules.compiler.spec.types import Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted
from imgrules.table.record_base import record, replace

_DATED = (expired_entry.CODE.id, stale_source.CODE.id)
"""The codes that are found only where the present day is known."""

_SEVERITIES = {code.id: code.severity for code in ALL}


@record
class _Entry:
    """One entry of an `accept`: the file, the path of the block with the `accept`, the code and the reason."""

    file: str
    block: Path
    code: str
    why: str
    is_alone: bool

    @property
    def place(self) -> Place:
        """The place of the entry in its file."""
        return Place((*self.block, "accept", self.code), on_key=True, file=self.file)


def split_accepted(
    rules: RuleSet, findings: Iterable[tuple[str, Finding]], broken: frozenset[str]
) -> tuple[list[tuple[str, Finding]], list[tuple[str, Finding, str]]]:
    """
    Return the findings that are not accepted, with one for each entry that accepts nothing, and the accepted ones.

    Each has the stem of its file, and an accepted one its reason. What a `broken` file accepts is not known: not every check
    reads it.
    """
    specs = {rules.ids.home(model): spec for model, spec in rules.written.items()}
    entries = list(_entries(rules))
    by_code: dict[tuple[str, str], list[_Entry]] = {}
    for entry in entries:
        by_code.setdefault((entry.file, entry.code), []).append(entry)
    used = set[_Entry]()
    left: list[tuple[str, Finding]] = []
    accepted: list[tuple[str, Finding, str]] = []
    for stem, finding in findings:
        around = _entry_for(finding, by_code.get((finding.place.file or stem, finding.code.id), ()))
        if around is None:
            left.append((stem, _with_advice(rules.shared, specs, stem, finding)))
        else:
            used.add(around)
            accepted.append((stem, finding, around.why))
    known = (entry for entry in entries if entry.file not in broken and (rules.today is not None or entry.code not in _DATED))
    return [*left, *((entry.file, _idle(entry)) for entry in known if entry not in used)], accepted


def _entries(rules: RuleSet) -> Iterator[_Entry]:
    yield from _entries_at("_shared", walk(rules.shared, Role.ACCEPT))
    for model in rules.written:
        yield from _entries_at(rules.ids.home(model), said_in_file(rules, model, walk(rules.models[model], Role.ACCEPT)))


def _entries_at(file: str, places: Iterable[tuple[Path, Mapping[str, str]]]) -> Iterator[_Entry]:
    for path, accept in places:
        yield from (_Entry(file, path[:-1], code, why, len(accept) == 1) for code, why in accept.items())


def _entry_for(finding: Finding, entries: Iterable[_Entry]) -> _Entry | None:
    """Return the innermost entry around a warning, or None."""
    if finding.code.severity is not Severity.WARNING or finding.place.span is not None:
        return None
    around = [entry for entry in entries if finding.place.path[: len(entry.block)] == entry.block]
    return max(around, key=lambda entry: len(entry.block), default=None)


def _idle(entry: _Entry) -> Finding:
    severity = _SEVERITIES.get(entry.code)
    if severity is Severity.WARNING:
        whole = Place((*entry.block, "accept"), file=entry.file) if entry.is_alone else entry.place
        help_: Help = delete(whole, "it", ", or move it to the model, option or value that has the warning")
        return Finding(IDLE, f"there is no {quoted(entry.code)} to accept here", entry.place, *help_)
    if severity is Severity.ERROR:
        return Finding(
            IDLE, f"{quoted(entry.code)} is an error, and cannot be accepted", entry.place, "correct the mistake itself"
        )
    return Finding(IDLE, f"there is no code {quoted(entry.code)}", entry.place, *explain("`imgrules explain` lists the codes"))


def _with_advice(shared: SharedSpec, specs: Mapping[str, ModelSpec], stem: str, finding: Finding) -> Finding:
    """Return a warning about what may be meant, with a hint that shows how to accept it."""
    if not finding.code.may_be_meant or finding.place.span is not None:
        return finding
    block = _block_around(shared, specs.get(finding.place.file or stem), finding.place.path)
    if block is None:
        return finding
    more = f"if it is meant, add `accept: {{{finding.code.id}: why}}` to {block}"
    return replace(finding, hint=f"{finding.hint}; {more}" if finding.hint else more)


def _block_around(shared: SharedSpec, spec: ModelSpec | None, path: Path) -> str | None:
    """Return, in words, the innermost block around a path that can have `accept`; None where there is none."""
    options: Mapping[str, ShownSpec] = {} if spec is None else spec.options
    if spec is None and path[:1] == ("types",) and len(path) > 1:  # only values of a shared option can have it
        options, path = (shared.types[str(path[1])].options or {}), path[2:]
    if path[:1] == ("options",) and len(path) > 1:
        _, option, _, value = (*path, "", "")[:4]
        values = getattr(options.get(str(option)), "values", None)
        if isinstance(values, dict) and value in values:
            return quoted(str(value))
        return quoted(str(option)) if spec is not None else None
    return "the file" if spec is not None else None
