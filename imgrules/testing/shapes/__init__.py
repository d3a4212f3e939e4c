"""Shapes beyond listed options: each function adds a part of the rule language to a model; errors of `check` undo it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from imgrules.testing.shapes import facts, names_and_time, options, pickers, prices, rules, tables, wire
from imgrules.testing.shapes.drawing import Model, Source

_Sound: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]

Shape: TypeAlias = Callable[[Source, Model], Model]

SHAPES: tuple[Shape, ...] = (
    options.number,
    options.size,
    options.ratio,
    options.size_or_ratio,
    options.shared_path,
    options.text,
    options.list_,
    options.pixels,
    options.sides,
    options.word_table,
    options.total,
    options.mode,
    options.optional,
    options.conditional,
    options.default_table,
    options.switch,
    options.spelled,
    options.row,
    tables.rows,
    wire.unsent_value,
    wire.unsent_word,
    wire.unsent_cell,
    wire.refused,
    rules.fields,
    rules.sources,
    rules.joint,
    rules.joint_again,
    prices.formula,
    prices.each,
    prices.alike,
    prices.promotion,
    prices.dated_price,
    rules.gates,
    names_and_time.dated_value,
    names_and_time.dated_model,
    names_and_time.aliases,
    facts.fact,
    facts.fact_in_words,
    facts.fact_sent,
    rules.request,
    pickers.shown,
    pickers.short,
    pickers.accepting,
)
"""Every shape; later ones build on earlier ones."""

_RARE = 204  # a byte is above it in one of five cases


@st.composite
def widened(  # noqa: PLR0913, PLR0917  a strategy takes its sources and its wish
    draw: DrawFn, model: Model, shared: Mapping[str, Any], has_no_errors: _Sound, amounts: SearchStrategy[Any], wanted: str = ""
) -> Model:
    """Draw the same model with some of the shapes added; the shape named `wanted` is added whenever it causes no error."""
    source = Source(draw, shared, amounts)
    # In the order of `SHAPES`: later shapes build on earlier ones.
    # One draw for all of them, since each draw costs time.
    chances = draw(st.binary(min_size=len(SHAPES), max_size=len(SHAPES)))
    drawn = zip(SHAPES, chances, strict=True)
    shapes = [shape for shape, chance in drawn if chance > _RARE or shape.__name__.rstrip("_") == wanted]
    return _added(source, model, shapes, has_no_errors)


def _added(source: Source, model: Model, shapes: list[Shape], has_no_errors: _Sound) -> Model:
    """Return the model with the shapes that cause no error: all at once, or else each half of them by itself."""
    wide = model
    for shape in shapes:
        wide = shape(source, wide)
    if not shapes or has_no_errors(source.shared, wide):
        return wide
    half = len(shapes) // 2
    return _added(source, _added(source, model, shapes[:half], has_no_errors), shapes[half:], has_no_errors) if half else model
