"""A moment is text in UTC to the second, whatever it was given as."""

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
    ("value", "said"),
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
def test_a_moment_is_written_one_way(value: Any, said: str | None) -> None:
    """A day is its first second, any time zone becomes UTC, and parts of a second are left out."""
    assert moment(value) == said


def test_only_moments_are_kept_and_not_many() -> None:
    """A text is read once, what is no moment is not kept, and whatever is asked, the memory does not grow beyond its bound."""
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
    ids=lambda each: ascii(each)[:30],
)
def test_no_other_text_is_a_moment(value: str) -> None:
    """A text is a day or a second in UTC to the letter, and the error shows the one that was given, cut short."""
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
    """A number of seconds, a day of another class, or text of another class, is none."""
    with pytest.raises(NoMoment, match="is not a moment; pass a datetime with a time zone, or a string"):
        moment(value)


def test_a_datetime_needs_a_time_zone() -> None:
    """Without a zone nobody knows which moment is meant, and the same where the zone answers nothing."""
    for value in (datetime(2026, 12, 1), datetime(2026, 12, 1, tzinfo=Zone(lambda: None))):  # noqa: DTZ001  it is the case
        with pytest.raises(NoMoment, match="with a time zone"):
            moment(value)


@pytest.mark.parametrize("value", [datetime(1, 1, 1, tzinfo=TOKYO), datetime(9999, 12, 31, 22, tzinfo=HALF)], ids=repr)
def test_the_years_have_an_end(value: datetime) -> None:
    """What lies outside the years in UTC is no moment."""
    with pytest.raises(NoMoment, match="outside the years 1 to 9999"):
        moment(value)


def test_who_catches_either_kind_catches_it() -> None:
    """It is an error of imgrules and a ValueError, as a caller of the catalog expects."""
    assert issubclass(NoMoment, ImgrulesError)
    assert issubclass(NoMoment, ValueError)


def test_what_a_stranger_raises_is_passed_on() -> None:
    """The time zone of a datetime is anybody's code; who reads a moment for a caller catches what it raises."""
    with pytest.raises(RuntimeError):
        moment(hostile("__class__"))


def test_moments_compare_as_texts_do() -> None:
    """The order of the texts is the order of time."""
    said = ["0005-01-01", "0999-12-31", "2026-11-30T23:59:59Z", "2026-12-01", "2026-12-01T00:00:01Z", "9999-12-31"]
    found = [str(moment(each)) for each in said]
    assert found == sorted(found)
