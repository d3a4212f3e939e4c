"""Named ranges that overlap or leave a gap are reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


def _words(source: str, *words: str) -> tuple[str, str]:
    values = ", ".join(f"w{at}: {bounds}" for at, bounds in enumerate(words))
    return _options(f"  words: {{of: source, values: {{{values}}}}}\n{source}")


LIST = "  source: {send: s, list: {max: 4}, optional: true}"
STEPS = "  source: {send: s, number: {min: 1.5, max: 3, step: 0.5}}"
ANY = "  source: {send: s, number: {min: 0, max: 1, step: any}}"
LONG = "  source: {send: s, list: {min: 2}, optional: true}"
PIXELS = "  source: {of: [x, x], measure: pixels, unit: 100}\n  x: {send: x, number: {min: 5, max: 20}}"
AREA = "  source: {of: x, measure: pixels, unit: 100}\n  x: {send: x, size: {edge: {min: 5}, area: {max: 500}}}"
LISTED = "  source: {of: x, measure: pixels, unit: 100}\n  x: {send: x, values: [10x10, 20x20]}"
SIDE = "  source: {of: x, measure: longest}\n  x: {send: x, size: {edge: {min: 16, max: 128, step: 16}}}"
TOTAL = "  source: {of: [x, y], measure: total}\n  x: {send: x, list: {min: 1, max: 2}}\n  y: {send: y, number: {min: 3, max: 4}, optional: true}"


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        (LIST, ["{max: 1}", "{min: 1}"], ["the ranges of `w0` and `w1` both contain 1"]),
        (LIST, ["{max: 4}", "{min: 2, max: 3}"], ["the ranges of `w0` and `w1` both contain 2"]),
        (
            LIST,
            ["{max: 3}", "{min: 1, max: 1}", "{min: 3}"],
            ["the ranges of `w0` and `w1` both contain 1", "the ranges of `w0` and `w2` both contain 3"],
        ),
        (LIST, ["{min: 1}"], ["`words` has no range for 0"]),
        (LIST, ["{max: 0}", "{min: 3}"], ["`words` has no range for 1 to 2"]),
        (LIST, ["{max: 2}"], ["`words` has no range for 3 to 4"]),
        (LIST, ["{max: 4}", "{min: 5}"], ["the range of `w1` contains no possible number"]),
        (STEPS, ["{max: 2}", "{min: 3}"], ["`words` has no range for 2.5"]),
        (STEPS, ["{max: 3}", "{min: 2.1, max: 2.4}"], ["the range of `w1` contains no possible number"]),
        (ANY, ["{max: 0.5}", "{min: 0.5}"], ["the ranges of `w0` and `w1` both contain 0.5"]),
        (ANY, ["{max: 0.5}", "{min: 0.6}"], ["`words` has no range for some numbers above 0.5"]),
        (LONG, ["{min: 2}"], ["`words` has no range for 0"]),
        (LONG, ["{max: 9}"], ["`words` has no range for at least 10"]),
        (PIXELS, ["{max: 3}"], ["`words` has no range for 4"]),
        (AREA, ["{min: 2}"], ["`words` has no range for 1"]),
        (LISTED, ["{max: 3}"], ["`words` has no range for 4"]),
        (LISTED, ["{min: 1}", "{min: 2, max: 3}"], ["the range of `w1` contains no possible number"]),
        (TOTAL, ["{min: 2}"], ["`words` has no range for 1"]),
        (TOTAL, ["{max: 5}"], ["`words` has no range for 6"]),
        (SIDE, ["{max: 32}", "{min: 65}"], ["`words` has no range for 48 to 64"]),
    ],
)
def test_fires(build_with: Callable[..., Build], source: str, words: list[str], expected: list[str]) -> None:
    """An overlap, a gap and a range without any possible number are reported."""
    messages = (
        diagnostic.message for diagnostic in build_with(_words(source, *words)).report.errors if diagnostic.code.id == "IR224"
    )
    assert sorted(messages) == sorted(expected)


@pytest.mark.parametrize(
    ("computed", "words", "expected"),
    [
        (
            "measure: longest",
            ["{max: 32}", "{min: 32}"],
            "the ranges of `w0` and `w1` both contain 32 as the longest side of `x`",
        ),
        ("measure: shortest", ["{max: 32}"], "`words` has no range where the shortest side of `x` is 48 to 64"),
        ("measure: longest", ["{max: 15}", "{min: 16}"], "the range of `w0` contains no possible number"),
        ("measure: pixels, unit: 100", ["{max: 40}"], "`words` has no range where the pixels of `x` in units of 100 is 41"),
    ],
)
def test_a_measure_is_named(build_with: Callable[..., Build], computed: str, words: list[str], expected: str) -> None:
    """The message about words of a measure says what is measured."""
    values = ", ".join(f"w{at}: {bounds}" for at, bounds in enumerate(words))
    size = "  x: {send: x, size: {edge: {min: 16, max: 64, step: 16}}}"
    built = build_with(_options(f"  words: {{of: x, {computed}, values: {{{values}}}}}\n{size}"))
    messages = [diagnostic.message for diagnostic in built.report.errors if diagnostic.code.id == "IR224"]
    assert messages == [expected]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (LIST, ["{max: 0}", "{min: 1, max: 1}", "{min: 2}"]),
        (LIST, ["{min: 2}", "{max: 1}"]),
        (STEPS, ["{max: 2}", "{min: 2.5}"]),
        (LONG, ["{max: 0}", "{min: 2}"]),
        (ANY, ["{max: 1}"]),
        (PIXELS, ["{max: 1}", "{min: 2}"]),
        (LISTED, ["{max: 1}", "{min: 4}"]),
        (SIDE, ["{max: 32}", "{min: 48}"]),
        ("  source: {send: s, values: [a]}", ["{min: 1}"]),
        ("  source: {of: [source, source], measure: pixels}", ["{min: 1}"]),
        ("  source: {of: [source], measure: total}", ["{min: 1}"]),
        ("  source: {send: s, number: {min: 5, max: 1}}", ["{min: 1}"]),
        ("  source: {of: nowhere, measure: pixels}", ["{min: 1}"]),
    ],
)
def test_silent(places_of: Callable[..., list[str]], source: str, words: list[str]) -> None:
    """Exactly one name for each number is accepted; mistakes of other checks are not reported again."""
    assert places_of("IR224", _words(source, *words)) == []
