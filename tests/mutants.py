"""
Change every number, value, gate, path, label and date of rule files, one at a time, and say what notices it.

  python -m tests.mutants                             the packaged rules and five files of the cookbook
  python -m tests.mutants rules/gpt-image-2.yaml

Each change is made alone, and again together with the examples that state the same literal, if any do. `check` notices a change
by a new error or warning, `test` by an example that fails, `diff` by a finding against the rules before. Sources are left as
they are. Not part of the usual tests, which try one small file.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from imgrules.compiler.build import Build, build_files
from imgrules.compiler.fixes.edits import apply, edits
from imgrules.compiler.parsed_file import ParsedFile, parse_bytes
from imgrules.compiler.report.diagnostics import Change, Edit, Place
from imgrules.compiler.report.diagnostics import Path as TreePath
from imgrules.compiler.source import Span
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import stand_ins
from imgrules.views.diff.compare import compare

ROOT = Path(__file__).parents[1]
COOKBOOK = ("dall-e-3", "gpt-image-2-pixapi", "imagen-4", "photon-1", "runway-gen4-image")
DEFAULT = (
    *(f"rules/{name}.yaml" for name in ("_shared", "gpt-image-2", "nano-banana-2")),
    *(f"docs/cookbook/{name}.yaml" for name in COOKBOOK),
)
AT = "2026-11-22T00:00:00Z"
FAILS = "IR401"

_LABELS = frozenset({"label", "text", "description", "because", "name", "refused", "meta"})
_DATES = frozenset({"from", "until", "released", "at"})
_SKIPPED = frozenset({"examples", "source", "accept", "language", "$schema", "contract"})
_NAMED = frozenset({"values", "table"})


@dataclass(frozen=True)
class Mutant:
    """One change of a file: its kind, where it is, what stood there and what stands there now; None is nothing."""

    kind: str
    path: TreePath
    old: Any
    new: Any
    edits: tuple[Edit, ...]
    with_examples: bool = False


@dataclass(frozen=True)
class Verdict:
    """What noticed a mutant: the codes of `check`, whether an example fails, and the ids of findings of the diff."""

    mutant: Mutant
    check: tuple[str, ...]
    test: bool
    diff: tuple[str, ...]

    @property
    def noticed(self) -> bool:
        """Whether `check` or `test` notices it, which have no older rules to compare with."""
        return bool(self.check) or self.test


def mutants(file: ParsedFile) -> Iterator[Mutant]:
    """Yield every mutant of a file, each change alone, and together with the examples that state the same literal."""
    tree = file.tree
    assert tree is not None
    for path in tree.keys:
        if _SKIPPED.intersection(path):
            continue
        if len(path) > 1 and path[-2] in _NAMED:
            yield from _both(file, Place(path, on_key=True), "value", str(path[-1]), f"{path[-1]}x")
        elif path[:-1] == ("body",) or path[-2:-1] == ("body",):
            yield from _both(file, Place(path, on_key=True), "path", str(path[-1]), _typo(str(path[-1])))
    for path in tree.values:
        value = _at(tree.value, path)
        if not _SKIPPED.intersection(path) and not isinstance(value, dict | list):
            for kind, new in _changes(path, value):
                yield from _both(file, Place(path), kind, value, new)


def _changes(path: TreePath, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the kinds and new values of a scalar."""
    names = [name for name in path if isinstance(name, str)]
    if isinstance(value, bool):
        yield "value", not value
    elif isinstance(value, int | Decimal):
        yield from (("number", changed) for changed in (value * 100, value + 1) if changed != value)
    elif "gate" in names[-1:]:
        yield "gate", None
    elif _DATES.intersection(names[-1:]):
        yield "date", f"{int(value[:4]) + 1}{value[4:]}"
    elif _LABELS.intersection(names):
        yield "label", f"{value} x"
    elif names[-1:] == ["send"]:
        yield "path", _typo(value)
    else:
        yield "value", f"{value}x"


def _typo(path: str) -> str:
    return path[:-2] + path[-1] if len(path) > 2 else f"{path}x"


def _both(file: ParsedFile, place: Place, kind: str, old: Any, new: Any) -> Iterator[Mutant]:
    assert file.tree is not None
    path = place.path
    span = (file.tree.keys if place.on_key else file.tree.values)[path]
    own = tuple(_edits(file, place, span, new))
    yield Mutant(kind, path, old, new, own)
    others = tuple(_in_examples(file, kind, old, new))
    if others:
        yield Mutant(kind, path, old, new, (*own, *others), with_examples=True)


def _edits(file: ParsedFile, place: Place, span: Span, new: Any) -> Iterator[Edit]:
    if new is None:
        yield from edits(file.source, file.tree, Change(place, None), span)
    else:
        text = str(new).lower() if isinstance(new, bool) else str(new) if not isinstance(new, str) else f'"{new}"'
        yield Edit(file.source.name, span, file.source.position(span.start), file.source.position(span.end), text)


def _in_examples(file: ParsedFile, kind: str, old: Any, new: Any) -> Iterator[Edit]:
    """Yield the edits of the examples that state a literal; of a gate that is opened, of those that expect it to be closed."""
    assert file.tree is not None
    for path, span in file.tree.values.items():
        value = _at(file.tree.value, path)
        if path[:1] != ("examples",) or isinstance(value, dict | list):
            continue
        if kind == "gate" and value == old and path[-1] == "gate":
            yield from _edits(file, Place(path), span, None)
            status = (*path[:-1], "status")
            if _at(file.tree.value, status) == "locked":
                yield from _edits(file, Place(status), file.tree.values[status], "allowed")
        elif kind != "gate" and type(value) is type(old) and value == old and path[-1] != "status":
            yield from _edits(file, Place(path), span, new)


def _at(value: Any, path: TreePath) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else value[key] if isinstance(key, int) else None
    return value


def verdicts(path: Path) -> Iterator[Verdict]:
    """Yield what notices each mutant of a file, in its folder."""
    files = _files(path)
    before = _built(list(files.values()), path.parent)
    known = _found(before)
    for mutant in mutants(files[path.stem]):
        text = apply(files[path.stem].source.text, mutant.edits)
        changed = parse_bytes(path.stem, str(path), text.encode())
        after = _built([changed if file.stem == path.stem else file for file in files.values()], path.parent)
        codes = tuple(code for code, _ in _found(after) - known)
        found = () if before.table is None or after.table is None else compare(before.table, after.table).findings
        test, ids = FAILS in codes, tuple(dict.fromkeys(finding.id for finding in found))
        yield Verdict(mutant, tuple(dict.fromkeys(code for code in codes if code != FAILS)), test, ids)


def _files(path: Path) -> dict[str, ParsedFile]:
    """Return the files that are needed for a file, by stem: the shared one, and the models to use in its place."""
    stems = (
        ["_shared", path.stem] if not path.name.startswith("_") else sorted(file.stem for file in path.parent.glob("*.yaml"))
    )
    files: dict[str, ParsedFile] = {}
    for stem in stems:  # it grows
        name = path.parent / f"{stem}.yaml"
        files[stem] = parse_bytes(stem, str(name), name.read_bytes())
        spec = files[stem].spec
        used = stand_ins(spec) if isinstance(spec, ModelSpec) else ()
        stems += [other for other in used if other not in stems and (path.parent / f"{other}.yaml").exists()]
    return files


def _built(files: list[ParsedFile], folder: Path) -> Build:
    return build_files(files, folder, AT)


def _found(built: Build) -> Counter[tuple[str, str]]:
    return Counter((found.code.id, found.message) for found in built.report.diagnostics for _ in (found.spot, *found.more))


def table(found: Sequence[Verdict]) -> str:
    """Return how many mutants of each kind were noticed by what, as text."""
    lines = [f"{'':24}{'mutants':>8}{'check':>8}{'test':>8}{'either':>8}{'diff':>8}{'none':>8}"]
    for with_examples in (False, True):
        for kind in ("number", "value", "gate", "path", "label", "date"):
            own = [one for one in found if (one.mutant.kind, one.mutant.with_examples) == (kind, with_examples)]
            if own:
                counts = (
                    len(own),
                    sum(bool(one.check) for one in own),
                    sum(one.test for one in own),
                    sum(one.noticed for one in own),
                    sum(bool(one.diff) or bool(one.check) for one in own),
                    sum(not (one.noticed or one.diff) for one in own),
                )
                name = f"{kind}{' with examples' if with_examples else ''}"
                lines.append(f"{name:24}" + "".join(f"{count:>8}" for count in counts))
    return "\n".join(lines)


def main(paths: Sequence[str]) -> None:
    """Print the table of all mutants, and each that neither `check` nor `test` notices."""
    found: list[Verdict] = []
    for name in paths or DEFAULT:
        own = list(verdicts(ROOT / name))
        found += own
        sys.stdout.write(f"{name}: {len(own)} mutants\n")
        sys.stdout.writelines(f"  {_line(one)}\n" for one in own if not one.noticed)
        sys.stdout.flush()
    sys.stdout.write(f"{table(found)}\n")


def _line(found: Verdict) -> str:
    mutant = found.mutant
    seen = f"diff: {', '.join(found.diff)}" if found.diff else "SURVIVES"
    also = " with examples" if mutant.with_examples else ""
    return f"{'.'.join(map(str, mutant.path))}: {mutant.old} -> {mutant.new}{also}; {seen}"


if __name__ == "__main__":
    main(sys.argv[1:])
