"""Moments: UTC text to the second, which sorts as time does. Nothing here reads a clock."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted

EARLIEST = "0001-01-01T00:00:00Z"
"""The first moment that can be written: at or before every other one."""


class NoMoment(ImgrulesError, ValueError):  # noqa: N818  a public name
    """Raised if a program passed a value as a moment that is not one."""


def moment(value: Any) -> str | None:
    """
    Return a moment as the table writes it, such as `2026-12-01T09:00:00Z`; None for None.

    `value` is a `datetime` with a time zone, or text such as `2026-12-01` (its first second in UTC) or `2026-12-01T09:00:00Z`.

    Raises:
        NoMoment: the value is none of these, or outside the years 1 to 9999.

    """
    if value is None:
        return None
    if type(value) is str:
        return _of_text(value)
    datetime, utc = _datetime_and_utc()
    if type(value) is datetime and value.tzinfo is utc:
        return f"{value.isoformat()[:19]}Z"
    if not isinstance(value, datetime) or value.utcoffset() is None:
        wanted = "a datetime with a time zone, or a string such as 2026-12-01T09:00:00Z"
        raise NoMoment(f"{quoted(value)} is not a moment; pass {wanted}")
    try:
        # Called on the base class, because a subclass may override these methods.
        return str(datetime.strftime(datetime.astimezone(value, utc), "%Y-%m-%dT%H:%M:%SZ")).rjust(20, "0")
    except (OverflowError, ValueError) as error:
        raise NoMoment("in UTC, this moment is outside the years 1 to 9999") from error


def moment_words(moment: str) -> str:
    """Return a moment as people write it: midnight is the day alone, such as `2026-12-01`."""
    return moment.removesuffix("T00:00:00Z")


def is_moment(value: Any) -> bool:
    """Whether a value is a moment."""
    datetime, utc = _datetime_and_utc()
    # The frequent case: for this exact class and zone no further test is needed.
    if type(value) is datetime and value.tzinfo is utc:
        return True
    try:
        return moment(value) is not None
    except Exception:  # noqa: BLE001  the time zone of a datetime may be any code; `moment` says what is wrong
        return False


def is_usual(value: Any) -> bool:
    """Whether a value is a `str` or a `datetime` in UTC, not of a subclass, which may behave differently at each use."""
    return type(value) is str or is_datetime(value)


def is_datetime(value: Any) -> bool:
    """Whether a value is a `datetime` in UTC, not of a subclass."""
    datetime, utc = _datetime_and_utc()
    return type(value) is datetime and value.tzinfo is utc


def datetime_of(text: str) -> Any:
    """Return a moment, written as in a table, as a `datetime` in UTC."""
    return _datetime_and_utc()[0].fromisoformat(text)


@cache
def _datetime_and_utc() -> tuple[Any, Any]:
    from datetime import UTC, datetime  # noqa: PLC0415  rules without dates do not need it

    return datetime, UTC


@lru_cache(maxsize=1024)
def _of_text(text: str) -> str:
    """Return the moment that a text names; cached, which needs little memory: a valid text has at most 20 characters."""
    datetime, _ = _datetime_and_utc()
    whole = f"{text}T00:00:00Z" if len(text) == len("2026-12-01") else text
    try:
        read = datetime.fromisoformat(whole)
    except ValueError as error:
        raise NoMoment(f"{text[:40]!a} is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z") from error
    # `fromisoformat` accepts other notations of ISO 8601 as well, which are refused here.
    written = f"{read.isoformat()[:19]}Z"
    if written != whole:
        raise NoMoment(f"{text[:40]!a} is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z")
    return written
