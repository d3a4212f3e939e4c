"""A label that lacks a language is found."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build


def test_own(found: Callable[..., list[str]]) -> None:
    """A label of the model without a language of the file is pointed at."""
    assert found(
        "IR211",
        ("label: Basic", "label: {en: Basic, de: Einfach}"),
        ("label: Premium", "label: {en: Premium}"),
        ("  ratio:\n", "  ratio:\n    label: Ratio\n"),
        ("  quality:\n", "  quality:\n    label: Quality\n"),
    ) == ["nano.yaml:13:21 {en: Premium}", "nano.yaml:13:54 member"]


def test_borrowed(found: Callable[..., list[str]]) -> None:
    """An option whose shared label lacks a language of the file is pointed at."""
    assert found("IR211", ("name: Nano", "name: {en: Nano, de: Nano}")) == [
        "nano.yaml:6:3 ratio",
        "nano.yaml:8:3 quality",
        "nano.yaml:11:48 member",
    ]


def test_shared(found: Callable[..., list[str]]) -> None:
    """A shared label without a language of the shared file is pointed at."""
    assert found(
        "IR211",
        shared=[
            ("{en: Members only}", "{en: Members only, de: Nur für Mitglieder}"),
            ("{en: Quality}", "{en: Quality, de: Qualität}"),
        ],
    ) == ["_shared.yaml:10:22 {en: Ratio}"]


def test_refused(found: Callable[..., list[str]]) -> None:
    """The sentence that refuses a field is a label too."""
    assert found("IR211", shared=[("style: images have no style control", "style: {en: none, de: keine}")]) == [
        "_shared.yaml:10:22 {en: Ratio}",
        "_shared.yaml:11:24 {en: Quality}",
        "_shared.yaml:15:41 {en: Members only}",
    ]


def test_badges(found: Callable[..., list[str]]) -> None:
    """The text of a badge is a label too."""
    assert found(
        "IR211",
        ("name: Nano", "name: Nano\nbadges: [{text: {de: Neu}}]"),
        ("label: Basic", "label: Basic, badges: [{text: {en: New, de: Neu}}]"),
    ) == ["nano.yaml:2:17 {de: Neu}", "nano.yaml:7:3 ratio", "nano.yaml:9:3 quality", "nano.yaml:12:48 member"]


def test_no_shared_label(found: Callable[..., list[str]]) -> None:
    """A shared option without a label lacks nothing."""
    assert (
        found(
            "IR211",
            shared=[
                ("{label: {en: Quality}, send", "{send"),
                ("{en: Ratio}", "{en: Ratio, de: Format}"),
                ("{en: Members only}", "{en: Members only, de: Nur für Mitglieder}"),
            ],
        )
        == []
    )


def test_gate(found: Callable[..., list[str]]) -> None:
    """A gate whose label lacks a language of the file is told where it is used."""
    assert found(
        "IR211",
        ("name: Nano", "name: {en: Nano, de: Nano}"),
        ("  ratio:\n", "  ratio:\n    label: Ratio\n"),
        ("  quality:\n", "  quality:\n    label: Quality\n"),
    ) == ["nano.yaml:13:48 member"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """One text for everybody lacks no language."""
    assert found("IR211", ("label: Basic", "label: {en: Basic}")) == []


def test_half(found: Callable[..., list[str]]) -> None:
    """A plain label beside one in two languages is told: half of the row would be in another language."""
    told = found("IR211", ("label: Basic", "label: {en: Basic, de: Einfach}"))
    assert "nano.yaml:11:21 Premium" in told


def test_declared(built: Callable[..., Build]) -> None:
    """A language that the shared file declares is wanted of every translated label; a wider tag will do."""

    def told(languages: str) -> list[str]:
        edit = [
            ("language: 1", f"language: 1\nlanguages: [{languages}]"),
            ("label: {en: Ratio}, ", ""),
            ("label: {en: Quality}, ", ""),
        ]
        return [each.message for each in built(shared=edit).report.errors if each.code.id == "IR211"]

    assert told("en, fr") == ["this label has no `fr`, which `languages` lists"]
    assert told("en, en-GB") == []


def test_because(found: Callable[..., list[str]]) -> None:
    """The sentence of an option that is not always there is a label too."""
    edits = (
        ("    values: [", "    optional: true\n    when: {quality: low}\n    because: {en: no}\n    values: ["),
        ("label: Basic", "label: {en: Basic, de: Einfach}"),
        ("label: Premium", "label: {en: Premium, de: Premium}"),
    )
    assert "nano.yaml:9:14 {en: no}" in found("IR211", *edits)
