"""Facts of the rules are in the rules alone: the code has no provider, model, value, grant or gate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from imgrules import load
from imgrules.table.terms import dotted

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "imgrules").rglob("*.py"))

UNAVOIDABLE = {
    ("cli/arguments/rules_and_picks.py", "quality"): "design.md section 6 names --ratio and --quality as short forms of --set",
    ("cli/emit.py", "prompt"): "design.md section 6 names --prompt as a short form of --set",
    ("cli/build.py", "output"): "--output says where a file goes; the word is a part of a wire path by chance",
    ("cli/schema.py", "output"): "as above",
    (
        "compiler/samples/sample_selections.py",
        "1:1",
    ): "the plainest shape there is; it is tried where only the bounds of a shape are known",
    ("engine/facts/tried_values.py", "1:1"): "a shape to try for a fact that is not stated, where its rule has no bounds",
    (
        "refusals/repairs/candidates.py",
        "1:1",
    ): "the plainest shape there is; it is proposed where only the bounds of a shape are known",
    ("testing/__init__.py", "16:9"): "an invented selection needs some shapes, of which these are the plainest",
    ("testing/__init__.py", "1:1"): "as above",
    ("testing/rule_files.py", "image"): "an invented rule set needs some name for its type",
    ("testing/model_parts.py", "style"): "the style of a badge is a key of the rule language",
    ("testing/rule_files.py", "upgrade"): "an invented gate needs some action",
    ("testing/shapes/options.py", "16:9"): "an invented option needs some shapes, of which these are the plainest",
    ("testing/shapes/options.py", "1:1"): "as above",
    ("testing/shapes/options.py", "9:16"): "as above",
    ("testing/shapes/options.py", "low"): "an invented option needs some words",
    ("testing/shapes/options.py", "high"): "an invented option needs some values",
}
"""Where a word of the rules is in the code, and why."""

OWN_WORDS = {
    "type": "a key of the rule language",
    "model": "the key of a selection that names the model, and a key of the rule language",
    "provider": "a key of the rule language",
    "language": "a key of the shared file, and a parameter",
    "ratio": "a kind of option of the rule language, a bound of sizes, and a short form of --set by design.md section 6",
    "failed": "a key of the rule language, under result.state",
}
"""Words of the rules that are also words of imgrules, and where they come from."""


def words_of_rules() -> set[str]:
    """Return every name and value of the packaged rules."""
    table = load().table
    models, kinds, gates = table.models.values(), table.types.values(), table.gates.values()
    result = table.result
    assert result is not None
    return {
        *table.models,
        *table.types,
        *table.gates,
        *chain.from_iterable(gate.opens_with for gate in gates),
        *(str(text) for gate in gates for text in (gate.icon, gate.action)),
        *chain.from_iterable(model.options for model in models),
        *chain.from_iterable(option.values for model in models for option in model.options.values()),
        *(str(send.constant) for model in models for send in model.body if send.name is None),
        *(name for model in models for send in model.body for name in (*map(str, send.path), dotted(send.path))),
        *(name for kind in kinds for name in (*kind.fields, *kind.refused)),
        *result.running,
        *result.succeeded,
        *result.failed,
        *chain.from_iterable(map(str, path) for path in (result.main, result.thumbnail) if path),
    }


def texts(path: Path) -> Iterator[str]:
    """Yield every text constant of a module, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


@cache
def words_in_code() -> set[tuple[str, str]]:
    """Return each module and word of the rules where the word alone is a text constant."""
    rule_words = words_of_rules() - set(OWN_WORDS)
    named = ((path.relative_to(ROOT / "imgrules").as_posix(), path) for path in MODULES)
    return {
        (name, text.removeprefix("--")) for name, path in named for text in texts(path) if text.removeprefix("--") in rule_words
    }


def test_no_word_of_the_rules_is_in_the_code() -> None:
    """Every word of the rules in the code is listed with a reason."""
    assert words_in_code() - set(UNAVOIDABLE) == set()


def test_no_reason_is_left_over() -> None:
    """Every listed exception is still needed."""
    assert set(UNAVOIDABLE) <= words_in_code()
    assert set(OWN_WORDS) <= words_of_rules()


@pytest.mark.parametrize("word", ["gpt-image-2", "gemini", "azure_openai", "4K", "16:9", "member", "aspect_ratio", "ready"])
def test_the_words_are_those_of_the_rules(word: str) -> None:
    """The search includes the facts of the design."""
    assert word in words_of_rules()
