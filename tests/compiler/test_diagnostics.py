"""A finding gets its place, and a report is sorted."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from imgrules.cli.printing.style import Style
from imgrules.cli.render import concise, json_document, text
from imgrules.compiler.build import Build
from imgrules.compiler.report.diagnostics import Code, Diagnostic, Report, Severity, in_order, spot
from imgrules.compiler.source import Source, Span

ERROR = Code("IR901", "an-error", Severity.ERROR, "\na title\n\nWhat: more\n")
WARNING = Code("IR900", "a-warning", Severity.WARNING, "another title")


def _at(file: str, start: int, code: Code = ERROR) -> Diagnostic:
    return Diagnostic(code, "a message", spot(Source(file, "abc\ndef\n"), Span(start, start + 1)))


def test_summary() -> None:
    """The summary of a code is the title of its page."""
    assert (ERROR.summary, WARNING.summary) == ("a title", "another title")


def test_spot() -> None:
    """A spot has the file, the place, and the line without its line end."""
    place = spot(Source("a.yaml", "abc\r\ndé👍f\r\n"), Span(6, 8), "here")
    assert (place.file, place.start, place.end, place.excerpt, place.label) == ("a.yaml", (2, 2), (2, 4), "dé👍f", "here")


def test_spot_of_two_lines() -> None:
    """A spot over several lines shows the line in which it begins."""
    place = spot(Source("a.yaml", "abc\ndef"), Span(1, 6))
    assert (place.start, place.end, place.excerpt) == ((1, 2), (2, 3), "abc")


def test_spot_at_the_end() -> None:
    """The end of a text is a place, and so is the start of an empty one."""
    assert spot(Source("a.yaml", "abc\n"), Span(4, 4)).start == (2, 1)
    assert spot(Source("a.yaml", ""), Span(0, 0)).start == (1, 1)


def test_in_order() -> None:
    """Diagnostics are sorted by file as listed, then place, then code, and deduplicated."""
    diagnostics = [_at("b", 0), _at("a", 5), _at("a", 1), _at("a", 1, WARNING), _at("a", 5)]
    order = in_order(diagnostics, ["b", "a"])
    assert [(diagnostic.spot.file, diagnostic.spot.span.start, diagnostic.code.id) for diagnostic in order] == [
        ("b", 0, "IR901"),
        ("a", 1, "IR900"),
        ("a", 1, "IR901"),
        ("a", 5, "IR901"),
    ]


def test_report() -> None:
    """A report separates errors from warnings."""
    report = Report((_at("a", 0), _at("a", 1, WARNING)))
    assert report.errors == (_at("a", 0),)
    assert report.of(Severity.WARNING) == (_at("a", 1, WARNING),)


def test_values_are_frozen() -> None:
    """A diagnostic cannot be changed."""
    with pytest.raises(FrozenInstanceError):
        _at("a", 0).message = "another"  # type: ignore[misc]  # that is what is tested


def test_equal_findings_are_one(build_with: Callable[..., Build]) -> None:
    """Equal findings at several places of one file are one diagnostic, with all the places and all the edits."""
    report = build_with(('["16:9", "1:1"]', "[n, m]"), ('ratio: "1:1"', "ratio: n"), ("name: Nano", "name: n")).report
    (diagnostic,) = [diagnostic for diagnostic in report.diagnostics if diagnostic.code.id == "IR030"]
    assert [(place.start.line, place.start.column) for place in (diagnostic.spot, *diagnostic.more)] == [
        (1, 7),
        (7, 14),
        (13, 22),
    ]
    assert [edit.text for edit in diagnostic.edits] == ['"n"'] * 3
    assert diagnostic.fix == '"n"'
    assert "= and 2 more like this: 7:14, 13:22\n" in text.render(report, Style(io.StringIO(), "never"))
    assert " [and 2 more like this: 7:14, 13:22]\n" in concise.render(report, Style(io.StringIO(), "never"))
    (document,) = [
        diagnostic
        for diagnostic in json.loads(json_document.render(report, Style(io.StringIO(), "never")))["diagnostics"]
        if diagnostic["code"] == "IR030"
    ]
    assert [place["line"] for place in document["more"]] == [7, 13]
    assert [edit["text"] for edit in document["fix"]["edits"]] == ['"n"'] * 3


def test_many_places(build_with: Callable[..., Build]) -> None:
    """Of many places the text form names a few; the diagnostic has all of them."""
    report = build_with(("expect:", f"grants: [{', '.join(['n'] * 20)}], expect:")).report
    (diagnostic,) = [diagnostic for diagnostic in report.diagnostics if diagnostic.code.id == "IR030"]
    assert len(diagnostic.more) == 19
    assert " and 14 more\n" in text.render(report, Style(io.StringIO(), "never"))
