"""What the formats for people share: a sum in one line, and signs that a terminal may show."""

from __future__ import annotations

import unicodedata

from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Report, Severity
from imgrules.quoting import counted

_PLACES = 5  # so many more places of one mistake are named; JSON has all of them


def summary(report: Report, style: Style) -> str:
    """Return what came out, in one line."""
    errors, warnings = len(report.errors), len(report.of(Severity.WARNING))
    checked = f"{counted(report.files, 'file')} checked, {counted(report.examples, 'example')} run"
    counts = ", ".join(counted(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count)
    kind = "error" if errors else "warning" if warnings else "good"
    more = "; mend these first, there are more" if report.more else ""
    return f"{checked}: {style(kind, counts or 'no mistakes')}{more}"


def more_like_this(diagnostic: Diagnostic) -> str:
    """Return how many more of the same there are, and where the next of them stand."""
    places = [f"{spot.start.line}:{spot.start.column}" for spot in diagnostic.more[:_PLACES]]
    left = len(diagnostic.more) - len(places)
    return f"{len(diagnostic.more)} more like this: {', '.join(places)}" + (f" and {left} more" if left else "")


def cell(sign: str) -> str:
    """Return a character as a terminal may show it: what does not print is written as its code point."""
    if sign == "\t":
        return "→"
    return sign if sign.isprintable() else f"<U+{ord(sign):04X}>"


def width(cells: list[str]) -> int:
    """Return how many columns of a terminal some text takes."""
    signs = [sign for cell in cells for sign in cell if not unicodedata.combining(sign)]
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in signs)


def safe(words: str) -> str:
    """Return a text that steers no terminal."""
    return "".join(map(cell, words))
