"""What a copy of a cookbook file must not state as its own: amounts in another currency, and documents that others read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from imgrules.cli.starting.edits import Edit

if TYPE_CHECKING:
    from imgrules.compiler.read.tree import Tree
    from imgrules.compiler.spec.model import ModelSpec


def without_amounts(text: str, tree: Tree, spec: ModelSpec, currency: str) -> Iterator[Edit]:
    """
    Yield the edits that make every amount of a file blank, with a comment of what it was in its currency.

    Examples expect `unknown` in its place. What is 0 or unknown is so in every currency, and stays.
    """
    from imgrules.compiler.spec.amounts import amounts  # noqa: PLC0415  only this loads the compiler

    paths = [path for path, amount in amounts(spec) if amount not in (0, "unknown")]
    expected = {path for path in paths if path[0] == "examples"}
    yield from ((*tree.values[path], "unknown") for path in expected)
    blanks = sorted(tree.values[path] for path in paths if path not in expected)
    yield from ((start, end, "") for start, end in blanks)
    for line_end, spans in groupby(blanks, lambda span: _line_end(text, span.end)):
        was = ", ".join(text[slice(*span)] for span in spans)
        last = max(end for _, end in tree.values.values() if end <= line_end)
        yield line_end, line_end, f"{';' if '#' in text[last:line_end] else ' #'} {was} {currency} in the cookbook"


def without_sources(text: str, tree: Tree, spec: ModelSpec) -> Iterator[Edit]:
    """Yield the edits that make a comment of every `source` that stands in lines of its own."""
    from imgrules.compiler.spec.model import LimitedSpec  # noqa: PLC0415  as above
    from imgrules.compiler.spec.walk import walk  # noqa: PLC0415

    for path, block in walk(spec, LimitedSpec):
        key = tree.keys.get((*path, "source"))
        begin = 0 if key is None else text.rfind("\n", 0, key.start) + 1
        indent = "" if key is None else text[begin : key.start]
        if key is None or indent.strip():
            continue
        lines = text[begin : _line_end(text, tree.values[*path, "source"].end)].split("\n")
        commented = (f"\n{indent}# {line.removeprefix(indent)}" for line in lines)
        read = f"{indent}# The cookbook was read from this; state as `source` what you read yourself, and when."
        yield begin, begin + len("\n".join(lines)), read + "".join(commented)
        if block.model_fields_set == {"source"}:
            end = tree.keys[path].end + len(":")
            yield end, end, " {}"  # nothing else is said of the value


def _line_end(text: str, start: int) -> int:
    return text.index("\n", start)
