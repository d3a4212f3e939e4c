"""Each old spelling is rewritten where it is, with what stands beside it; what is not certain is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import pytest

from imgrules.compiler.bind.old_spellings import ROWS, OldSpelling
from imgrules.compiler.bind.rewrites import Entry, Rewritten
from imgrules.compiler.fixes.edits import apply, edits
from imgrules.compiler.fixes.fix import fixed_files
from imgrules.compiler.read.folder import RuleFile
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.source import Source

BY_NAME = {f"{row.block.__name__}.{row.key}": row for row in ROWS}
EXAMPLES = [pytest.param(row, old, new, id=f"{name} {old}") for name, row in BY_NAME.items() for old, new in row.examples]


def paths_of(tree: Tree, key: str) -> Iterator[Path]:
    """Yield the paths of the entries with a key."""
    return (path for path in tree.keys if path[-1] == key)


def rewritten(row: OldSpelling, text: str) -> tuple[Rewritten | None, str]:
    """Return what a row makes of the one entry of a text that has its key, and the text with the changes."""
    source = Source("a.yaml", text)
    tree, _ = parse(source)
    assert tree is not None
    path = next(paths_of(tree, row.key))
    block: Any = tree.value
    for step in path[:-1]:
        block = block[step]
    new = row.rewrite(Entry(path, block[row.key], block))
    changes = new.changes if new is not None else ()
    made = [
        change
        for each in changes
        for change in edits(source, tree, each, (tree.keys if each.place.on_key else tree.values)[each.place.path])
    ]
    after = apply(text, made)
    assert parse(Source("a.yaml", after))[0] is not None, after
    assert sorted(re.findall("#.*", after)) == sorted(re.findall("#.*", text)), after
    return new, after


@pytest.mark.parametrize(("row", "old", "new"), EXAMPLES)
def test_each_example(row: OldSpelling, old: str, new: str) -> None:
    """The examples of the table are rewritten as it says, also with quoted keys and without spaces, as JSON has them."""
    assert rewritten(row, old)[1] == new
    quoted = re.sub(r"(?<=[{, ])([a-z_]+): ", r'"\1":', old)
    assert value_of(rewritten(row, quoted)[1]) == value_of(new)


def value_of(text: str) -> Any:
    """Return the value of a text."""
    tree, _ = parse(Source("a.yaml", text))
    assert tree is not None
    return tree.value


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("OptionSpec.sent", "sent: true  # why\nx: 1\n", "# why\nx: 1\n"),
        ("OptionSpec.sent", "{send: a.b, sent: false}", "{send: false}"),
        ("OptionSpec.sent", "send: a.b  # where\nsent: false  # why\n", "send: false  # where\n# why\n"),
        ("ValueSpec.send", "send: false", "as: false"),
        ("ValueSpec.send", "send: 'x: y'  # why", "as: 'x: y'  # why"),
        ("OptionSpec.snap", "{a: 1, snap: false}", "{a: 1}"),
        ("LimitedSpec.retired", "v:\n  retired:  # why\n    on: '2026-01-01'\n    # by\n    use: x\n", "v:\n  # why\n  until: '2026-01-01'\n  # by\n  use: x\n"),
        ("LimitedSpec.retired", 'v:\n  retired: {on: "2026-01-01", use: x}  # why\n', 'v:\n  until: "2026-01-01"\n  use: x  # why\n'),
        ("LimitedSpec.retired", 'v:\r\n  retired: {use: x, on: "2026-01-01"}\r\n', 'v:\r\n  use: x\r\n  until: "2026-01-01"\r\n'),
        ("LimitedSpec.retired", '{until: "2026-03-01", retired: {on: "2026-01-01"}}', '{until: "2026-01-01"}'),
        ("LimitedSpec.retired", '{retired: {on: "2026-03-01", use: x}, until: "2026-01-01"}', '{until: "2026-01-01", use: x}'),
        ("LimitedSpec.retired", 'until: "2026-01-01T00:00:01Z"  # a\nretired:\n  on: "2026-01-01"  # b\n', '# a\nuntil: "2026-01-01"  # b\n'),
        ("FieldSpec.required", "{send: x, required: false, text: {}}", "{send: x, optional: true, text: {}}"),
        ("LimitSpec.excludes", "{excludes: a, because: why}", "{only: {a: (none)}, because: why}"),
        ("LimitSpec.excludes", "- excludes:\n    - a  # one\n    - b\n  because: why\n", "- only:\n    a: (none)  # one\n    b: (none)\n  because: why\n"),
        ("LimitSpec.excludes", "{only: {x: 1}, excludes: [a]}", "{only: {x: 1, a: (none)}}"),
        ("LimitSpec.excludes", "only:\n  x: 1  # one\nexcludes: [a]\n", "only:\n  x: 1  # one\n  a: (none)\n"),
        ("TestSpec.given", "when:\n  a:\n    given: false  # why\n", "when:\n  a: (none)  # why\n"),
        ("TestSpec.given", "{a: {given: true, max: 3}}", "{a: {not: (none), max: 3}}"),
        ("TestSpec.given", "{a: {given: true, not: x}}", '{a: {not: ["x", (none)]}}'),
        ("TestSpec.given", "{a: {not: [x, y], given: true}}", "{a: {not: [x, y, (none)]}}"),
        ("TestSpec.given", "a:\n  not:\n    - x\n  given: true\n", "a:\n  not:\n    - x\n    - (none)\n"),
        ("TestSpec.given", "{a: {given: false, not: x}}", "{a: (none)}"),
        ("ValueSpec.is", "w:\n  is: {min: 1}\n  send: x\n", "w:\n  min: 1\n  send: x\n"),
        ("OptionSpec.pixels", "{pixels: [w, h]}", "{of: [w, h], measure: pixels}"),
        ("OptionSpec.total", "{total: a + b, x: 1}", "{of: [a, b], measure: total, x: 1}"),
        ("OptionSpec.total", "{total: a}", "{of: a, measure: total}"),
        ("OptionSpec.pixels", "x:\n  pixels: size  # why\n  unit: 5\n", "x:\n  of: size  # why\n  measure: pixels\n  unit: 5\n"),
        ("ExpectSpec.unsent", "{body: {x: 1}, unsent: [a, 'b[0]']}", '{body: {x: 1, a: (none), "b[0]": (none)}}'),
        ("ExpectSpec.unsent", "body: {}\nunsent: a\n", "body: {a: (none)}\n"),
        ("ExpectSpec.unsent", "unsent: b[0]\n", 'body: {"b[0]": (none)}\n'),
        ("ExpectSpec.unsent", "unsent:\n- a\n- b\n", "body:\n  a: (none)\n  b: (none)\n"),
        ("ReadSpec.assumed", "assumed: http is not told\n", 'source: {note: "http is not told"}\n'),
        ("ReadSpec.assumed", "assumed: >\n  it is\n  not told\nread: x\n", "source: >\n  it is\n  not told\nread: x\n"),
    ],
)  # fmt: skip
def test_what_stands_beside_it(name: str, old: str, new: str) -> None:
    """An old spelling is rewritten in its layout, and merged with what stands beside it."""
    assert rewritten(BY_NAME[name], old)[1] == new


@pytest.mark.parametrize(
    ("name", "old", "why"),
    [
        ("TypeSpec.constants", "{constants: {a: 1}, body: {b: 2}}", "`body` stands beside it"),
        ("ValueSpec.send", "{send: x, as: y}", "`as` stands beside it"),
        ("LimitedSpec.retired", '{retired: {on: "2026-01-01"}, use: x}', "`use` stands beside it"),
        ("LimitedSpec.retired", '{retired: {on: "2026-01-01"}, until: soon}', "`until` stands beside it"),
        ("FieldSpec.required", "{required: false, optional: false}", "`optional` stands beside it"),
        ("LimitSpec.excludes", "{only: {a: 1}, excludes: a}", "`only` stands beside it"),
        ("LimitSpec.excludes", "{only: {}, excludes: a}", "`only` stands beside it"),
        ("TestSpec.given", "{a: {given: false, min: 1}}", "a range beside it never holds without a value"),
        ("ValueSpec.is", "{is: {min: 1}, max: 2}", "bounds stand beside it"),
        ("OptionSpec.total", "{total: [a], pixels: b}", "another source stands beside it"),
        ("ExpectSpec.unsent", "{unsent: a, body: {a: 1}}", "`body` stands beside it"),
        ("ReadSpec.assumed", "{assumed: a, source: b}", "`source` stands beside it"),
    ],
)
def test_what_is_not_certain(name: str, old: str, why: str) -> None:
    """What cannot be merged with certainty is not changed, and the reason is said."""
    new, after = rewritten(BY_NAME[name], old)
    assert new is not None
    assert (new.why, after) == (why, old)


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("OptionSpec.sent", "sent: 5"),
        ("ValueSpec.send", "send: [a]"),
        ("ValueSpec.send", "send: off"),
        ("OptionSpec.snap", "snap: down"),
        ("LimitedSpec.retired", "retired: {on: soon}"),
        ("LimitedSpec.retired", 'retired: {on: "2026-01-01", x: 1}'),
        ("FieldSpec.required", "required: 5"),
        ("LimitSpec.excludes", "excludes: []"),
        ("LimitSpec.excludes", "excludes: [a, a]"),
        ("LimitSpec.excludes", "excludes: [5]"),
        ("TestSpec.given", "{a: {given: 5}}"),
        ("ValueSpec.is", "is: {}"),
        ("ValueSpec.is", "is: 5"),
        ("OptionSpec.pixels", "pixels: {a: 1}"),
        ("OptionSpec.pixels", "pixels: a * b"),
        ("ExpectSpec.unsent", "unsent: 5"),
        ("ReadSpec.assumed", "assumed: true"),
    ],
)
def test_what_the_old_language_did_not_take_either(name: str, old: str) -> None:
    """A value that was a mistake before is no old spelling."""
    assert rewritten(BY_NAME[name], old)[0] is None


BESIDE = {
    "done-by-hand": "    body: {x: 1}\n    constants: {z: 2}\n    fields:\n      a: {send: a, required: true}\n      b: {send: b}\n",
    "in-one-round": "    constants: {z: 2}\n    fields:\n      b: {send: b}\n      a: {send: a, required: true}\n",
    "in-two-rounds": "    fields:\n      a: {send: a, required: true}\n      b: {send: b}\n    constants: {z: 2}\n",
}
"""Types with a field that is required, one that is not, and another old spelling."""


@pytest.mark.parametrize("name", BESIDE)
def test_a_required_field_stays_required_while_the_file_is_old(name: str) -> None:
    """What shows that a file is old may be fixed later than `required`, or only by hand."""
    shared = f"language: 1\ntypes:\n  t:\n    model: {{send: m}}\n{BESIDE[name]}"
    model = RuleFile(FilePath("odd.yaml"), b"model: m\noptions: {q: {send: q, values: [low]}}\n")
    (file,) = fixed_files([RuleFile(FilePath("_shared.yaml"), shared.encode()), model]).files
    assert {line.strip() for line in file.after.raw.decode().splitlines() if "optional" in line} == {
        "a: {send: a, optional: false}",
        "b: {send: b, optional: true}",
    }


def test_the_page_lists_them_all() -> None:
    """The table of old spellings in the documentation is that of the program."""
    page = (FilePath(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
    section = page.partition("\n## Old spellings\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| [^|]+ \| `(.*)` \| `(.*)` \|$", section, flags=re.MULTILINE)
    assert listed == [example for row in ROWS for example in row.examples]
