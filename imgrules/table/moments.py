"""Moments in UTC, to the second, as text that sorts as time does. Nothing here reads a clock."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from imgrules.errors import ImgrulesError


class NoMoment(ImgrulesError, ValueError):  # noqa: N818  it says what a value is not
    """A program gave something as a moment that is none."""


def moment(value: Any) -> str | None:
    """
    Return a moment as the table writes it; None stays None.

    Takes a `datetime` with a time zone, or text such as `2026-12-01` (its first second in UTC) or `2026-12-01T09:00:00Z`.

    Raises:
        NoMoment: it is none of these.

    """
    if value is None:
        return None
    if type(value) is str:
        return _of_text(value)
    datetime, utc = _classes()
    if type(value) is datetime and value.tzinfo is utc:
        return f"{value.isoformat()[:19]}Z"
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise NoMoment("a moment is a datetime with a time zone, or a string such as 2026-12-01T09:00:00Z")
    try:
        # By its own class a datetime may answer anything.
        return str(datetime.strftime(datetime.astimezone(value, utc), "%Y-%m-%dT%H:%M:%SZ")).rjust(20, "0")
    except (OverflowError, ValueError) as error:
        raise NoMoment("this moment is outside the years 1 to 9999") from error


def is_moment(value: Any) -> bool:
    """Return whether something is a moment."""
    datetime, utc = _classes()
    # What services pass again and again: its own class and zone leave nothing to be doubted.
    if type(value) is datetime and value.tzinfo is utc:
        return True
    try:
        return moment(value) is not None
    except Exception:  # noqa: BLE001  the time zone of a datetime is anybody's code; what is wrong is said by `moment`
        return False


def is_usual(value: Any) -> bool:
    """Return whether something is a moment of a kind that nobody can have changed: text, or a `datetime` in UTC."""
    return type(value) is str or is_datetime(value)


def is_datetime(value: Any) -> bool:
    """Return whether something is a `datetime` in UTC, of that class itself."""
    datetime, utc = _classes()
    return type(value) is datetime and value.tzinfo is utc


def datetime_of(text: str) -> Any:
    """Return the `datetime` that a moment of a table is."""
    return _classes()[0].fromisoformat(text)


@cache
def _classes() -> tuple[Any, Any]:
    from datetime import UTC, datetime  # noqa: PLC0415  rules without dates do not pay for it

    return datetime, UTC


@lru_cache(maxsize=1024)
def _of_text(text: str) -> str:
    """Return the moment that a text says; only one that says one is kept, and no such text has more than 20 characters."""
    datetime, _ = _classes()
    whole = f"{text}T00:00:00Z" if len(text) == len("2026-12-01") else text
    try:
        read = datetime.fromisoformat(whole)
    except ValueError as error:
        raise NoMoment(f"{text[:40]!a} is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z") from error
    # Much more is ISO 8601 than a table has.
    found = f"{read.isoformat()[:19]}Z"
    if found != whole:
        raise NoMoment(f"{text[:40]!a} is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z")
    return found
