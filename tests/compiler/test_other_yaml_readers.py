"""Keywords of other languages are reported with the keyword of this one, or with where it is stated."""

from __future__ import annotations

import pytest

from imgrules.compiler.bind import bounds_meant, foreign_keywords
from imgrules.compiler.bind.bind import bind
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.source import Source
from imgrules.compiler.spec.field_types import keys
from imgrules.compiler.spec.model import ModelSpec, OptionSpec

MODEL = "name: N\ntype: image\nprovider: p\nmodel: m\noptions: {size: {send: s, %s}}\n"
SAME = [(kind, word, name) for kind, words in foreign_keywords.EQUIVALENTS.items() for word, name in words.items()]


def _findings(option: str) -> tuple[Finding, ...]:
    tree, _ = parse(Source("a.yaml", MODEL % option))
    assert tree is not None
    return bind(tree, ModelSpec)[1]


def test_the_table() -> None:
    """Each foreign keyword is mapped to a key of its block, and is no key of the block itself."""
    assert len(SAME) > 100
    assert [(kind, word) for kind, word, name in SAME if name not in keys(kind) or word in keys(kind)] == []


@pytest.mark.parametrize(
    ("option", "hint", "fix"),
    [
        ("enum: [a, b]", "did you mean `values`?", True),
        ("choices: {a: {}}", "did you mean `values`?", True),
        ("min: 1, max: 4", "write `number: {min: 1, max: 4}`", True),
        ("minimum: 1, maximum: 4, multipleOf: 1", "write `number: {min: 1, max: 4, step: 1}`", True),
        ("min: 0.5, max: 4", "write `number: {min: 0.5, max: 4, step: any}`", True),
        ("type: number, minimum: 0, maximum: 1", "write `number: {min: 0, max: 1, step: any}`", True),
        ("type: integer", "write `number: {}`", True),
        ("type: boolean", "write `values: [true, false]`", True),
        ("type: string", "write `text: {}`", True),
        ("type: string, max: 80", "put the bounds inside `text:`", False),
        ("type: integer, values: [a]", "delete it; `values:` already says what is taken", True),
        ("number: {}, max: 4", "put the bounds inside `number:`", False),
        ("values: [a], max: 4", "`values:` already says what is taken", False),
        ("max: 4", "put the bounds inside what the option takes: `number: {max: 4}`, `list: {max: 4}` or `text: {max: 4}`" + bounds_meant._OF_A_FIELD, False),
        ("number: {minimum: 1}", "did you mean `min`?", True),
        ("text: {max_length: 80}", "did you mean `max`?", True),
        ("number: {}, required: false", "write `optional: true`", True),
        ("number: {}, required: true", "delete `required: true`; an option without a default is required unless it is optional", True),
        ("number: {}, default: 1, required: false", "delete `required: false`; an option that is optional or has a default is not required", True),
        ("number: {}, default_value: 1", "did you mean `default`?", True),
        ("values: [a], if: {mode: edit}", "did you mean `when`?", True),
        ("values: [a], depends_on: mode", "use `when:` with an option and its value", False),
        ("values: [a], unless: {mode: edit}", "limits stand under `limits:`: `- {never: {size: {not: (none)}, mode: edit}}`", False),
        ("values: [a], requires: mode", "limits stand under `limits:`: `- {when: {size: {not: (none)}}, needs: mode}`", False),
        ("values: [a], price: 5", foreign_keywords._PRICE, False),
        ("values: [a], credits: 5", "put `credits` at the entries of `values`, not here", False),
        ("values: {a: {cost: 5}}", "did you mean `credits`?", True),
        ("values: {a: {pro: true}}", "use `gate:` with the name of a gate in _shared.yaml; a gate decides who may use something", False),
        ("values: [a], title: T", "did you mean `label`?", True),
        ("values: [a], examples: []", "`examples` belongs to an outer block: the top level of the file", False),
        ("values: [a], edge: {max: 4}", "put `edge` inside `size`", False),
        ("size: 1024x1024", "write `{min: 1, max: 4}`", None),
    ],
)  # fmt: skip
def test_said(option: str, hint: str, fix: bool | None) -> None:  # noqa: FBT001  a case
    """A foreign keyword, or several that state one kind of option, are one finding; it has an edit where the text is known."""
    findings = _findings(option)
    if fix is None:
        assert all(hint not in finding.hint for finding in findings)
        return
    (finding,) = findings
    assert (finding.hint, bool(finding.fix) or finding.fix == "") == (hint, fix)


def test_every_word_says_one_thing() -> None:
    """No foreign keyword has both a new name and an explanation in one block, except `value`."""
    explained = set(foreign_keywords._EXPLANATIONS)
    renamed = {word for kind, word, _ in SAME if kind is OptionSpec}
    assert explained & renamed <= {"value"}
