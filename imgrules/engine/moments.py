"""Moments in UTC, to the second, as text that sorts as time does. Nothing here reads a clock."""

from __future__ import annotations

from functools import cache
from typing import Any

from imgrules.engine.errors import ImgrulesError


class NoMoment(ImgrulesError, ValueError):  # noqa: N818  it says what a value is not
    """A program gave something as a moment that is none."""


def moment(value: object) -> str | None:
    """
    Answer a moment as the table writes it; None stays None.

    Takes a `datetime` with a time zone, or text such as `2026-12-01` (its first second in UTC) or `2026-12-01T09:00:00Z`.

    Raises:
        NoMoment: it is none of these.

    """
    if value is None:
        return None
    from datetime import UTC, datetime  # noqa: PLC0415  rules without dates do not pay for it

    if type(value) is str:
        return _of_text(value, datetime)
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise NoMoment("a moment is a datetime with a time zone, or text such as 2026-12-01T09:00:00Z")
    try:
        # By its own class a datetime may answer anything.
        return datetime.strftime(datetime.astimezone(value, UTC), "%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (OverflowError, ValueError) as error:
        raise NoMoment("this moment lies outside the years 1 to 9999") from error


def is_moment(value: Any) -> bool:
    """Answer whether something is a moment."""
    datetime, utc = _classes()
    # What services pass again and again: its own class and zone leave nothing to be doubted.
    if type(value) is datetime and value.tzinfo is utc:
        return True
    try:
        return moment(value) is not None
    except Exception:  # noqa: BLE001  the time zone of a datetime is anybody's code; what is wrong is said by `moment`
        return False


@cache
def _classes() -> tuple[Any, Any]:
    from datetime import UTC, datetime  # noqa: PLC0415  rules without dates do not pay for it

    return datetime, UTC


def _of_text(text: str, datetime: type) -> str:
    whole = f"{text}T00:00:00Z" if len(text) == len("2026-12-01") else text
    try:
        read = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%SZ")  # type: ignore[attr-defined]
    except ValueError as error:
        raise NoMoment(f"{text[:40]!a} is no moment; write 2026-12-01 or 2026-12-01T09:00:00Z") from error
    found = read.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    if found != whole:
        raise NoMoment(f"{text[:40]!a} is no moment; write 2026-12-01 or 2026-12-01T09:00:00Z")
    return str(found)
