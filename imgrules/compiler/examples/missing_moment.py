"""A moment for an example that has none although its model changes over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from imgrules.table.records import Model

_MOST = 20
"""How many moments are tried for one example; a model may have thousands of changes."""


def fitting_moment(model: Model, passes: Callable[[str], bool]) -> str | None:
    """
    Return a moment (UTC) at which an example passes, else the first change of its model; None for a model without changes.

    `passes` says whether the example passes at a moment; it is called at most twenty times.
    """
    fitting = (at for at in islice(_moments(model), _MOST) if passes(at))
    return next(fitting, model.changes[0].at if model.changes else None)


def _moments(model: Model) -> Iterator[str]:
    """Yield a moment in each period between the changes of a model: the day before the first one, and then each of them."""
    for change in model.changes[:1]:
        begin = datetime.fromisoformat(change.at)
        if begin.toordinal() > 1:
            yield f"{(begin - timedelta(days=1)).isoformat()[:19]}Z"
    yield from (change.at for change in model.changes)
