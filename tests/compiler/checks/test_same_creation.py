"""Two models that send the same request are reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The later of two equal models is reported."""
    assert places_of("IR301", others={"other": [("name: Nano", "name: Other")]}) == ["other.yaml:4:8 nano"]


def test_three(places_of: Callable[..., list[str]]) -> None:
    """Of three equal models, the second and the third are reported."""
    assert places_of("IR301", others={"other": [], "third": []}) == ["other.yaml:4:8 nano", "third.yaml:4:8 nano"]


def test_constant_and_option(places_of: Callable[..., list[str]]) -> None:
    """A constant of one model equals an option of another one that can send the same; a third model with its own id differs."""
    always = [
        ("  quality:\n    values:\n      low: {label: Basic, credits: 5}\n", "body:\n  output.quality: low\n"),
        ("      high: {label: Premium, credits: 8, gate: member}\n", ""),
        ('{ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}', '{ratio: "1:1"}, expect: {status: allowed}'),
    ]
    other = [("model: nano", "model: third")]
    assert places_of("IR301", others={"other": always, "third": other}) == ["other.yaml:4:8 nano"]
    assert places_of("IR301", others={"other": [*always, ("quality: low", "quality: medium")], "third": other}) == []


def test_model_of_a_table(places_of: Callable[..., list[str]]) -> None:
    """A model id that depends on an option is compared for each of its values."""
    chosen = [("model: nano", 'model: {by: [ratio], table: {"16:9": wide, "1:1": nano}}')]
    assert places_of("IR301", others={"other": chosen}) == ['other.yaml:4:8 {by: [ratio], table: {"16:9": wide, "1:1": nano}}']


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Another model id of the provider is another request."""
    assert places_of("IR301", others={"other": [("model: nano", "model: other")]}) == []


def test_spelled_path(places_of: Callable[..., list[str]]) -> None:
    """A model that repeats the shared wire path sends the same request."""
    assert places_of("IR301", others={"other": [("  quality:\n", "  quality:\n    send: output.quality\n")]}) == [
        "other.yaml:4:8 nano"
    ]


def test_other_path(places_of: Callable[..., list[str]]) -> None:
    """Another wire path is another request."""
    assert places_of("IR301", others={"other": [("  quality:\n", "  quality:\n    send: q\n")]}) == []
