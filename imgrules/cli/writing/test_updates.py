"""Write the update of `imgrules test --update`, or show it as a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgrules.cli.checking.check_targets import Target
from imgrules.cli.writing.rewriting import diff, rewrite
from imgrules.table.record_base import replace

if TYPE_CHECKING:  # only a run loads the compiler
    from imgrules.compiler.report.example_report import ExampleReport


def report_of_updates(target: Target, *, follow_links: bool, write: bool) -> ExampleReport:
    """
    Update the examples of a target, and return the report after it; without `write`, the report of the files as they are.

    Raises:
        ImgrulesError: a file changed while it was updated, or may not be written.

    """
    from imgrules.compiler.fixes.example_update import updated  # noqa: PLC0415  only these flags need it
    from imgrules.compiler.report.example_report import UpdateReport  # noqa: PLC0415  as above

    updates = updated(target.folder, target.files, follow_links=follow_links)
    if write:
        rewrite(updates.files)
    shown = UpdateReport(
        written=write,
        diffs={str(file.after.path): diff(file.after.path, file.before.raw, file.after.raw) for file in updates.files},
        counts={str(file.after.path): len(file.examples) for file in updates.files},
        left=tuple((f"example {left.number} of {left.model}", left.spot, left.reason) for left in updates.left),
    )
    return replace((updates.after if write else updates.before).report, updates=shown)
