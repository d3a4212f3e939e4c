"""Mistakes in a selection, one at a time, for any model; and values of unusual types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from bench.drawing import Drawing, Selection
from imgrules.table.records import MODEL

ODD: tuple[Any, ...] = (
    *(None, True, False, "", " ", "true", "x" * 5000, "{field} %s", "\ud83e", "fox \udd8a", "1x1", "0x0", "16:9", "999:1"),
    *(0, -1, 1, 2, 10**15, 10**400, 1.0, 2.0, 0.5, -0.0, 1e-9, 1e300, float("inf"), float("-inf")),
    *(Decimal(1), Decimal("0.50"), Decimal("1E+3"), Decimal("-Infinity"), 1j, b"high", date(2026, 1, 1)),
    *([], [None], [1], ["a"], ["a", "a"], ["\ud800"], [["a"]], ["a"] * 300, (), ("a",), {}, {"value": "low"}, frozenset({"a"})),
)
"""Values that only some options accept, and values that none accepts; each of them can be pickled."""

_UNKNOWN = ("nothing", "Ratio", "n", "seed ", "", "prompt_")


def other_value(drawing: Drawing, picked: Selection) -> None:
    """Pick another value of an option, or a near miss."""
    if not drawing.model.options:
        return
    option = drawing.random.choice([*drawing.model.options.values()])
    names = [*option.values, *option.gone, *(alias.name for alias in option.aliases)]
    near = [name + " " for name in names] + [name.swapcase() for name in names]
    picked[option.name] = drawing.value(option) if drawing.random.random() < 0.4 else drawing.random.choice([*names, *near, 7])


def odd_kind(drawing: Drawing, picked: Selection) -> None:
    """Give an option a value of another type."""
    names = [*picked, *drawing.model.options]
    picked[drawing.random.choice(names)] = drawing.random.choice(ODD)


def beyond_bounds(drawing: Drawing, picked: Selection) -> None:
    """Give a number, a size, a ratio or a list beyond usual bounds."""
    options = [
        option for option in drawing.model.options.values() if option.number or option.size or option.ratio or option.many
    ]
    if options:
        far = (-1, 10**9, 0.123, "8x8", "9999x16", "1:50", ["https://pictures.example/a.png"] * 40)
        picked[drawing.random.choice(options).name] = drawing.random.choice(far)


def missing(drawing: Drawing, picked: Selection) -> None:
    """Remove an entry."""
    del picked[drawing.random.choice([*picked])]


def unknown_field(drawing: Drawing, picked: Selection) -> None:
    """Add an unknown field."""
    picked[drawing.random.choice(_UNKNOWN)] = drawing.random.choice((7, "", None, "x"))


def refused_field(drawing: Drawing, picked: Selection) -> None:
    """Add a field of another kind of content, or a computed option."""
    computed = [option.name for option in drawing.model.options.values() if option.follows]
    names = [*drawing.refused, *computed, "voice_id"]
    picked[drawing.random.choice(names)] = drawing.random.choice(("anime", "", None, 0))


def odd_text(drawing: Drawing, picked: Selection) -> None:
    """Give a text that is not text, is empty, or contains an unpaired surrogate."""
    picked["prompt"] = drawing.random.choice(("", None, 5, ["a"], "A fox \ud83e", "\udd8a", "x" * 40_000))


def other_model(drawing: Drawing, picked: Selection) -> None:
    """Name an unknown model, or none."""
    wrong = (drawing.model.id.upper(), drawing.model.id[:-1], "dall-e-9", "", None, 2, [drawing.model.id])
    picked[MODEL] = drawing.random.choice(wrong)


def several(drawing: Drawing, picked: Selection) -> None:
    """Make two mistakes at once."""
    for change in drawing.random.sample(MISTAKES[:-1], 2):
        if picked:
            change(drawing, picked)


MISTAKES: tuple[Callable[[Drawing, Selection], None], ...] = (
    other_value,
    odd_kind,
    beyond_bounds,
    missing,
    unknown_field,
    refused_field,
    odd_text,
    other_model,
    several,
)
"""Every kind of mistake; each changes a selection, which now and then stays sound."""


def wrong(drawing: Drawing) -> Selection:
    """Return a selection with a mistake of one of the kinds."""
    picked = drawing.sound()
    drawing.random.choice(MISTAKES)(drawing, picked)
    return picked
