"""An example that comes out otherwise is found."""

from __future__ import annotations

from collections.abc import Callable


def test_status(found: Callable[..., list[str]]) -> None:
    """A wrong status is pointed at."""
    assert found("IR401", ("status: allowed", "status: locked")) == ["nano.yaml:13:61 locked"]


def test_credits(found: Callable[..., list[str]]) -> None:
    """A wrong price is pointed at."""
    assert found("IR401", ("credits: 5}}", "credits: 6}}")) == ["nano.yaml:13:79 6"]


def test_every_difference(found: Callable[..., list[str]]) -> None:
    """An example that fails is told once, at the first expectation that does not hold."""
    assert found("IR401", ("status: allowed, credits: 5}}", "status: locked, gate: member, because: not_offered}}")) == [
        "nano.yaml:13:61 locked",
    ]


def test_grants(found: Callable[..., list[str]]) -> None:
    """An example is decided with the grants that it names."""
    assert (
        found(
            "IR401",
            (
                "quality: low}, expect: {status: allowed, credits: 5}",
                "quality: high}, grants: [member], expect: {status: allowed, credits: 8}",
            ),
        )
        == []
    )


def test_no_price(found: Callable[..., list[str]]) -> None:
    """What is impossible has no price, not even an unknown one."""
    assert found(
        "IR401",
        (
            'ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}',
            'ratio: "9:9", quality: low}, expect: {credits: unknown}',
        ),
    ) == ["nano.yaml:13:62 unknown"]


def test_exact(found: Callable[..., list[str]]) -> None:
    """A price is compared exactly, whatever its form."""
    assert found("IR401", ("credits: 5}\n", "credits: 0.30}\n"), ("credits: 5}}", "credits: 0.3}}")) == []


def test_silent(found: Callable[..., list[str]]) -> None:
    """An example that comes out as expected is fine."""
    assert found("IR401") == []
