"""
Check the rules: report every mistake with its place, and run the examples.

  imgrules check                        the rules of this folder, see below
  imgrules check my-rules --format json
  imgrules check --format github        annotations in a pull request; docs/ci.md has the formats for other places
  imgrules check rules/gpt-image-2.yaml rules/_shared.yaml
  imgrules check --fail-on warning      for a strict pipeline
  imgrules check --at 2027-01-01        also report promotions, badges and gate rules that have ended on that day
  imgrules check --fix                  make the fixes that are certain, and report what is left
  imgrules check --diff                 show what --fix would change, and write nothing
  imgrules check --watch                check again after each save, and say what the edit changes for users

Without a path: this folder if it holds _shared.yaml, else its rules/, then the same for each parent folder, up to the first
that holds .git. For a file, its whole folder is read; mistakes in the file are shown, and those that affect all files.
Exits with 1 if there is an error (with --fix, one that is left), and with 2 if there is nothing to check.
A fix is certain if it changes nothing of what the file says: old spellings, quotes, brackets and spaces that are missing; or
a typo of one letter in a keyword, such as `credit` for `credits`, if no other keyword is as near. A typo in a name that an
author declares is fixed if the right name occurs elsewhere too, and the typo only once. Fixes keep comments and layout. A file
that would have more mistakes after its fixes is kept as it was. --unsafe-fixes adds the fixes that are not certain: read what they change.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.cli.arguments import moment_argument
from imgrules.cli.arguments.rules_and_picks import add_links, folder
from imgrules.cli.arguments.rules_folder import required_rules
from imgrules.cli.checking.check_targets import Target, merged, targets_of, with_proof
from imgrules.cli.printing.progress import progress
from imgrules.cli.printing.style import Style, add_color
from imgrules.cli.render import FORMATS, render
from imgrules.errors import ImgrulesError
from imgrules.table.record_base import replace

if TYPE_CHECKING:  # only a run loads the compiler
    from imgrules.compiler.report.diagnostics import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    given = parser.add_mutually_exclusive_group()
    given.add_argument("paths", nargs="*", type=Path, metavar="PATH", default=[], help="folders of rules, and rule files")
    given.add_argument("--rules", type=Path, metavar="DIR", help="the same as PATH, for one folder")
    add_links(parser)
    moment_argument.add_at(
        parser, "report promotions, badges and gate rules that have ended, and sources that are stale, at this moment"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="the format of the report")
    parser.add_argument("--fix", action="store_true", help="make the fixes that are certain, and report what is left")
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: also the fixes that are not certain; read the diff"
    )
    parser.add_argument("--watch", action="store_true", help="check again after each save, until Ctrl-C")
    parser.add_argument(
        "--against",
        metavar="OLD",
        help="with --watch: compare each state with a folder, a table or a git revision (default: with the last one without "
        "mistakes)",
    )
    parser.add_argument("--fail-on", choices=("error", "warning"), default="error", help="the lowest severity that fails")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Check the folders and files, print one report, and return the exit code."""
    if args.watch or args.against is not None:
        return _watch(args)
    from imgrules.cli.render.parts.text_parts import corrected  # noqa: PLC0415  it loads records of the compiler
    from imgrules.compiler.report.diagnostics import Severity  # noqa: PLC0415  as above

    whole = merged(_report(args, target, moment_argument.asked(args)) for target in _targets(args))
    report = replace(whole, fails_on=Severity(args.fail_on))
    diffs = report.corrections.diffs if report.corrections else None
    if diffs is None or args.format not in {"text", "concise"}:
        _print(args, report)
    else:  # nothing but the diff, so that `patch` can read it
        sys.stdout.writelines(diffs.values())
        sys.stderr.write(corrected(report, Style(sys.stderr, args.color)))
    return int(bool(report.failures or (report.proof and report.proof.failures)))


def _watch(args: argparse.Namespace) -> int:
    """Watch one folder; see `imgrules.cli.checking.watch`."""
    targets = _targets(args)
    if not args.watch:
        raise ImgrulesError("--against is the other side of --watch; `imgrules diff OLD NEW` compares once")
    if args.fix or args.diff or args.format not in {"text", "concise"} or len(targets) > 1:
        raise ImgrulesError("--watch reports on one folder, as text, and does not fix; leave the other flags out")
    from imgrules.cli.checking.watch import watch  # noqa: PLC0415  only this flag needs it

    return watch(args, targets[0])


def _print(args: argparse.Namespace, report: Report) -> None:
    sys.stdout.write(render(args.format, report, Style(sys.stdout, args.color)))
    if args.format == "github":
        from imgrules.cli.render.parts import job_summary  # noqa: PLC0415  only this format needs it

        job_summary.write(report)


def _report(args: argparse.Namespace, target: Target, at: str | None) -> Report:
    if args.fix or args.diff or args.unsafe_fixes:
        from imgrules.cli.writing.check_fixes import report_of_fixes  # noqa: PLC0415  only these flags need it

        return report_of_fixes(
            target, at, follow_links=args.follow_links, diff=args.diff or not args.fix, unsafe=args.unsafe_fixes
        )
    from imgrules.compiler.build import build  # noqa: PLC0415  only this command pays for the compiler

    return with_proof(build(target.folder, progress(), at, follow_links=args.follow_links), target)


def _targets(args: argparse.Namespace) -> list[Target]:
    if args.paths:
        return targets_of(args.paths)
    return [Target(required_rules("imgrules check DIR") if args.rules is None else folder(args.rules))]
