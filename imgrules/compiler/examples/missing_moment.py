"""A moment for an example that has none although its model changes over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from imgrules.table.records import Model

MOST_TRIALS = 100
"""How many moments are tried for all examples of a model; it may have hundreds of changes, and a thousand examples."""


def fitting_moment(model: Model, passes: Callable[[str], bool], trials: Iterator[object]) -> str | None:
    """
    Return a moment (UTC) at which an example passes, else the first change of its model; None for a model without changes.

    `passes` says whether the example passes at a moment. It is called as often as `trials` has something left.
    """
    fitting = (at for at, _ in zip(_moments(model), trials, strict=False) if passes(at))
    return next(fitting, model.changes[0].at if model.changes else None)


def _moments(model: Model) -> Iterator[str]:
    """Yield a moment in each period between the changes of a model: the day before the first one, and then each of them."""
    for change in model.changes[:1]:
        begin = datetime.fromisoformat(change.at)
        if begin.toordinal() > 1:
            yield f"{(begin - timedelta(days=1)).isoformat()[:19]}Z"
    yield from (change.at for change in model.changes)
