"""Write the fixes of `imgrules check --fix`, or show them as a diff."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import unified_diff
from typing import TYPE_CHECKING

from imgrules.cli.check_targets import Target, report_about
from imgrules.cli.files import replace as write
from imgrules.errors import ImgrulesError
from imgrules.quoting import printable

if TYPE_CHECKING:  # only a run loads the compiler
    from imgrules.compiler.fix import FixedFile
    from imgrules.compiler.report.diagnostics import Report


def report_of_fixes(target: Target, at: str | None, *, follow_links: bool, diff: bool) -> Report:
    """
    Write the fixes of a target, and return the report after them; with `diff`, return the report before them, with the diffs.

    Raises:
        ImgrulesError: a file changed while it was fixed.

    """
    from imgrules.compiler.fix import fixed  # noqa: PLC0415  only these flags need it
    from imgrules.compiler.report.diagnostics import Corrections  # noqa: PLC0415  as above

    fixes = fixed(target.folder, at, names=target.files, follow_links=follow_links)
    places = {str(file.after.path): file.places for file in fixes.files}
    corrections = Corrections(places, fixes.kept, fixes.left, fixes.more)
    if diff:
        shown = replace(corrections, diffs={str(file.after.path): _diff(file) for file in fixes.files})
        return replace(report_about(fixes.before, target), corrections=shown)
    for file in fixes.files:
        _write(file)
    return replace(report_about(fixes.build, target), corrections=corrections)


def _write(file: FixedFile) -> None:
    path = file.after.path
    if path.read_bytes() != file.before.raw:
        raise ImgrulesError(f"{printable(str(path))} changed while it was fixed; try again when no program writes to it")
    write(path, file.after.raw.decode("utf-8"))


def _diff(file: FixedFile) -> str:
    """Return a unified diff of a file; its lines end in LF, whatever those of the file."""
    old, new = (_lines(version.raw.decode("utf-8-sig")) for version in (file.before, file.after))
    name = printable(str(file.after.path))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, name, name)
    )


def _lines(text: str) -> list[str]:
    return [line.replace("\r\n", "\n") for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
