"""A tree becomes a spec, or findings in an author's words, each at the path it is about."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from imgrules.compiler.bind.bind import bind
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.report.diagnostics import Path as TreePath
from imgrules.compiler.source import Source
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.types import Closed

RULES = Path(__file__).parents[2] / "rules"
PYDANTIC = (
    "Input should",
    "valid ",
    "Extra inputs",
    "union",
    "tagged",
    "discriminat",
    "pydantic",
    "instance of",
    "NaN",
    "<class",
)
MODEL = "name: N\ntype: image\nprovider: p\nmodel: m\noptions: {}\n"
SHARED = "language: 1\ntypes: {}\n"
OPTION = "name: N\ntype: image\nprovider: p\nmodel: m\noptions: {ratio: %s}\n"
EXAMPLE = MODEL + "examples: [%s]\n"
TYPE = "language: 1\ntypes: {image: {provider: {send: p}, model: {send: m}, %s}}\n"


def _tree(text: str) -> Tree:
    tree, _ = parse(Source("a.yaml", text))
    assert tree is not None
    return tree


def _findings(text: str, kind: type[Closed] = ModelSpec) -> tuple[Finding, ...]:
    spec, findings = bind(_tree(text), kind)
    assert (spec is None) == bool(findings)
    return findings


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_our_rules(path: Path) -> None:
    """The rules of the repository bind."""
    kind: type[Closed] = SharedSpec if path.stem == "_shared" else ModelSpec
    assert _findings(path.read_text("utf-8"), kind) == ()


def test_spec_is_what_was_said() -> None:
    """A spec holds what the author wrote: no default is filled in, and numbers stay exact."""
    spec, _ = bind(_tree(OPTION % "{values: {a: {credits: 0.1}, b: {}}}"), ModelSpec)
    assert isinstance(spec, ModelSpec)
    values = spec.options["ratio"].values
    assert isinstance(values, dict)
    assert values["a"].credits == Decimal("0.1")
    assert values["b"].model_fields_set == set()
    assert spec.model_fields_set == {"name", "type", "provider", "model", "options"}


@pytest.mark.parametrize(
    ("text", "code", "path", "on_key", "hint"),
    [
        (MODEL + "exmaples: []", "IR101", ("exmaples",), True, "did you mean `examples`?"),
        (MODEL + "x: 1", "IR101", ("x",), True, "`model`"),
        (OPTION % "{valeus: []}", "IR101", ("options", "ratio", "valeus"), True, "did you mean `values`?"),
        (EXAMPLE % "{expect: {}}", "IR102", ("examples", 0), True, "add `select:`"),
        (EXAMPLE % "{select: {}}", "IR102", ("examples", 0), True, "`expect:`"),
        (MODEL.replace("model: m", "model: 5"), "IR103", ("model",), False, 'write `"5"`'),
        (MODEL.replace("model: m", "model: false"), "IR103", ("model",), False, 'write `"false"`'),
        (MODEL.replace("model: m", "model: 1.5"), "IR103", ("model",), False, 'write `"1.5"`'),
        (OPTION % '{values: "1:1"}', "IR103", ("options", "ratio", "values"), False, 'write `["1:1"]`'),
        (OPTION % '{values: ["1:1", 5]}', "IR103", ("options", "ratio", "values", 1), False, 'write `"5"`'),
        (OPTION % '"1:1"', "IR103", ("options", "ratio"), False, 'write `{values: ["1:1"]}`'),
        (OPTION % '["1:1"]', "IR103", ("options", "ratio"), False, 'write `{values: ["1:1"]}`'),
        (OPTION % "{values: {a: 5}}", "IR103", ("options", "ratio", "values", "a"), False, "write `{credits: 5}`"),
        (OPTION % "{values: {a: A}}", "IR103", ("options", "ratio", "values", "a"), False, "write `{label: A}`"),
        (OPTION % '{values: {a: {credits: "5"}}}', "IR103", ("options", "ratio", "values", "a", "credits"), False, "write `5`"),
        (OPTION % '{values: {a: {credits: "0x10"}}}', "IR103", ("options", "ratio", "values", "a", "credits"), False, "`16`"),
        (OPTION % "{values: {a: {credits: []}}}", "IR103", ("options", "ratio", "values", "a", "credits"), False, "such as 5"),
        (EXAMPLE % "{select: {}, expect: {}, grants: member}", "IR103", ("examples", 0, "grants"), False, '`["member"]`'),
        (EXAMPLE % "{select: {}, expect: locked}", "IR103", ("examples", 0, "expect"), False, "write `{status: locked}`"),
        (EXAMPLE % "5", "IR103", ("examples", 0), False, "it takes `select`, `over`, `facts`, `grants`, `at` or `expect`"),
        ("- a", "IR103", (), False, "it takes `id`, `name`"),
        (MODEL.replace("model: m", "model:"), "IR104", ("model",), True, "write a value"),
        (OPTION % "{values: {a: }}", "IR104", ("options", "ratio", "values", "a"), True, "write `a: {}`"),
        (OPTION % "{values: [~]}", "IR104", ("options", "ratio", "values", 0), False, "write a value"),
        (MODEL.replace("{}", "{A: {values: []}}"), "IR105", ("options", "A"), True, "write `a`"),
        (OPTION % "{send: a b, values: []}", "IR105", ("options", "ratio", "send"), False, "write `a_b`"),
        (OPTION % "{label: {english: A}, values: []}", "IR105", ("options", "ratio", "label", "english"), True, "BCP 47"),
        (EXAMPLE % "{select: {}, expect: {status: lokced}}", "IR106", ("examples", 0, "expect", "status"), False, "`locked`?"),
        (EXAMPLE % "{select: {}, expect: {status: no}}", "IR106", ("examples", 0, "expect", "status"), False, "it takes"),
        (OPTION % "{values: {a: {credits: -1}}}", "IR107", ("options", "ratio", "values", "a", "credits"), False, "0 is the"),
        (
            OPTION % "{values: {a: {credits: 1e10}}}",
            "IR107",
            ("options", "ratio", "values", "a", "credits"),
            False,
            "is the maximum",
        ),
        (OPTION % '{label: "", values: []}', "IR107", ("options", "ratio", "label"), False, "write something"),
        (OPTION % "{label: {}, values: []}", "IR107", ("options", "ratio", "label"), False, "write something"),
    ],
)
def test_model(text: str, code: str, path: TreePath, on_key: bool, hint: str) -> None:  # noqa: FBT001  as a place says it
    """A mistake in a model file is one finding at its path, with a hint that says what to type."""
    (finding,) = _findings(text)
    assert (finding.code.id, finding.place.path, finding.place.on_key) == (code, path, on_key)
    assert hint in finding.hint


@pytest.mark.parametrize(
    ("text", "code", "path", "hint"),
    [
        ("language: 2\ntypes: {}", "IR107", ("language",), "1"),
        ('language: "1"\ntypes: {}', "IR103", ("language",), "write `1`"),
        ("language: true\ntypes: {}", "IR103", ("language",), "write a whole number"),
        (SHARED + "order: nano", "IR103", ("order",), 'write `["nano"]`'),
        (SHARED + "order: [Na no]", "IR105", ("order", 0), "write `na-no`"),
        (SHARED + "types_: {}", "IR101", ("types_",), "this block takes"),
        (
            TYPE % "fields: {a: {send: a, optional: yes}}",
            "IR103",
            ("types", "image", "fields", "a", "optional"),
            "write `true`",
        ),
        (TYPE % "fields: {a: {send: {b: 1}}}", "IR103", ("types", "image", "fields", "a", "send"), "write a path, or `false`"),
        (TYPE % "body: {a b: 1}", "IR105", ("types", "image", "body", "a b"), "write `a_b`"),
        (
            TYPE % "fields: {a: {send: a, text: {min: -1}}}",
            "IR107",
            ("types", "image", "fields", "a", "text", "min"),
            "0 is the",
        ),
        (SHARED + "gates: {member: {label: M}}", "IR102", ("gates", "member"), "opens_with"),
        (SHARED + "result: {main: {read: a}}", "IR102", ("result",), "state"),
    ],
)
def test_shared(text: str, code: str, path: TreePath, hint: str) -> None:
    """A mistake in the shared file is one finding at its path, with a hint that says what to type."""
    (finding,) = _findings(text, SharedSpec)
    assert (finding.code.id, finding.place.path) == (code, path)
    assert hint in finding.hint


def test_every_mistake_is_told() -> None:
    """One run reports all mistakes of a file, whatever their kinds."""
    text = "nmae: N\ntype: 5\nprovider: ''\noptions: {A: {values: 5}, b: {send: '.'}}\ngates: [{gate: a}]\n"
    assert {finding.code.id for finding in _findings(text)} == {"IR101", "IR102", "IR103", "IR105", "IR107"}


def test_a_slip_is_told_once() -> None:
    """A misspelt key is not reported a second time as a missing key."""
    (finding,) = _findings(MODEL.replace("provider", "provder"))
    assert (finding.code.id, finding.fix) == ("IR101", "provider")


def test_a_key_that_is_there_is_not_meant() -> None:
    """A hint never proposes a key that is already given."""
    (finding,) = _findings(MODEL + "modle: x\n")
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "not_says"),
    [
        (OPTION % "{values: {a: {credits: true}}}", "write `True`"),
        (OPTION % "{values: {a: {credits: unkown}}}", "such as 5"),
        (EXAMPLE % "{select: {ratio: {a: b}}, expect: {}}", "`unknown`"),
        (EXAMPLE % "{select: {}, expect: {status: [allowed]}}", "<list>"),
        (MODEL + "badges: New", 'write `["New"]`'),
        (MODEL.replace("provider: p", "provider:"), "delete the line"),
        (MODEL.replace("provider: p", "provider: ''"), "delete the line"),
        ("", "needs no details"),
    ],
)
def test_bad_advice(text: str, not_says: str) -> None:
    """A hint never proposes what would be the next mistake."""
    (finding,) = _findings(text)
    assert not_says not in f"{finding.message}; {finding.hint}"


def test_whole_numbers() -> None:
    """Where a whole number is expected, the hint proposes no decimal."""
    (finding,) = _findings(TYPE % "fields: {a: {send: a, text: {min: 1.5}}}", SharedSpec)
    assert "1.5" not in finding.hint


_VALUES = ["5", "1.5", "true", "~", "x", '""', "[]", "[a]", "{}", "{a: b}", "[{}]", "[[a]]"]
_FIELDS = [
    *(
        MODEL.replace(f"{name}: {value}", f"{name}: %s")
        for name, value in (("name", "N"), ("type", "image"), ("options", "{}"))
    ),
    MODEL + "badges: %s",
    MODEL + "badges: [%s]",
    MODEL + "badges: [{text: %s}]",
    MODEL + "$schema: %s",
    MODEL + "examples: %s",
    EXAMPLE,
    EXAMPLE % "{select: %s, expect: {}}",
    EXAMPLE % "{select: {a: %s}, expect: {}}",
    EXAMPLE % "{select: {}, expect: {credits: %s}}",
    EXAMPLE % "{select: {}, expect: {because: %s}}",
    OPTION,
    OPTION % "{values: %s}",
    OPTION % "{values: [%s]}",
    OPTION % "{values: {a: %s}}",
    OPTION % "{values: {a: {label: %s}}}",
    OPTION % "{values: {a: {label: {en: %s}}}}",
    OPTION % "{values: {a: {credits: %s}}}",
    OPTION % "{values: {a: {gate: %s}}}",
    OPTION % "{values: [], default: %s}",
]


@pytest.mark.parametrize("field", _FIELDS, ids=range(len(_FIELDS)))
def test_words_are_ours(field: str) -> None:
    """For any value in any place, each finding uses no word of pydantic, has a hint, and lies on a path of the tree."""
    for tree in [_tree(field % value) for value in _VALUES]:
        _, findings = bind(tree, ModelSpec)
        _assert_our_words(findings, tree)


def _assert_our_words(findings: Iterable[Finding], tree: Tree) -> None:
    for finding in findings:
        words = f"{finding.message}; {finding.hint}"
        assert not [word for word in PYDANTIC if word in words], words
        assert finding.hint, words
        assert finding.place.path in (tree.keys if finding.place.on_key and finding.place.path[-1:] != (0,) else tree.values)
