"""Check the rules again whenever a file is saved, and say what the edit changes for users: `imgrules check --watch`."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from imgrules.cli.arguments import moment_argument
from imgrules.cli.checking.check_targets import Target, with_proof
from imgrules.cli.comparison.diff_report import DiffReport, located
from imgrules.cli.comparison.diff_sides import OpenSide, side_of, side_of_table
from imgrules.cli.printing.style import Style
from imgrules.cli.render import render, render_diff
from imgrules.compiler.build import Build, build_files
from imgrules.compiler.parsed_file import ParsedFile, parse_file
from imgrules.compiler.read.folder import FileState, RuleFile, file_state, is_rule_file, read_folder
from imgrules.errors import ImgrulesError
from imgrules.proofs.proof import Proofs
from imgrules.views.diff.compare import compare

PERIOD = 0.01
"""The seconds between two reads of the folder; these read the times and sizes of its files, not their content."""

_BEFORE = "the last state without mistakes"


def watch(args: argparse.Namespace, target: Target) -> int:
    """
    Print a report now and after each change, until the process is interrupted.

    Raises:
        ImgrulesError: the side of `--against` cannot be read.

    """
    gc.enable()  # unlike other commands, this one stays
    base = None if args.against is None else side_of(args.against, str(target.folder), follow_links=args.follow_links)
    for text in Watch(args, target, base).rounds():
        sys.stdout.write(text)
        sys.stdout.flush()
    return 0


class Watch:
    """
    The state of a watched folder: `base` is what an edit is compared with.

    Without `--against` that is the last state without mistakes, so each report tells what the last edits changed.
    """

    def __init__(self, args: argparse.Namespace, target: Target, base: OpenSide | None = None) -> None:
        self.args, self.target, self.base = args, target, base
        self._parsed: Mapping[RuleFile, ParsedFile] = {}
        self._proofs = Proofs()
        self._contracts: tuple[Path, ...] = ()

    def rounds(self) -> Iterator[str]:
        """Yield a report now, and one after each change of the content of a rule file or a contract."""
        seen: Mapping[Path, FileState] | None = None
        reported: list[RuleFile] | str | None = None
        while True:
            now = self._states()
            if now == seen:
                time.sleep(PERIOD)
                continue
            changed = [] if seen is None else [path for path in {**now, **seen} if now.get(path) != seen.get(path)]
            seen, files = now, self._files()
            # A save may be seen in two steps, first when the file is emptied; by then it has been read as a whole.
            if files != reported or not set(self._contracts).isdisjoint(changed):
                reported, text = files, f"{self._heading(changed)}\n{self._report(files)}\n"
                seen = {**{path: file_state(path) for path in self._contracts}, **seen}
                yield text

    def _files(self) -> list[RuleFile] | str:
        """Return the rule files, or why they cannot be read."""
        try:
            return read_folder(self.target.folder, follow_links=self.args.follow_links)
        except ImgrulesError as error:
            return f"{error}\n"

    def _report(self, files: list[RuleFile] | str) -> str:
        if isinstance(files, str):
            return files
        self._parsed = {file: self._parsed.get(file) or parse_file(file) for file in files}
        parsed, at = list(self._parsed.values()), moment_argument.asked(self.args)
        built = build_files(parsed, self.target.folder, at)
        self._contracts = tuple(self._named_contracts(built))
        text = render(self.args.format, with_proof(built, self.target, self._proofs), Style(sys.stdout, self.args.color))
        return text + self._difference(built, parsed, at)

    def _difference(self, built: Build, parsed: list[ParsedFile], at: str) -> str:
        """Return what the edit changes for users; rules with a mistake cannot be compared."""
        if built.table is None or built.broken:
            return ""
        new, old = side_of_table(built.table, built.ids, parsed, str(self.target.folder)), self.base
        if self.args.against is None and not built.report.errors:
            self.base = OpenSide(_BEFORE, new.table, new.places)
        if old is None:
            return ""
        diff = located(compare(old.table, new.table, at), old, new)
        if not diff.findings:
            return f"nothing changes for users, compared with {old.name}\n"
        report = DiffReport(diff, old.name, new.name, cosmetic=True)
        return f"compared with {old.name}:\n{render_diff('text', report, Style(sys.stdout, self.args.color))}"

    def _named_contracts(self, built: Build) -> Iterator[Path]:
        types = {} if built.rules is None else built.rules.shared.types
        yield from (self.target.folder / kind.contract for kind in types.values() if kind.contract is not None)

    def _states(self) -> dict[Path, FileState]:
        """Return the states of the rule files and the contracts by path; one that is saved has another state."""
        try:
            names = [path for path in self.target.folder.iterdir() if is_rule_file(path.name)]
        except OSError:
            names = []
        return {path: file_state(path) for path in (*names, *self._contracts)}

    def _heading(self, changed: Iterable[Path]) -> str:
        names = ", ".join(sorted(path.name for path in changed))
        text = f"{time.strftime('%H:%M:%S')} " + (f"changed: {names}" if names else f"watching {self.target.folder}")
        return Style(sys.stdout, self.args.color)("bold", text)
