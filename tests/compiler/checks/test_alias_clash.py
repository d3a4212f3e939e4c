"""An alias that is already in use is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("name: Nano", "aliases: nano\nname: Nano", "1:10 nano"),
        ("name: Nano", "aliases: [old, old]\nname: Nano", "1:16 old"),
        ("label: Basic", "aliases: high, label: Basic", "10:22 high"),
        ("label: Basic", "aliases: low, label: Basic", "10:22 low"),
        ("    values:\n", "    aliases: ratio\n    values:\n", "9:14 ratio"),
        ("    values:\n", "    aliases: prompt\n    values:\n", "9:14 prompt"),
        ("    values:\n", "    aliases: style\n    values:\n", "9:14 style"),
        ("    values:\n", "    aliases: {model: '2027-01-01'}\n    values:\n", "9:15 model"),
    ],
)
def test_real_names(places_of: Callable[..., list[str]], old: str, new: str, place: str) -> None:
    """An alias that is already the name of something else is reported."""
    assert places_of("IR231", (old, new)) == [f"nano.yaml:{place}"]


def test_shared_alias(places_of: Callable[..., list[str]]) -> None:
    """Two values, two options and two models cannot share an alias."""
    values = (("label: Basic", "aliases: top, label: Basic"), ("label: Premium", "aliases: [top], label: Premium"))
    options = (("    values: [", "    aliases: it\n    values: ["), ("    values:\n", "    aliases: it\n    values:\n"))
    other = {"other": [("name: Nano", "aliases: old\nname: Nano"), ("model: nano", "model: other")]}
    assert places_of("IR231", *values) == ["nano.yaml:11:24 top"]
    assert places_of("IR231", *options) == ["nano.yaml:10:14 it"]
    assert places_of("IR231", ("name: Nano", "aliases: old\nname: Nano"), others=other) == ["other.yaml:1:10 old"]


def test_fields(places_of: Callable[..., list[str]]) -> None:
    """An alias of a field clashes with no name of the shared file and with no option or alias of a model."""

    def alias(name: str) -> list[tuple[str, str]]:
        return [("text: {min: 1, max: 100}", f"text: {{min: 1, max: 100}}, aliases: {name}")]

    assert places_of("IR231", shared=alias("style")) == ["_shared.yaml:8:65 style"]
    assert places_of("IR231", shared=alias("quality")) == ["nano.yaml:8:3 quality"]
    assert places_of("IR231", ("    values: [", "    aliases: text\n    values: ["), shared=alias("text")) == [
        "nano.yaml:7:14 text"
    ]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Values of two different options may share an alias."""
    ratio = ('["16:9", "1:1"]', '{"16:9": {aliases: best}, "1:1": {}}')
    assert places_of("IR231", ratio, ("label: Premium", "aliases: best, label: Premium")) == []
