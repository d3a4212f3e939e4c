"""What the text formats share: the summary line, and characters that a terminal can show."""

from __future__ import annotations

import unicodedata

from imgrules.cli.printing.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Report, Severity
from imgrules.quoting import counted

_PLACES = 5  # further places shown for one diagnostic; JSON has all of them


def summary(report: Report, style: Style) -> str:
    """Return the summary line: files, examples, and how many errors and warnings."""
    errors, warnings = len(report.errors), len(report.of(Severity.WARNING))
    checked = f"{counted(report.files, 'file')} checked, {counted(report.examples, 'example')} run"
    counts = ", ".join(counted(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count)
    kind = "error" if errors else "warning" if warnings else "good"
    more = "; fix these first, more errors follow" if report.more else ""
    tried = f"\ntried, and not proved: {safe(', '.join(report.tried))}" if report.tried else ""
    accepted = f"; {counted(len(report.accepted), 'warning')} accepted" if report.accepted else ""
    return f"{checked}: {style(kind, counts or 'no mistakes')}{accepted}{more}{tried}"


def proved(report: Report, style: Style) -> str:
    """Return a line that says what was proved, with a line for each counter-example; "" where nothing was tried."""
    proof = report.proof
    if proof is None or not proof.selections:
        return ""
    word = style("warning", "sampled") if proof.sampled else style("good", "proved")
    in_full = f" ({proof.models - len(proof.sampled)} of {counted(proof.models, 'model')} in full)" if proof.sampled else ""
    parts = (
        (proof.selections, "selection", "selections"),
        (proof.gates, "set of open gates", "sets of open gates"),
        (proof.moments, "moment", "moments"),
    )
    tried = " x ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in parts)
    lines = [f"{style('error', 'disproved')}: {safe(failure)}" for failure in proof.failures]
    body = "one body that satisfies the contract" if proof.contract else "one body"
    lines += [] if lines else [f"{word}: {tried}{in_full}: one price, {body}, a label in every language"]
    return "".join(f"{line}\n" for line in lines)


def corrected(report: Report, style: Style) -> str:
    """Return a line for each file that was corrected, or would be, and for what was left as it was; "" without any."""
    corrections = report.corrections
    if corrections is None:
        return ""
    verb = "fixed" if corrections.diffs is None else "would fix"
    lines = [
        f"{style('good', verb)} {safe(file)}: {counted(sum(places.values()), 'place')} ({', '.join(sorted(places))})"
        for file, places in corrections.places.items()
    ]
    lines += [f"{style('warning', 'kept')} {safe(file)}: it would be worse after its fixes" for file in corrections.kept]
    for left in corrections.left:
        place = f"{safe(left.spot.file)}:{left.spot.start.line}:{left.spot.start.column}"
        lines.append(f"{style('warning', 'left')} {place}: {safe(left.message)}; {safe(left.hint)}")
    lines += ["there is more to fix; run `imgrules check --fix` again"] if corrections.more else []
    return "".join(f"{line}\n" for line in lines)


def more_like_this(diagnostic: Diagnostic) -> str:
    """Return a phrase about further places of a diagnostic, such as `7 more like this: 3:1, 4:1 and 5 more`."""
    places = [f"{spot.start.line}:{spot.start.column}" for spot in diagnostic.more[:_PLACES]]
    left = len(diagnostic.more) - len(places)
    return f"{len(diagnostic.more)} more like this: {', '.join(places)}" + (f" and {left} more" if left else "")


def cell(character: str) -> str:
    """Return a character as a terminal can show it: an unprintable one as its code point, such as `<U+0000>`."""
    if character == "\t":
        return "→"
    return character if character.isprintable() else f"<U+{ord(character):04X}>"


def width(cells: list[str]) -> int:
    """Return the width of some texts in terminal columns: wide characters take two, combining marks none."""
    characters = [character for cell in cells for character in cell if not unicodedata.combining(character)]
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in characters)


def safe(text: str) -> str:
    """Return a text with unprintable characters as code points, so that it cannot control a terminal."""
    return "".join(map(cell, text))
