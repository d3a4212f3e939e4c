"""Turn the selections that a kind of change affects into findings: one for each value, or group of combinations, that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.table.terms import CREDITS
from imgrules.views.diff.behaviour.behaviour import Behaviour, Entry
from imgrules.views.diff.behaviour.told_apart import MOST_GROUPS, Texts, consistent, limited_to
from imgrules.views.diff.diff_records import ABSENT
from imgrules.views.diff.diff_words import amount_words, percent, percent_words, unit_words, value_words, when_words
from imgrules.views.diff.drafts import Draft
from imgrules.views.diff.pair_space import Row, Tried
from imgrules.views.regions import grouped

_MOST_PAIRS = 3  # the most prices of one combination, by numbers, by which it is told apart from others
_MOST_WHEN = 4  # the most options by which a change of what is sent is described
_MOST_WORK = 2_000_000  # the most comparisons of combinations for the findings of one kind

_OF_DEFAULTS = (
    "default-changed",
    "default-added",
    "default-removed",
    "computed-changed",
    "kind-changed",
)

When = Mapping[str, tuple[Any, ...]]


def behavioural_drafts(behaviour: Behaviour, causes: Iterable[Draft], currency: str = CREDITS) -> Iterator[Draft]:
    """Yield the findings about changed decisions; a selection whose change one of `causes` explains is counted for that one only."""
    causes = list(causes)
    for (kind, about), changed in behaviour.changes.items():
        if kind in {"impossible", "possible"}:
            entries = [entry for entry in changed if not _explained(entry[0], kind, causes)]
            yield from _drafts(
                f"combination-{'removed' if kind == 'impossible' else 'added'}", about, entries, behaviour, currency
            )
        elif kind not in {"locked", "opened"} and not (kind == "default-changed" and _tells_default(causes, about)):
            yield from _drafts(kind, about, changed, behaviour, currency)


def _tells_default(causes: Iterable[Draft], option: str) -> bool:
    """Whether a difference of the rules already says that an option is something else where nobody picks it."""
    return any(cause.path[:2] == ("options", option) and cause.id in _OF_DEFAULTS for cause in causes)


def _explained(tried: Tried, kind: str, causes: Iterable[Draft]) -> bool:
    explains = ((cause.takes if kind == "impossible" else cause.gives) for cause in causes)
    return any(explain(tried) for explain in explains if explain is not None)


def counted(draft: Draft, behaviour: Behaviour) -> int:
    """Return how many selections become impossible, or possible, by a difference."""
    count = len(behaviour.changes.get((draft.id, draft.path[1]), ())) if draft.id == "default-changed" else 0
    for kind, explain in (("impossible", draft.takes), ("possible", draft.gives)):
        if explain is not None:
            count += sum(explain(entry[0]) for entry in behaviour.changes.get((kind, ""), ()))
    return count


def _drafts(kind: str, about: str, entries: list[Entry], behaviour: Behaviour, currency: str) -> Iterator[Draft]:
    by_row: dict[Row, list[Entry]] = {}
    for entry in entries:
        by_row.setdefault(entry[0].row, []).append(entry)
    # A change of an answer is told of the selections that both sides answer, one of what is possible of all.
    possible = behaviour.rows if kind.startswith("combination") else behaviour.shared
    names = behaviour.names
    changed = {row: {entry[0].texts for entry in of_row} for row, of_row in by_row.items()}
    details = consistent({row: _detail(kind, of_row) for row, of_row in by_row.items()}, changed, possible)
    for when, rows in _parts(details, tuple(possible)):
        others = set[Texts]().union(*(possible[row] - changed[row] for row in rows))
        affected = set[Texts]().union(*(changed[row] for row in rows))
        for limits, texts in limited_to(names, affected, others - affected):
            told = [entry for row in rows for entry in by_row[row] if entry[0].texts in texts]
            limited = ((name, values) for name, values in behaviour.others.items() if name in limits)
            described = {**when, **{name: _named(values, limits[name]) for name, values in limited}}
            if kind == "default-changed":
                described.pop(about, None)  # that it is not picked is what the finding is about
            if len(described) > _MOST_WHEN and kind.startswith("sent"):
                # A sample varies many options together; what is sent at a path names the change better than all of them.
                described = {}
            yield _draft(kind, about, described, told, currency)


def _named(values: Iterable[Any], texts: set[str]) -> tuple[Any, ...]:
    return tuple(value for value in values if repr(value) in texts)


def _detail(kind: str, entries: list[Entry]) -> str:
    """Return what findings of a kind are told apart by: what was before and is after, where that is a price or the like."""
    if not kind.startswith(("price", "regular", "provider", "request")):
        return ""
    pairs = sorted({repr(entry[1:]) for entry in entries})
    return repr(pairs) if len(pairs) <= _MOST_PAIRS else ""


def _parts(details: Mapping[Row, str], whole: tuple[Row, ...]) -> list[tuple[When, list[Row]]]:
    """Return the parts in which some combinations are told, each with the values that describe it; one of all if too many."""
    # Sorted, so that the comparison in the other direction has the same parts.
    axes = tuple(sorted({name for row in whole for name, _ in row}))
    points = {tuple(dict(row).get(name) for name in axes): row for row in sorted(whole, key=repr)}
    kinds = len(set(details.values()))
    if not details or kinds > MOST_GROUPS or kinds * len(whole) * len(axes) > _MOST_WORK:
        return [({}, list(details))] if details else []
    parts: list[tuple[When, list[Row]]] = []
    shown = {name: tuple(dict.fromkeys(dict(row).get(name) for row in whole)) for name in axes}
    changes = [(point, details[row]) for point, row in points.items() if row in details]
    for detail, box in grouped(axes, changes, list(points)):
        inside = (row for point, row in points.items() if box.holds(dict(zip(axes, point, strict=True))))
        when = {name: tuple(value for value in shown[name] if value in values) for name, values in box.when.items()}
        parts += _by_value(when, [row for row in inside if details.get(row) == detail])
    places = {row: place for place, row in enumerate(whole)}
    parts.sort(key=lambda part: min(places[row] for row in part[1]))
    return parts if len(parts) <= MOST_GROUPS else [({}, list(details))]


def _by_value(when: When, rows: list[Row]) -> Iterator[tuple[When, list[Row]]]:
    """Yield a part for each value where they are values of one option, so that each leads to its own line."""
    if len(when) != 1:
        yield when, rows
        return
    ((name, values),) = when.items()
    for value in values:
        yield {name: (value,)}, [row for row in rows if dict(row).get(name) == value]


def _draft(kind: str, about: str, when: When, entries: list[Entry], currency: str) -> Draft:
    olds, news = ([entry[side] for entry in entries] for side in (1, 2))
    changes = [change for _, old, new in entries if kind.startswith("price") and (change := percent(old, new)) is not None]
    least, most = (min(changes), max(changes)) if changes else (None, None)
    old, new = (_one_or_range(values) for values in (olds, news))
    by = f" ({percent_words(least, most)})" if changes else ""
    message = f"{when_words(when) or _all(kind)}: {_what(kind, about, (olds, news), by, currency)}"
    return Draft(kind, _path(kind, about, when), message, old, new, None, None, None, len(entries), least, most, when)


def _all(kind: str) -> str:
    return (
        "some selections" if kind.startswith("combination") else "every selection" if kind.startswith("gate") else "the model"
    )


def _path(kind: str, about: str, when: When) -> tuple[str, ...]:
    """Return the path of a change: of the one value that it is about, else of the option, else of the part of the model."""
    if kind.startswith(("sent", "provider")):
        return ("body", *([about] if about else []))
    if kind == "request-changed":
        return ("request",)
    if kind == "default-changed":
        return ("options", about, "default")
    if len(when) == 1:
        ((name, values),) = when.items()
        listed = len(values) == 1 and isinstance(values[0], str | bool)
        return ("options", name, "values", str(values[0])) if listed else ("options", name)
    return {"price": ("credits",), "gate": ("gate",), "combination": ("limits",)}.get(kind.partition("-")[0], ())


def _one_or_range(values: list[Any]) -> Any:
    """Return the value that all are, or a list of the least and the greatest, or of the first ones."""
    if any(isinstance(value, tuple) and value is ABSENT for value in values):
        return None
    unique = list({repr(value): value for value in values}.values())
    if len(unique) == 1:
        return unique[0]
    if all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in unique):
        return [min(unique), max(unique)]
    return unique[:4]


def _what(kind: str, about: str, sides: tuple[list[Any], list[Any]], by: str, currency: str) -> str:
    """Return what a change is, as the end of a sentence."""
    old, new = sides[0][0], sides[1][0]
    if kind.startswith(("price", "regular")):
        return _price(kind, *sides, by, currency)
    fixed = {
        "combination-added": "can be picked",
        "combination-removed": "can no longer be picked",
        "gate-added": f"now locked by `{about}`",
        "gate-removed": f"no longer locked by `{about}`",
        "gate-changed": f"locked by `{new}` in place of `{old}`",
        "sent-moved": f"sent at {new} in place of {old}",
        "request-changed": f"sent to {value_words(new)} in place of {value_words(old)}",
        "default-changed": f"{about} is {value_words(new)} in place of {value_words(old)} where nothing is picked{_more(*sides)}",
        "sent-added": f"{about} is sent, as {value_words(new)}",
        "sent-removed": f"{about} is no longer sent; it was {value_words(old)}",
    }
    return fixed.get(kind) or f"{about} is sent as {value_words(new)} in place of {value_words(old)}{_more(*sides)}"


def _price(kind: str, olds: list[Any], news: list[Any], by: str, currency: str) -> str:
    if kind in {"price-estimated", "price-exact"}:
        return f"{_amounts(olds)}{unit_words(olds[0], currency)} is {'an estimate' if kind.endswith('ed') else 'exact'} now"
    if kind.startswith("price"):
        return f"{_amounts(olds)} -> {_amounts(news)}{unit_words(news[0], currency)}{by}"
    if olds == news:
        return f"regular price {_amounts(olds)}{unit_words(olds[0], currency)} is an estimate on one side alone"
    return f"regular price {_amounts(olds, 'none')} -> {_amounts(news, 'none')}{unit_words(news[0], currency)}"


def _amounts(values: list[Any], nothing: str = "unknown") -> str:
    known = sorted({value for value in values if value is not None})
    ends = known if len(known) <= 1 else [known[0], known[-1]]
    return " to ".join(map(amount_words, ends)) or nothing


def _more(olds: list[Any], news: list[Any]) -> str:
    others = len({(repr(old), repr(new)) for old, new in zip(olds, news, strict=True)}) - 1
    return f", and {others} more" if others else ""
