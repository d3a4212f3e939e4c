"""YAML becomes a tree with a span for every key and value, or findings; never an exception."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from imgrules.compiler.read.syntax import MOST_DEPTH, MOST_NODES, MOST_TEXT, parse
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Path as TreePath
from imgrules.compiler.source import Source, Span
from imgrules.errors import ImgrulesError

RULES = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "rules").glob("*.yaml"))]
PIECES = [
    *"\n \t:-,?[]{}&*!|>%@`#'\"~<=.",
    "  ",
    ": ",
    "- ",
    "? ",
    "\n---\n",
    "\n...\n",
    "<<: ",
    "&a ",
    "*a",
    "!!int ",
    "\r\n",
    "“",
    "\uff1a",
    "|\n",
    ">-\n",
    "\\x",
    "%YAML 1.1\n",
    "a: b",
    "// ",
    "/*",
    "; ",
    "16:9",
    "éß👍",
]
YAML_LIKE = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@st.composite
def mutated_rules(draw: st.DrawFn) -> str:
    """Draw a rule file of the repository with a few pieces deleted, repeated or inserted."""
    text = draw(st.sampled_from(RULES))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.sampled_from([*PIECES, "", text[start:end] * 2])) + text[end:]
    return text


def _read(text: str) -> Tree:
    tree, findings = parse(Source("a.yaml", text))
    assert findings == ()
    assert tree is not None
    return tree


def _codes(text: str) -> list[str]:
    return [finding.code.id for finding in parse(Source("a.yaml", text))[1]]


def _at(value: Any, path: TreePath) -> Any:
    for key in path:
        value = value[key]
    return value


def _paths(value: Any, path: TreePath = ()) -> set[TreePath]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path}.union(*(_paths(inner, (*path, key)) for key, inner in inside))


@pytest.mark.parametrize(
    ("text", "path", "value", "key"),
    [
        ("a: b", (), "a: b", None),
        ("a: b", ("a",), "b", "a"),
        ("a: b  # note", ("a",), "b", "a"),
        ("a: b  # note", (), "a: b", None),
        ('"a": "b c"', ("a",), '"b c"', '"a"'),
        ("a:\n  b: c\n  d: e\n\n# end\n", ("a",), "b: c\n  d: e", "a"),
        ("a: {b: c}  # note", ("a",), "{b: c}", "a"),
        ("a: [b, c]\nd: e", ("a",), "[b, c]", "a"),
        ("a: [b, c]", ("a", 1), "c", None),
        ("a:\n- b\n- c\nd: e", ("a",), "- b\n- c", "a"),
        ("a: |\n  b\n  c\nd: e", ("a",), "|\n  b\n  c", "a"),
        ("a: >-\n  b\n\n\nd: e", ("a",), ">-\n  b", "a"),
        ("a: b\n  c\nd: e", ("a",), "b\n  c", "a"),
        ("a:\nd: e", ("a",), "", "a"),
        ("é👍: ü\nd: e", ("d",), "e", "d"),
        ("\ra: b", ("a",), "b", "a"),
        ("? a\n: b", ("a",), "b", "a"),
    ],
)
def test_span(text: str, path: TreePath, value: str, key: str | None) -> None:
    """A span is exactly the text of its value or key: no comment, no line end, no neighbour."""
    tree = _read(text)
    assert Source("a.yaml", text).slice(tree.values[path]) == value
    assert (None if key is None else Source("a.yaml", text).slice(tree.keys[path])) == key


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# note", None),
        ("a: 'b'", {"a": "b"}),
        ("5: 6", {"5": 6}),
        ("16:9", "16:9"),
        ("[1, true, null, x]", [1, True, None, "x"]),
        ("a: '5'", {"a": "5"}),
        ("a: |\n  true\n", {"a": "true\n"}),
        ('{"1": {}, "a": []}', {"1": {}, "a": []}),
        ("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}),
        ('"a\\tb\\u00e9"', "a\tbé"),
    ],
)
def test_value(text: str, value: object) -> None:
    """Keys and quoted scalars are texts; plain scalars are read by YAML 1.2."""
    tree, findings = parse(Source("a.yaml", text))
    assert tree is not None
    assert [finding.code.id for finding in findings] in ([], ["IR030"])
    assert tree.value == value


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("a: 1\na: 2", {"a": 1}, ["IR010"]),
        ("{a: 1, b: {c: 1, c: 2}, a: {b: 1, b: 2}}", {"a": 1, "b": {"c": 1}}, ["IR010", "IR010"]),
        ("a: &x 1\nb: *x", {"a": 1, "b": None}, ["IR011", "IR012"]),
        ("<<: {a: &x {b: 1, b: 2}}\nc: 1", {"c": 1}, ["IR013", "IR011"]),
        ('"<<": 1', {"<<": 1}, []),
        ("a: <<", {"a": "<<"}, ["IR030"]),
        ("a: !!str 5", {"a": 5}, ["IR014"]),
        ("*a : 1\nb: 2", {"b": 2}, ["IR012"]),
        ("%YAML 1.1\n---\na: 1", {"a": 1}, ["IR016"]),
        ("- *a\n- 1", [None, 1], ["IR012"]),
        ("*a", None, ["IR012"]),
    ],
)
def test_reading_goes_on(text: str, value: object, codes: list[str]) -> None:
    """The rest of a file is read after something refused, and of two equal keys the first counts."""
    tree, findings = parse(Source("a.yaml", text))
    assert tree is not None
    assert tree.value == value
    assert [finding.code.id for finding in findings] == codes


@pytest.mark.parametrize(
    "text",
    ["[a]: b", "{a: b}: c", "? [a]\n: b", "- {[a]: b}", "a: 1\n---\nb: 2", "a: b\n...\n---\nc: d", "a: {{ b }}"],
)
def test_reading_ends(text: str) -> None:
    """A key that is no scalar, and text after the end of the document, end the reading."""
    tree, findings = parse(Source("a.yaml", text))
    assert tree is None
    assert [finding.code.id for finding in findings] in (["IR005"], ["IR015"])


def test_depth() -> None:
    """The deepest allowed nesting is read, and one more is refused at its place."""
    assert _codes("[" * MOST_DEPTH + "]" * MOST_DEPTH) == []
    tree, (finding,) = parse(Source("a.yaml", "[" * (MOST_DEPTH + 1)))
    assert tree is None
    assert (finding.code.id, finding.place.span) == ("IR003", Span(MOST_DEPTH, MOST_DEPTH + 1))


DEEP: Mapping[str, tuple[str, set[str], int | None]] = {
    "brackets": ("[" * 30_000, {"IR003"}, MOST_DEPTH),
    "brackets in a list": ("[a, " * 30_000, {"IR003"}, 4 * MOST_DEPTH),
    "brackets and entries": ("[[], " * 30_000, {"IR003"}, 5 * MOST_DEPTH - 4),
    "names and brackets": ("a: [" * 30_000, {"IR003"}, 2 * MOST_DEPTH),
    "brackets on lines": ("[\n" * 30_000, {"IR003"}, 2 * MOST_DEPTH),
    "closed brackets": ("[" * 30_000 + "]" * 30_000, {"IR003"}, MOST_DEPTH),
    "braces": ("{" * 30_000, {"IR005"}, 1),
    "braces with names": ("{a: " * 30_000, {"IR003"}, 4 * MOST_DEPTH),
    "braces with quoted names": ('{"a": ' * 30_000, {"IR003"}, 6 * MOST_DEPTH),
    "brackets and braces": ("[{" * 30_000, {"IR005"}, 2),
    "dashes": ("- " * 30_000, {"IR003"}, 2 * MOST_DEPTH),
    "dashes on lines": ("".join(f"{' ' * depth}-\n" for depth in range(1_100)), {"IR003"}, None),
    "dashes, then brackets": ("- " * 20 + "[" * 30_000, {"IR003"}, MOST_DEPTH + 20),
    "question marks": ("? " * 30_000, {"IR005"}, 2),
    "question marks and brackets": ("? [" * 30_000, {"IR005"}, 2),
    "names on lines": ("".join(f"{' ' * depth}a:\n" for depth in range(1_100)), {"IR003"}, None),
    "names in one column": ("a:\n " * 10_000, {"IR010"}, None),
    "tags": ("!!x [" * 30_000, {"IR003", "IR014"}, 5 * MOST_DEPTH),
    "anchors": ("&a [" * 30_000, {"IR003", "IR011"}, 4 * MOST_DEPTH),
    "behind a line": ("a: b\n" + "[" * 30_000, {"IR004"}, 5),
    "behind a name": ("a: b\nc: " + "[" * 30_000, {"IR003"}, 7 + MOST_DEPTH),
    "another slip beyond": ("[" * 40 + "@", {"IR003"}, MOST_DEPTH),
}
"""Very deep texts, with the codes that are found in them, and the offset at which the last finding begins."""


@pytest.mark.parametrize("name", DEEP)
def test_very_deep_text(name: str) -> None:
    """However deep a text is, our own cap reports it at its place, before libyaml's limit or a crash."""
    text, codes, start = DEEP[name]
    tree, findings = parse(Source("a.yaml", text))
    assert tree is None or start is None
    assert {finding.code.id for finding in findings} == codes
    assert start is None or (findings[-1].place.span or Span(0, 0)).start == start
    assert all("cannot be read here" not in finding.message for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "# " + "[" * 2_000 + "\na: b",
        'a: "' + "[" * 2_000 + '"',
        "a: '" + "{" * 2_000 + "'",
        "a: |\n  " + "[" * 2_000,
        "a: >\n  " + "- " * 2_000 + "\n  " + "[" * 2_000,
        "a: x" + "[{" * 2_000,
        'a: "\\"' + "[" * 2_000 + '"',
        "a: 'it''s " + "[" * 2_000 + "'",
        "[" * MOST_DEPTH + '"' + "[" * 2_000 + '"' + "]" * MOST_DEPTH,
        "- [" + "[], " * 2_000 + "]",
        "".join(f"{' ' * depth}a:\n" for depth in range(MOST_DEPTH)),
    ],
    ids=str.split("comment quoted single block folded plain escape doubled deepest flat blocks"),
)
def test_signs_that_nest_nothing(text: str) -> None:
    """Brackets and dashes in a comment, a quoted text, a block text or a word are not counted as levels."""
    assert _codes(text) == []


def test_nodes() -> None:
    """The maximum number of values is read, and one more is refused."""
    text = "[" + "a," * (MOST_NODES - 1)
    assert _codes(text + "]") == []
    assert _codes(text + "a]") == ["IR003"]


def test_long_text() -> None:
    """The longest text is read, and one more character is refused."""
    assert _codes(f"- {'x' * MOST_TEXT}") == []
    assert _codes(f"- {'x' * (MOST_TEXT + 1)}") == ["IR003"]


def test_libyaml_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libyaml the error says what to install."""
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(ImgrulesError, match="libyaml"):
        parse(Source("a.yaml", "a: b"))


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("// a: b\nc: d", {"c": "d"}, ["IR004"]),
        ("-- a: {b: [c]}\n; d: e\nf: g", {"f": "g"}, ["IR004", "IR004"]),
        ("a: [b, // c]", {"a": ["b"]}, ["IR004"]),
        ("a: // b", {"a": "// b"}, ["IR004"]),
        ("a: [--b, ;c, b/* c]", {"a": ["--b", ";c", "b/* c"]}, []),
        ("a: {--b: c}", {"a": {"--b": "c"}}, []),
        ("\"// a\": '/* b'", {"// a": "/* b"}, []),
        ("a: [\n  b\n  5\n]", {"a": ["b", 5]}, ["IR004"]),
        ("a: [\n  b c\n  d\n]", {"a": ["b c d"]}, []),
        ("a:\n  - b\n    c", {"a": ["b c"]}, []),
        ('a "b": c', {'a "b"': "c"}, ["IR004"]),
        ("a: https://b.c // d", {"a": "https://b.c // d"}, ["IR251"]),
        ("a: https://b.c/d#e,", {"a": "https://b.c/d#e,"}, []),
    ],
    ids=repr,
)
def test_comments_and_words(text: str, value: Any, codes: list[str]) -> None:
    """A comment of another language is no entry of its block; words on lines in brackets are one entry each."""
    tree, findings = parse(Source("a.yaml", text))
    assert tree is not None
    assert (tree.value, [finding.code.id for finding in findings]) == (value, codes)


def _assert_placed(text: str) -> None:
    source = Source("a.yaml", text)
    tree, findings = parse(source)
    for finding in findings:
        places = (finding.place, *(place for place, _ in finding.related))
        assert all(place.span is not None and 0 <= place.span.start <= place.span.end <= len(text) for place in places)
        assert finding.hint
    assert tree is not None or findings
    if tree is None:
        return
    assert set(tree.values) >= _paths(tree.value) - {()}
    for path in _paths(tree.value) - {()}:
        start, end = tree.values[path]
        assert 0 <= start <= end <= len(text)
        if path[:-1] in tree.values:
            assert tree.values[path[:-1]].start <= start
            assert tree.values[path[:-1]].end >= end
        if isinstance(path[-1], str):
            assert tree.keys[path].end <= start
    for path, (start, end) in tree.keys.items():
        assert 0 <= start <= end <= len(text)
        assert _at(tree.value, path[:-1]).keys() >= {path[-1]}


@example("%YAML 1.1\n")
@given(YAML_LIKE)
def test_any_text_like_yaml(text: str) -> None:
    """`parse` never raises: it returns a tree or findings, and every span lies in the text and in the span of its parent."""
    _assert_placed(text)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """The same holds for any characters."""
    _assert_placed(text)


@given(mutated_rules())
def test_any_slip_in_a_rule_file(text: str) -> None:
    """The same holds for the repository's rule files with typos."""
    _assert_placed(text)


class _Core(yaml.CSafeLoader):
    """PyYAML with the core schema for plain scalars: an oracle that shares no code with `plain_value`."""


_Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)

_LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"], include_characters=" "
)
_WORDS = st.text(_LETTERS, max_size=12)
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.decimals(-999, 999, places=3).map(float), _WORDS
)
DOCUMENTS = st.recursive(
    _LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_WORDS, inner, max_size=4)), max_leaves=20
)


@given(DOCUMENTS, st.sampled_from([None, 1, 2]))
def test_json_is_read_as_it_is_meant(document: Any, indent: int | None) -> None:
    """A JSON text has the same value here, in JSON, and in PyYAML with the core schema; each span is the text of its value."""
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    source = Source("a.yaml", text)
    tree = _read(text)
    assert json.loads(json.dumps(tree.value, default=float)) == document
    assert yaml.load(text, _Core) == document  # noqa: S506  it constructs plain values only
    for path in _paths(document):
        assert json.loads(source.slice(tree.values[path])) == _at(document, path)
        if path and isinstance(path[-1], str):
            assert json.loads(source.slice(tree.keys[path])) == path[-1]


@given(DOCUMENTS, st.booleans())
def test_block_style_is_read_as_it_is_meant(document: Any, flow: bool) -> None:  # noqa: FBT001  it is drawn
    """A text that PyYAML writes has the same value here, or a finding says that other readers read it differently."""
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, default_flow_style=flow)
    tree, findings = parse(Source("a.yaml", text))
    assert tree is not None
    # A text such as 1E100 has no quotes there, since YAML 1.1 asks for a point in such a number.
    unusable = {"IR006"} if re.search("[0-9][eE][-+]?[0-9]", text) else set()
    assert {finding.code.id for finding in findings} <= {"IR004", "IR024", "IR025", "IR030", "IR251"} | unusable
    assert findings or json.loads(json.dumps(tree.value, default=float)) == document
