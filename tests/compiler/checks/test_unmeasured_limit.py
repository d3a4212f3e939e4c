"""A limit on pixels is reported where a side may be absent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

OPTIONS = "options:\n  area: {of: [w, h], measure: pixels}\n  w: {send: w, number: {max: 9}, optional: true}\n  h: {send: h, number: {max: 9}"


@pytest.mark.parametrize(
    ("end", "limits", "wanted"),
    [
        ("}", "[{only: {area: {max: 9}}}]", ["w"]),
        (", optional: true}", "[{only: {area: {max: 9}}}]", ["w"]),
        (", optional: true}", "[{never: {area: {min: 9}}}]", ["w"]),
        (", optional: true}", "[{only: {area: {max: 9}}}, {when: {h: {not: (none)}}, needs: w}]", ["h"]),
        ("}", "[{only: {area: {max: 9}}}, {needs: w}]", []),
        ("}", "[{only: {w: {max: 9}}}]", []),
    ],
)
def test_sides(build_with: Callable[..., object], end: str, limits: str, wanted: list[str]) -> None:
    """The message names the side that may be absent; a side that some limit needs is not reported."""
    report = build_with(("options:", OPTIONS + end), ("examples:", f"limits: {limits}\nexamples:")).report  # type: ignore[attr-defined]
    messages = [diagnostic.message for diagnostic in report.diagnostics if diagnostic.code.id == "IR261"]
    assert [message.split("where `")[1].split("`")[0] for message in messages] == wanted
