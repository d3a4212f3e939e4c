"""Write the fixes of `imgrules check --fix`, or show them as a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgrules.cli.checking.check_targets import Target, report_about
from imgrules.cli.writing.rewriting import diff as diff_of
from imgrules.cli.writing.rewriting import rewrite
from imgrules.table.record_base import replace

if TYPE_CHECKING:  # only a run loads the compiler
    from imgrules.compiler.report.diagnostics import Report


def report_of_fixes(target: Target, at: str | None, *, follow_links: bool, diff: bool, unsafe: bool = False) -> Report:
    """
    Write the fixes of a target, and return the report after them; with `diff`, return the report before them, with the diffs.

    Raises:
        ImgrulesError: a file changed while it was fixed, or may not be written.

    """
    from imgrules.compiler.fixes.fix import fixed  # noqa: PLC0415  only these flags need it
    from imgrules.compiler.report.diagnostics import Corrections  # noqa: PLC0415  as above

    fixes = fixed(target.folder, at, names=target.files, follow_links=follow_links, unsafe=unsafe)
    places = {str(file.after.path): file.places for file in fixes.files}
    corrections = Corrections(places, fixes.kept, fixes.left, fixes.more)
    if diff:
        shown = replace(
            corrections,
            diffs={str(file.after.path): diff_of(file.after.path, file.before.raw, file.after.raw) for file in fixes.files},
        )
        return replace(report_about(fixes.before, target), corrections=shown)
    rewrite(fixes.files)
    return replace(report_about(fixes.build, target), corrections=corrections)
