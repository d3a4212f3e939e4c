"""A day that does not exist, and an end that is not after its start, are reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("name: Nano", 'until: "2026-02-29"\nname: Nano', '1:8 "2026-02-29"'),
        ("name: Nano", 'until: "2026-02-01T24:00:00Z"\nname: Nano', '1:8 "2026-02-01T24:00:00Z"'),
        ("name: Nano", 'aliases: {old: "2026-02-30"}\nname: Nano', '1:16 "2026-02-30"'),
        ("name: Nano", 'badges: [{text: New, from: "2026-00-01"}]\nname: Nano', '1:28 "2026-00-01"'),
        ("name: Nano", 'source: {url: "https://a.b", checked: "2026-01-32"}\nname: Nano', '1:39 "2026-01-32"'),
        ("- {select:", '- {at: "2026-04-31", select:', '13:10 "2026-04-31"'),
        ("credits: 8", 'aliases: {top: "2026-09-31"}, credits: 8', '11:45 "2026-09-31"'),
        ("credits: 8", 'from: "2026-12-01", until: "2026-12-01", credits: 8', '11:57 "2026-12-01"'),
        ("credits: 8", 'from: "2026-12-01", until: "2026-11-01", credits: 8', '11:57 "2026-11-01"'),
    ],
)
def test_fires(places_of: Callable[..., list[str]], old: str, new: str, place: str) -> None:
    """A moment that does not exist is reported under every key that takes one."""
    assert places_of("IR226", (old, new)) == [f"nano.yaml:{place}"]


def test_shared(places_of: Callable[..., list[str]]) -> None:
    """Moments of gates and of aliases of fields are checked too."""
    gate = ("opens_with: [member]", 'opens_with: [member], until: "2026-02-30"')
    field = ("text: {min: 1, max: 100}", 'text: {min: 1, max: 100}, aliases: {words: "2026-02-31"}')
    assert places_of("IR226", shared=[gate, field]) == ['_shared.yaml:8:73 "2026-02-31"', '_shared.yaml:15:41 "2026-02-30"']


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A leap day, and an end one second after the start, are accepted."""
    assert places_of("IR226", ("credits: 8", 'from: "2028-02-29", until: "2028-02-29T00:00:01Z", credits: 8')) == []
