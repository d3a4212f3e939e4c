"""A label without one of the needed languages is reported."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build


def test_own(places_of: Callable[..., list[str]]) -> None:
    """A label of the model is reported that lacks a language which the file uses elsewhere."""
    assert places_of(
        "IR211",
        ("label: Basic", "label: {en: Basic, de: Einfach}"),
        ("label: Premium", "label: {en: Premium}"),
        ("  ratio:\n", "  ratio:\n    label: Ratio\n"),
        ("  quality:\n", "  quality:\n    label: Quality\n"),
    ) == ["nano.yaml:13:21 {en: Premium}", "nano.yaml:13:54 member"]


def test_borrowed(places_of: Callable[..., list[str]]) -> None:
    """An option is reported whose shared label lacks a language that the file uses."""
    assert places_of("IR211", ("name: Nano", "name: {en: Nano, de: Nano}")) == [
        "nano.yaml:6:3 ratio",
        "nano.yaml:8:3 quality",
        "nano.yaml:11:48 member",
    ]


def test_shared(places_of: Callable[..., list[str]]) -> None:
    """A shared label is reported that lacks a language which the shared file uses elsewhere."""
    assert places_of(
        "IR211",
        shared=[
            ("{en: Members only}", "{en: Members only, de: Nur für Mitglieder}"),
            ("{en: Quality}", "{en: Quality, de: Qualität}"),
        ],
    ) == ["_shared.yaml:10:22 {en: Ratio}"]


def test_shared_descriptions(places_of: Callable[..., list[str]]) -> None:
    """A shared description of an option or a field is checked like a shared label, unless the model has one of its own."""
    shared = [
        ("label: {en: Ratio}", "label: Ratio, description: {en: the shape}"),
        ("{en: Quality}", "Quality"),
        ("{en: Members only}", "Members only"),
        ("prompt: {send: prompt", "prompt: {description: {en: what to draw}, send: prompt"),
    ]
    named = ("name: Nano", "name: {en: Nano, de: Nano}")
    assert [place.partition(" ")[2] for place in places_of("IR211", named, shared=shared)] == ["name", "ratio"]
    own = ("name: Nano", "name: {en: Nano, de: Nano}\nfields: {prompt: {description: {en: draw, de: zeichne}}}")
    assert [place.partition(" ")[2] for place in places_of("IR211", own, shared=shared)] == ["ratio"]


def test_refused(places_of: Callable[..., list[str]]) -> None:
    """The reason of a refused field is checked like a label."""
    assert places_of("IR211", shared=[("style: images have no style control", "style: {en: none, de: keine}")]) == [
        "_shared.yaml:10:22 {en: Ratio}",
        "_shared.yaml:11:24 {en: Quality}",
        "_shared.yaml:15:41 {en: Members only}",
    ]


def test_badges(places_of: Callable[..., list[str]]) -> None:
    """The text of a badge is checked like a label."""
    assert places_of(
        "IR211",
        ("name: Nano", "name: Nano\nbadges: [{text: {de: Neu}}]"),
        ("label: Basic", "label: Basic, badges: [{text: {en: New, de: Neu}}]"),
    ) == ["nano.yaml:2:17 {de: Neu}", "nano.yaml:7:3 ratio", "nano.yaml:9:3 quality", "nano.yaml:12:48 member"]


def test_no_shared_label(places_of: Callable[..., list[str]]) -> None:
    """A shared option without a label is accepted."""
    assert (
        places_of(
            "IR211",
            shared=[
                ("{label: {en: Quality}, send", "{send"),
                ("{en: Ratio}", "{en: Ratio, de: Format}"),
                ("{en: Members only}", "{en: Members only, de: Nur für Mitglieder}"),
            ],
        )
        == []
    )


def test_gate(places_of: Callable[..., list[str]]) -> None:
    """A gate whose label lacks a language of the file is reported where it is used."""
    assert places_of(
        "IR211",
        ("name: Nano", "name: {en: Nano, de: Nano}"),
        ("  ratio:\n", "  ratio:\n    label: Ratio\n"),
        ("  quality:\n", "  quality:\n    label: Quality\n"),
    ) == ["nano.yaml:13:48 member"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A plain label is accepted where no label names a second language."""
    assert places_of("IR211", ("label: Basic", "label: {en: Basic}")) == []


def test_half(places_of: Callable[..., list[str]]) -> None:
    """A plain label beside one in two languages is reported: callers would see a mixture of languages."""
    places = places_of("IR211", ("label: Basic", "label: {en: Basic, de: Einfach}"))
    assert "nano.yaml:11:21 Premium" in places


def test_declared(build_with: Callable[..., Build]) -> None:
    """Every translated label needs each declared language, or a wider tag of it."""

    def messages(languages: str) -> list[str]:
        edit = [
            ("language: 1", f"language: 1\nlanguages: [{languages}]"),
            ("label: {en: Ratio}, ", ""),
            ("label: {en: Quality}, ", ""),
        ]
        return [diagnostic.message for diagnostic in build_with(shared=edit).report.errors if diagnostic.code.id == "IR211"]

    assert messages("en, fr") == ["this label is not translated into `fr`, which `languages` lists"]
    assert messages("en, en-GB") == []


def test_because(places_of: Callable[..., list[str]]) -> None:
    """The `because` of an option is checked like a label."""
    edits = (
        ("    values: [", "    optional: true\n    when: {quality: low}\n    because: {en: no}\n    values: ["),
        ("label: Basic", "label: {en: Basic, de: Einfach}"),
        ("label: Premium", "label: {en: Premium, de: Premium}"),
    )
    assert "nano.yaml:9:14 {en: no}" in places_of("IR211", *edits)
