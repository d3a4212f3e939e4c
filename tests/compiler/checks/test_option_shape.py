"""An option states once what it takes, and has no key that would have no effect."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("{send: s}", "3 extra"),
        ("{send: s, number: {}, size: {}}", "32 size"),
        ("{send: s, number: {}, size: {}, ratio: {}}", "32 size"),
        ('{send: s, size: {}, ratio: {min: "1:2"}, snap: down}', "57 down"),
        ("{send: s, number: {}, values: [a], text: {}}", "45 text"),
        ("{send: s, values: [a], list: {}, text: {}}", "43 text"),
        ("{send: s, number: {}, because: why}", "32 because"),
        ("{send: s, number: {}, unit: 5}", "32 unit"),
        ("{send: s, number: {}, optional: true, default: 5}", "32 optional"),
        ("{send: s, values: [low, high], snap: nearest}", "41 snap"),
        ("{send: s, ratio: {}, snap: nearest}", "31 snap"),
        ('{send: s, ratio: {min: "1:2"}, snap: up}', "47 up"),
        ("{send: s, values: [8x8, 9x9], snap: down}", "46 down"),
        ("{of: [n], measure: total, optional: true}", "36 optional"),
        ("{of: [n, n]}", "11 of"),
        ("{of: {by: [quality], table: {low: a}}, measure: total}", "49 measure"),
        ("{of: {by: [quality], table: {low: a, high: b}}, values: [a]}", "47 high"),
        ("{of: {by: [quality], table: {low: a}}, values: {a: {max: 1}}}", "62 max"),
        ("{send: s, number: {}, measure: total}", "32 measure"),
        ("{of: [n], measure: total, unit: 5}", "36 unit"),
        ("{of: [n, n], measure: longest, unit: 5}", "41 unit"),
        ("{of: n, values: [a]}", "18 values"),
        ("{of: n, values: {a: {}}}", "27 a"),
        ("{send: s, values: {a: {min: 1}}}", "33 min"),
        ("{send: s, number: {}, values: {a: {credits: 5}}}", "45 credits"),
        ("{send: s, list: {}, values: {a: {gate: member}}}", "43 gate"),
        ('{of: n, values: {a: {max: 9, from: "2026-12-01"}}}', "39 from"),
    ],
)
def test_fires(places_of: Callable[..., list[str]], option: str, place: str) -> None:
    """A key that conflicts with the others is reported."""
    edit = _options(f"  extra: {option}\n  n: {{send: n, number: {{min: 0}}, optional: true}}")
    assert places_of("IR222", edit) == [f"nano.yaml:6:{place}"]


@pytest.mark.parametrize(
    "option",
    [
        "{send: s, number: {}, values: [auto]}",
        "{send: s, size: {}, ratio: {}}",
        "{send: s, size: {}, ratio: {}, values: [auto]}",
        "{send: s, list: {}, text: {max: 5}, optional: true}",
        "{send: s, list: {}, values: [a], optional: true}",
        '{send: s, values: ["1:1", "3:2"], snap: nearest}',
        '{send: s, values: ["1", "2"], snap: nearest}',
        "{send: s, size: {}, values: [auto], snap: nearest}",
        "{send: s, size: {}, snap: down}",
        '{send: s, values: ["1", "2"], snap: up}',
        '{send: s, ratio: {min: "1:2"}, snap: nearest}',
        "{of: n, values: {a: {max: 9, credits: 5, gate: member}}}",
        "{of: [n, n], measure: pixels, unit: 5}",
        "{send: s, values: [a], when: {quality: low}, because: why}",
    ],
)
def test_silent(places_of: Callable[..., list[str]], option: str) -> None:
    """Keys that may be combined are accepted."""
    assert places_of("IR222", _options(f"  extra: {option}\n  n: {{send: n, number: {{min: 0}}, default: 1}}")) == []
