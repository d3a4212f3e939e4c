"""The work of a rule file grows no faster than the file: further entries in one line need as much work as those before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from imgrules.compiler.build import Build
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source
from tests.work import lines_run

MOST = 1.1
"""The maximum factor between the work of the last third of the entries and that of the second."""

_VALUES = 'values: ["16:9", "1:1"]'
_LINES: Mapping[str, Callable[[int], tuple[str, str]]] = {
    "commas in a name": lambda count: (
        "name: Nano\n",
        f"name: Nano\ncredits: {{by: ratio, table: {{1{',234' * count}: 5}}}}\n",
    ),
    "commas in names": lambda count: ("name: Nano\n", f"name: Nano\nbadges: {{{'1,234,234: 5, ' * count}}}\n"),
    "commas in values": lambda count: (_VALUES, f"values: [1{',234' * count}]"),
    "the same name": lambda count: ("name: Nano\n", f"name: Nano\nbadges: {{{'a: 1, ' * count}}}\n"),
    "names that are unknown": lambda count: (
        "label: Basic",
        "label: Basic, " + ", ".join(f"k{number}: 1" for number in range(count)),
    ),
    "a text that commas tear": lambda count: (
        "label: Basic",
        "label: Basic, " + ", ".join(f"k{number}" for number in range(count)),
    ),
    "a number that commas tear": lambda count: (
        "credits: 5}",
        "credits: 1, " + ", ".join(f"{number:03}" for number in range(count)) + "}",
    ),
    "texts that commas tear": lambda count: (
        "options:",
        "badges: [" + ", ".join(f"{{text: a, b, c{number}}}" for number in range(count)) + "]\noptions:",
    ),
    "names with their value": lambda count: (
        "label: Basic",
        "label: Basic, " + ", ".join(f"gate:{number}" for number in range(count)),
    ),
    "values": lambda count: (_VALUES, "values: [" + ", ".join(f"v{number}" for number in range(count)) + "]"),
    "the same value": lambda count: (_VALUES, f"values: [{'v, ' * count}]"),
    "values with nothing": lambda count: (_VALUES, "values: {" + ", ".join(f"v{number}" for number in range(count)) + "}"),
    "values of a wrong kind": lambda count: (_VALUES, f"values: [{'[a], ' * count}]"),
    "words that others misread": lambda count: (
        _VALUES,
        "values: [" + ", ".join(f"{number}:30" for number in range(count)) + "]",
    ),
    "comments of other languages": lambda count: (_VALUES, f"values: [{'// x, ' * count}]"),
    "names in comments": lambda count: (_VALUES, f"values: {{{'// x: {}, ' * count}}}"),
    "a comment that ends the text": lambda count: (_VALUES, f"values: [{'x, ' * count}]\n// x, '" + '"' * count),
    "words on lines": lambda count: (_VALUES, "values: [" + "\n      a" * count + "]"),
    "lines without commas": lambda count: (_VALUES, "values: [" + '\n      "a" ' * count + "]"),
    "anchors": lambda count: (_VALUES, f"values: [{'&a x, ' * count}]"),
    "aliases": lambda count: (_VALUES, f"values: [{'*a, ' * count}]"),
    "tags": lambda count: (_VALUES, f"values: [{'!a x, ' * count}]"),
    "typographic quotes": lambda count: (_VALUES, f"values: [{'“x”, ' * count}]"),
    "wide colons": lambda count: (_VALUES, "values: [" + "16\uff1a9, " * count + "]"),
    "escapes": lambda count: (_VALUES, "values: [" + '"\\u200ba", ' * count + "]"),
    "invisible characters": lambda count: (_VALUES, 'values: ["' + "\u200ba" * count + '"]'),
    "long numbers": lambda count: (_VALUES, f"values: [{'9' * 17}{(', ' + '9' * 17) * count}]"),
    "no colon": lambda count: ("name: Nano\n", "name " * count + "\n"),
    "an open bracket": lambda count: (_VALUES, "values: [" + "a, " * count),
    "lines in no column": lambda count: ("name: Nano\n", "name: Nano\n  a: b\n" * count),
}
"""A piece of a valid file and its replacement, as a function of the number of entries."""


@pytest.mark.parametrize("name", _LINES)
def test_a_long_line_costs_as_much_as_its_entries(name: str, most_mistakes: int, build_with: Callable[..., Build]) -> None:
    """The last third of the entries of one line needs as much work as the second one, whatever is wrong with them."""
    make = _LINES[name]
    third = 3 * most_mistakes  # stages stop at twice the maximum, so that what is reported costs the same in all three
    build_with(make(third))  # what is imported and cached once
    once, twice, thrice = (lines_run(partial(build_with, make(times * third))) for times in (1, 2, 3))
    assert thrice - twice <= MOST * (twice - once), (once, twice, thrice)


@pytest.mark.parametrize(
    "name",
    ['"a' + ":" * 60_000 + ' b c"', '"' + "a" * 60_000 + '"', "name" + " " * 60_000 + "x", "1" + ":1" * 30_000],
    ids=str.split("colons letters spaces sexagesimal"),
)
@pytest.mark.parametrize("value", ["1", ""], ids=str.split("value nothing"))
def test_a_long_name(name: str, value: str, build_with: Callable[..., Build]) -> None:
    """No regular expression backtracks over a long name, which would take minutes."""
    assert build_with(("name: Nano\n", f"name: Nano\n? {name}\n: {value}\n")).report.errors


def test_a_long_wire_path(build_with: Callable[..., Build]) -> None:
    """The same holds for a path, which has at most as many names as a body may have levels."""
    assert build_with((_VALUES, _VALUES + '\n    send: "a' + " " * 60_000 + 'b"')).report.errors
    assert not build_with((_VALUES, _VALUES + "\n    send: a" + ".b" * 31)).report.errors
    (diagnostic,) = build_with((_VALUES, _VALUES + "\n    send: a" + ".b" * 32)).report.errors
    assert "at most 32 names" in diagnostic.hint


@pytest.mark.parametrize(
    "word",
    [
        "1" + ":1" * 5_000,
        "1" + ":1" * 5_000 + ".5",
        "0b" + "1" * 20_000,
        "0x" + "f" * 10_000,
        "0" + "7" * 10_000,
        "1_" * 5_000 + "1",
        "1" + " 000" * 5_000,
        "> " + "9" * 5_000,
        '"> ' + "9" * 5_000 + '"',
        "9" * 5_000 + " px",
        "9" * 5_000 + "%",
        "$" + "9" * 5_000,
        "2026-01-01T00:00:00." + "1" * 5_000 + "Z",
        "1e99999999999999",
    ],
    ids=str.split("sexagesimal fraction bits hexadecimal octal strokes groups compared quoted px percent money moment power"),
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_VALUES, "values: [{}]"),
        (_VALUES, "number: {{min: {}, max: 3}}"),
        ("credits: 5", "credits: {}"),
        ("name: Nano\n", "name: Nano\n{}: 5\n"),
        ("name: Nano\n", "name: Nano\nlimits: [{{when: {{ratio: {}}}, never: {{quality: [low]}}}}]\n"),
    ],
    ids=str.split("value bound price name condition"),
)
def test_thousands_of_digits_are_told(word: str, old: str, new: str, build_with: Callable[..., Build]) -> None:
    """Numbers of thousands of digits are reported, although Python converts none of more than 4,300 digits to text."""
    assert build_with((old, new.format(word))).report.diagnostics


def test_a_number_that_commas_part_is_told_once() -> None:
    """A number with commas is one finding, however many groups it has; the fix is the number where it can be kept exactly."""
    _, (short,) = parse(Source("a.yaml", "{a: {1,234,234: 5}}"))
    assert (short.hint, short.fix) == ("write `1234234`", "1234234")
    _, (long,) = parse(Source("a.yaml", "{a: {1" + ",234" * 5_000 + ": 5}}"))
    assert (long.hint, long.fix) == ("write at most 15 digits, without commas", None)
