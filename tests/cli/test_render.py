"""A report is rendered with excerpts, carets, related places and a summary."""

from __future__ import annotations

import io
import json

import pytest

from imgrules.cli.printing.style import Style
from imgrules.cli.render import concise, json_document, text
from imgrules.cli.render.parts.text_parts import summary
from imgrules.compiler.build import build_texts
from imgrules.compiler.report.diagnostics import Code, Diagnostic, Report, Severity, spot
from imgrules.compiler.source import Source, Span

PLAIN = Style(io.StringIO(), "never")
ERROR = Code("IR999", "made-up", Severity.ERROR, "a page")
WARNING = Code("IR998", "made-up-too", Severity.WARNING, "a page")


def render_lines(source: str, start: int, end: int, hint: str = "") -> list[str]:
    """Return the rendered lines of a report with one error in a text."""
    diagnostic = Diagnostic(ERROR, "this is wrong", spot(Source("a.yaml", source), Span(start, end)), hint)
    return text.render(Report((diagnostic,), 1, 0), PLAIN).splitlines()


def test_a_block() -> None:
    """A diagnostic is rendered with its code, place, line, caret and help."""
    assert render_lines("one: 1\ntwo: bad\n", 12, 15, "write good") == [
        "error[IR999]: this is wrong",
        " --> a.yaml:2:6",
        "  |",
        "2 | two: bad",
        "  |      ^^^",
        "  = help: write good",
        "",
        "1 file checked, 0 examples run: 1 error",
    ]


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "carets"),
    [
        ("a\tb", 2, 3, "1 | a→b", "  |   ^"),
        ("日本: x", 4, 5, "1 | 日本: x", "  |       ^"),
        ("a\x1b[31m: x", 0, 1, "1 | a<U+001B>[31m: x", "  | ^"),
        ("a\u202eb", 1, 2, "1 | a<U+202E>b", "  |  ^^^^^^^^"),
        ("abc", 1, 1, "1 | abc", "  |  ^"),
        ("abc\ndef", 1, 6, "1 | abc", "  |  ^^"),
    ],
)
def test_carets_stand_below_what_they_point_at(text: str, start: int, end: int, line: str, carets: str) -> None:
    """The caret is below its text with tabs, wide characters, control characters, empty spans and spans over several lines."""
    assert render_lines(text, start, end)[3:5] == [line, carets]


def test_a_long_line_is_cut_around_what_matters() -> None:
    """A very long line is truncated to the part around the mistake."""
    lines = render_lines("x" * 1000 + "BAD" + "y" * 1000, 1000, 1003)
    assert len(lines[3]) < 160
    assert lines[3].startswith("1 | …x")
    assert lines[3].endswith("y…")
    at = lines[4].index("^")
    assert lines[3][at : at + 3] == "BAD"
    assert lines[4].count("^") == 3


def test_an_empty_line_has_no_excerpt() -> None:
    """For an empty line no excerpt is rendered."""
    assert render_lines("", 0, 0)[:3] == ["error[IR999]: this is wrong", " --> a.yaml:1:1", ""]


def test_related_places() -> None:
    """Related places in the same file are rendered with their labels, in order; one in another file is named."""
    source, other_source = Source("a.yaml", "a: 1\nb: 2\na: 3\n"), Source("b.yaml", "c: 4\n")
    related = (spot(source, Span(0, 1), "first given here"), spot(other_source, Span(3, 4), "and here"))
    diagnostic = Diagnostic(ERROR, "twice", spot(source, Span(10, 11)), "", related)
    assert text.render(Report((diagnostic,), 2, 3), PLAIN).splitlines()[1:] == [
        " --> a.yaml:3:1",
        "  |",
        "1 | a: 1",
        "  | - first given here",
        "  |",
        "3 | a: 3",
        "  | ^",
        " ::: b.yaml:1:4: and here",
        "",
        "2 files checked, 3 examples run: 1 error",
    ]


def test_the_sum() -> None:
    """The summary counts errors and warnings, in singular or plural."""
    at = spot(Source("a.yaml", "x"), Span(0, 1))
    errors, warnings = [Diagnostic(ERROR, str(number), at) for number in range(2)], [Diagnostic(WARNING, "w", at)]
    assert summary(Report((*errors, *warnings), 1, 1), PLAIN).endswith("1 example run: 2 errors, 1 warning")
    assert summary(Report(tuple(warnings), 0, 0), PLAIN) == "0 files checked, 0 examples run: 1 warning"
    assert summary(Report((), 1, 2), PLAIN).endswith(": no mistakes")


def test_concise_is_one_line_each() -> None:
    """A message or a file name with a line end stays on one line, and the hint follows in brackets."""
    at = spot(Source("a\nb.yaml", "x"), Span(0, 1))
    shown = concise.render(Report((Diagnostic(ERROR, "bad\nthing", at, "do\tthis"),), 1, 0), PLAIN)
    assert shown.splitlines()[0] == "a<U+000A>b.yaml:1:1: error[IR999] bad<U+000A>thing (do→this)"
    assert len(shown.splitlines()) == 2


def test_json_holds_everything() -> None:
    """JSON has every part of a diagnostic, with fixes and related places, in UTF-8."""
    report = build_texts({"_shared": "language: 1\nlanguage: 2\ntypes: {}\n", "x\udcff": "a"}).report
    document = json.loads(json_document.render(report, PLAIN).encode("utf-8"))
    first = document["diagnostics"][0]
    assert first.keys() == {
        "code",
        "name",
        "severity",
        "message",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "hint",
        "fix",
        "more",
        "related",
    }
    assert first["related"][0]["label"] == "first given here"
    assert document["errors"] == len(report.errors)
