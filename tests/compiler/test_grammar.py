"""The grammar of the language page has every block and key of the spec, and defines every word that it uses."""

from __future__ import annotations

import re

import pytest

from imgrules.compiler.schemas.grammar import grammar
from imgrules.compiler.spec import bounds, model, shared, tables, types
from imgrules.compiler.spec.field_types import keys

GRAMMAR = grammar()
BLOCKS: set[type[types.Closed]] = {
    block
    for module in (types, tables, bounds, model, shared)
    for block in vars(module).values()
    if isinstance(block, type) and issubclass(block, types.Closed)
}
BASES = {
    *(types.Closed, tables.TableSpec, types.DatedSpec, types.RangeSpec, model.LimitedSpec),
    *(model.PickedSpec, model.ComputedSpec, model.ShownSpec),
}
"""Base classes of other blocks, which no key takes."""


def section(word: str) -> list[str]:
    """Return the lines of a block."""
    match = re.search(rf"^{word}\n((?:  .*\n)*)", GRAMMAR + "\n", re.MULTILINE)
    return match[1].splitlines() if match else []


@pytest.mark.parametrize("block", sorted(BLOCKS - BASES, key=repr), ids=lambda block: block.__name__)
def test_a_block_has_its_keys(block: type[types.Closed]) -> None:
    """A block lists its keys, with a question mark after each optional one."""
    files = {model.ModelSpec: "MODEL FILE", shared.SharedSpec: "_shared.yaml", shared.MessagesSpec: "_messages.yaml"}
    word = files.get(block) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", block.__name__.removesuffix("Spec")).upper()
    lines = [line for line in section(word) if re.match(r"  \S", line)]
    wanted = {field.alias or name: field.is_required() for name, field in block.model_fields.items()}
    assert [re.match(r"  (\w+)", line)[1] for line in lines] == keys(block)  # type: ignore[index]
    assert {re.match(r"  (\w+)", line)[1]: ("?:" not in line.split(" ")[2]) for line in lines} == {  # type: ignore[index]
        key: wanted[key] for key in keys(block)
    }


def test_every_word_has_its_line() -> None:
    """Every block and form that the grammar names is defined in it."""
    headings = {line.split("  ")[0] for line in GRAMMAR.splitlines() if re.match(r"\S", line)}
    blocks = set(re.findall(r"\b[A-Z][A-Z ]*[A-Z]\b", "\n".join(re.findall(r"^  \S+: (.*?)(?:  |$)", GRAMMAR, re.MULTILINE))))
    assert blocks <= headings
    assert {"label", "moment", "condition", "OPTION", "LIMIT", "FORMULA"} <= headings


@pytest.mark.parametrize(
    "line",
    [
        "  name?: label ",
        "  options?: {name: OPTION *} ",
        "  min?: number ",
        "gate names         name | [name *]",
        "label              text | {language tag: text *}",
        "note code          alias | snapped | ignored",
        "positive           number, at least 0.000001",
    ],
)
def test_a_line(line: str) -> None:
    """Names, lists, mappings, unions, enumerations, patterns and bounds are written in the notation of the page."""
    assert line in GRAMMAR
