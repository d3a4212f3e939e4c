"""Compare what two versions of an option, or of a text, take by rule: which bounds are narrower, and which are wider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imgrules.table.exact import steps, subtract
from imgrules.table.measures import pair
from imgrules.table.options import Option
from imgrules.table.terms import Number, Numbers, Ratios, Sizes, Text
from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.space import Tried
from imgrules.views.diff.words import bounds_words

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
        if _is_shifted(old, new):
            return {"narrowed", "widened"}
        return _ends(old.min, new.min, -1) | _ends(old.max, new.max, 1) | _steps(old.step, new.step)
    if isinstance(old, Ratios) and isinstance(new, Ratios):
        return _ends(_quotient(old.min), _quotient(new.min), -1) | _ends(_quotient(old.max), _quotient(new.max), 1)
    if isinstance(old, Sizes) and isinstance(new, Sizes):
        return moved(old.edge, new.edge) | moved(old.area, new.area) | _optional(old.ratio, new.ratio)
    return _text(old, new)


def _text(old: Text, new: Text) -> set[str]:
    if (old.unit, old.also) != (new.unit, new.also):
        return {"narrowed", "widened"}
    return _ends(old.shortest, new.shortest, -1) | _ends(old.longest, new.longest, 1)


def _is_shifted(old: Numbers, new: Numbers) -> bool:
    """Whether the steps of both begin at numbers that are no whole number of steps apart."""
    step = new.step or old.step
    return step is not None and bool(steps(subtract(new.min or 0, old.min or 0), step)[1])


def _optional(old: Ratios | None, new: Ratios | None) -> set[str]:
    return moved(old or Ratios(), new or Ratios())


def _ends(old: Any, new: Any, sign: int) -> set[str]:
    """Compare two ends of a range, None for an open one; `sign` is 1 for the upper end."""
    if old == new:
        return set()
    if old is None or new is None:
        return {"narrowed" if old is None else "widened"}
    return {"widened" if (new > old) == (sign > 0) else "narrowed"}


def _steps(old: Number | None, new: Number | None) -> set[str]:
    if old == new:
        return set()
    if old is None or new is None:
        return {"narrowed" if old is None else "widened"}
    narrower, wider = not steps(new, old)[1], not steps(old, new)[1]
    return {"narrowed"} if narrower else {"widened"} if wider else {"narrowed", "widened"}


def _quotient(ratio: str | None) -> Any:
    sides = pair(ratio, ":")
    if sides is None:
        return None
    from fractions import Fraction  # noqa: PLC0415  few rules have bounds of a ratio

    return Fraction(*sides)
