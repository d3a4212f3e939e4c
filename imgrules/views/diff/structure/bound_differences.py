"""Compare what two versions of an option, or of a text, take by rule: which bounds are narrower, and which are wider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imgrules.table.exact import steps, subtract
from imgrules.table.measures import pair
from imgrules.table.options import Option
from imgrules.table.terms import Numbers, Ratios, Sizes, Text
from imgrules.views.diff.diff_words import bounds_words
from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.pair_space import Tried

_KINDS = ("number", "size", "ratio", "text", "many")


def bounds_drafts(name: str, old: Option, new: Option) -> Iterator[Draft]:
    """Yield what is different between the bounds of two versions of an option."""
    before, after = ([kind for kind in _KINDS if getattr(option, kind) is not None] for option in (old, new))

    def picked(tried: Tried) -> bool:
        return name in tried.selection or name in tried.facts

    words, path = (bounds_words(old), bounds_words(new)), ("options", name)
    if before != after:
        yield Draft("kind-changed", path, f"{name}: {words[0]} -> {words[1]}", *words, picked, picked)
        return
    moves = {move for kind in before for move in moved(getattr(old, kind), getattr(new, kind))}
    for move in sorted(moves):
        takes, gives = (picked, None) if move == "narrowed" else (None, picked)
        yield Draft(f"bounds-{move}", path, f"{name}: {words[0]} -> {words[1]}", *words, takes, gives)


def moved(old: Any, new: Any) -> set[str]:
    """Return how the new bounds compare with the old ones: `narrowed`, `widened`, both or neither."""
    if old == new:
        return set()
    if isinstance(old, Numbers) and isinstance(new, Numbers):
        return _ends(old.min, new.min, -1) | _ends(old.max, new.max, 1) | _grids(old, new)
    if isinstance(old, Ratios) and isinstance(new, Ratios):
        return _ends(_quotient(old.min), _quotient(new.min), -1) | _ends(_quotient(old.max), _quotient(new.max), 1)
    if isinstance(old, Sizes) and isinstance(new, Sizes):
        return moved(old.edge, new.edge) | moved(old.area, new.area) | _optional(old.ratio, new.ratio)
    return _text(old, new)


def _text(old: Text, new: Text) -> set[str]:
    if (old.unit, old.also) != (new.unit, new.also):
        return {"narrowed", "widened"}
    return _ends(old.shortest, new.shortest, -1) | _ends(old.longest, new.longest, 1)


def _grids(old: Numbers, new: Numbers) -> set[str]:
    """Compare the steps of two ranges, which begin at their least numbers, or at 0."""
    narrower, wider = not _lies_on(old, new), not _lies_on(new, old)
    return {move for move, differs in (("narrowed", narrower), ("widened", wider)) if differs}


def _lies_on(inner: Numbers, outer: Numbers) -> bool:
    """Whether each step of a range is also one of another range, as far as both go."""
    if outer.step is None or inner.step is None:
        return outer.step is None
    apart = subtract(inner.min or 0, outer.min or 0)
    return not steps(inner.step, outer.step)[1] and not steps(apart, outer.step)[1]


def _optional(old: Ratios | None, new: Ratios | None) -> set[str]:
    return moved(old or Ratios(), new or Ratios())


def _ends(old: Any, new: Any, sign: int) -> set[str]:
    """Compare two ends of a range, None for an open one; `sign` is 1 for the upper end."""
    if old == new:
        return set()
    if old is None or new is None:
        return {"narrowed" if old is None else "widened"}
    return {"widened" if (new > old) == (sign > 0) else "narrowed"}


def _quotient(ratio: str | None) -> Any:
    sides = pair(ratio, ":")
    if sides is None:
        return None
    from fractions import Fraction  # noqa: PLC0415  few rules have bounds of a ratio

    return Fraction(*sides)
