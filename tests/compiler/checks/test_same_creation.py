"""Two models that send the same are found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The later of two equal models is pointed at."""
    assert places_of("IR301", others={"other": [("name: Nano", "name: Other")]}) == ["other.yaml:4:8 nano"]


def test_three(places_of: Callable[..., list[str]]) -> None:
    """Each of three equal models but the first is pointed at."""
    assert places_of("IR301", others={"other": [], "third": []}) == ["other.yaml:4:8 nano", "third.yaml:4:8 nano"]


def test_constant_and_option(places_of: Callable[..., list[str]]) -> None:
    """What one model always sends is what another one may be asked to send; a third with another model is neither."""
    always = [
        ("  quality:\n    values:\n      low: {label: Basic, credits: 5}\n", "body:\n  output.quality: low\n"),
        ("      high: {label: Premium, credits: 8, gate: member}\n", ""),
        ('{ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}', '{ratio: "1:1"}, expect: {status: allowed}'),
    ]
    other = [("model: nano", "model: third")]
    assert places_of("IR301", others={"other": always, "third": other}) == ["other.yaml:4:8 nano"]
    assert places_of("IR301", others={"other": [*always, ("quality: low", "quality: medium")], "third": other}) == []


def test_model_of_a_table(places_of: Callable[..., list[str]]) -> None:
    """A model that an option chooses is the other one where it chooses that."""
    chosen = [("model: nano", 'model: {by: [ratio], table: {"16:9": wide, "1:1": nano}}')]
    assert places_of("IR301", others={"other": chosen}) == ['other.yaml:4:8 {by: [ratio], table: {"16:9": wide, "1:1": nano}}']


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Another model of the provider is another creation."""
    assert places_of("IR301", others={"other": [("model: nano", "model: other")]}) == []


def test_spelled_path(places_of: Callable[..., list[str]]) -> None:
    """The shared wire path, spelled out, is the same creation."""
    assert places_of("IR301", others={"other": [("  quality:\n", "  quality:\n    send: output.quality\n")]}) == [
        "other.yaml:4:8 nano"
    ]


def test_other_path(places_of: Callable[..., list[str]]) -> None:
    """Another wire path is another creation."""
    assert places_of("IR301", others={"other": [("  quality:\n", "  quality:\n    send: q\n")]}) == []
