"""A price that was forgotten is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """A value without a price beside one with a price is pointed at."""
    assert found("IR208", (", credits: 8", "")) == ["nano.yaml:11:7 high"]


def test_unknown(found: Callable[..., list[str]]) -> None:
    """What is said to be unknown is no hole."""
    assert found("IR208", ("credits: 8", "credits: unknown")) == []


def test_silent(found: Callable[..., list[str]]) -> None:
    """No price at all is no hole."""
    assert found("IR208", (", credits: 8", ""), (", credits: 5}", "}"), (", credits: 5}", "}")) == []


def test_table(found: Callable[..., list[str]]) -> None:
    """A table that lacks a combination which is sold is told; one that is ruled out needs no price."""
    unpriced = (("low: {label: Basic, credits: 5}", "low: {label: Basic}"), ("credits: 8, ", ""))
    table = 'credits: {by: [ratio, quality], table: {"16:9": {low: 5}, "1:1": {low: 5, high: 8}}}\n'
    limit = 'limits: [{never: {ratio: "16:9", quality: high}}]\n'
    assert found("IR208", *unpriced, ("examples:\n", f"{table}examples:\n")) == ["nano.yaml:12:33 table"]
    assert found("IR208", *unpriced, ("examples:\n", f"{table}{limit}examples:\n")) == []
