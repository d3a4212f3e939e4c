"""A moment becomes text in UTC with a precision of one second, whatever type it was given as."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from imgrules import ImgrulesError
from imgrules.table.moments import NoMoment, _of_text, is_moment, moment
from tests.engine.hostile import Moment, Text, Zone, hostile

TOKYO = timezone(timedelta(hours=9))
HALF = timezone(timedelta(hours=-3, minutes=-30))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("2026-12-01", "2026-12-01T00:00:00Z"),
        ("2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("0001-01-01", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        (datetime(2026, 12, 1, 9, tzinfo=UTC), "2026-12-01T09:00:00Z"),
        (datetime(2026, 12, 1, 8, 59, 59, 999_999, tzinfo=UTC), "2026-12-01T08:59:59Z"),
        (datetime(2026, 1, 1, 8, tzinfo=TOKYO), "2025-12-31T23:00:00Z"),
        (datetime(2026, 12, 31, 21, tzinfo=HALF), "2027-01-01T00:30:00Z"),
        (datetime(5, 1, 1, tzinfo=UTC), "0005-01-01T00:00:00Z"),
        (datetime(999, 1, 1, tzinfo=UTC), "0999-01-01T00:00:00Z"),
        (Moment(2026, 7, 1, tzinfo=UTC), "2026-07-01T00:00:00Z"),
    ],
    ids=repr,
)
def test_a_moment_is_written_one_way(value: Any, expected: str | None) -> None:
    """A day becomes its first second, any time zone becomes UTC, and fractions of a second are dropped."""
    assert moment(value) == expected


def test_only_moments_are_kept_and_not_many() -> None:
    """A text is parsed once, an invalid one is not cached, and the cache does not grow beyond its bound."""
    _of_text.cache_clear()
    for _ in range(3):
        assert moment("2026-12-01") == "2026-12-01T00:00:00Z"
    assert _of_text.cache_info()[:2] == (2, 1)
    for wrong in ("soon", "2026-13-01", "2026-12-01 ", "x" * 10**6):
        assert not is_moment(wrong)
        assert not is_moment(wrong)
    assert _of_text.cache_info().currsize == 1
    for second in range(2000):
        start = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=second)
        assert moment(f"{start:%Y-%m-%dT%H:%M:%SZ}") == moment(start)
    assert _of_text.cache_info().currsize == _of_text.cache_info().maxsize == 1024


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "2026",
        "2026-13-01",
        "2026-02-29",
        "2026-00-01",
        "2026-1-1",
        "26-12-0100",
        "2026-12-01 ",
        " 2026-12-01",
        "2026-12-01\n",
        "2026-12-01T09:00Z",
        "2026-12-01T09:00:00",
        "2026-12-01T09:00:00z",
        "2026-12-01t09:00:00Z",
        "2026-12-01 09:00:00Z",
        "2026-12-01T09:00:00+00:00",
        "2026-12-01T09:00:00.5Z",
        "2026-12-01T24:00:00Z",
        "2026-12-01T23:59:60Z",
        "2026-12-01T9:00:00Z",
        "0000-01-01",
        "10000-01-01T00:00:00Z",
        "-2026-12-01",
        "\u0662\u0660\u0662\u0666-12-01",
        "2026\u201312\u201301",
        "now",
        "\ud800",
        "9" * 100_000,
        "2026-12-01T00:00:00ZT00:00:00Z",
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_no_other_text_is_a_moment(value: str) -> None:
    """Only the two documented spellings are moments, and the error quotes the given text, truncated."""
    with pytest.raises(NoMoment, match=r"is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z$") as error:
        moment(value)
    assert len(str(error.value)) < 320
    str(error.value).encode("utf-8")


@pytest.mark.parametrize(
    "value",
    [0, 1.5, True, b"2026-12-01", [], {}, date(2026, 12, 1), time(9, tzinfo=UTC), timedelta(1), Text("2026-12-01"), TOKYO],
    ids=repr,
)
def test_nothing_else_is_a_moment(value: Any) -> None:
    """Numbers, bytes, dates without a time, and subclasses of str are not moments."""
    with pytest.raises(NoMoment, match="is not a moment; pass a datetime with a time zone, or a string"):
        moment(value)


def test_a_datetime_needs_a_time_zone() -> None:
    """A datetime without a time zone, or whose zone has no offset, is not a moment."""
    for value in (datetime(2026, 12, 1), datetime(2026, 12, 1, tzinfo=Zone(lambda: None))):  # noqa: DTZ001  it is the case
        with pytest.raises(NoMoment, match="with a time zone"):
            moment(value)


@pytest.mark.parametrize("value", [datetime(1, 1, 1, tzinfo=TOKYO), datetime(9999, 12, 31, 22, tzinfo=HALF)], ids=repr)
def test_the_years_have_an_end(value: datetime) -> None:
    """A datetime that is outside the years 1 to 9999 in UTC is not a moment."""
    with pytest.raises(NoMoment, match="outside the years 1 to 9999"):
        moment(value)


def test_who_catches_either_kind_catches_it() -> None:
    """NoMoment is an ImgrulesError and a ValueError."""
    assert issubclass(NoMoment, ImgrulesError)
    assert issubclass(NoMoment, ValueError)


def test_what_a_stranger_raises_is_passed_on() -> None:
    """An exception that a value raises while it is read is passed on, to be caught by the caller of `moment`."""
    with pytest.raises(RuntimeError):
        moment(hostile("__class__"))


def test_moments_compare_as_texts_do() -> None:
    """Moments as texts sort in the order of time."""
    texts = ["0005-01-01", "0999-12-31", "2026-11-30T23:59:59Z", "2026-12-01", "2026-12-01T00:00:01Z", "9999-12-31"]
    moments = [str(moment(text)) for text in texts]
    assert moments == sorted(moments)
