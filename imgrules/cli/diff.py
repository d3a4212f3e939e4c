"""
Compare two rule sets, and say what the edit changes for users: who can no longer pick what, what costs more, what is sent.

  imgrules diff old-rules rules         two folders
  imgrules diff table.json rules        a compiled table and a folder
  imgrules diff main                    the rules of the working tree with those of a git revision
  imgrules diff v1.4:rules HEAD~1:rules
  imgrules diff                         the rules with those of the merge base of the default branch
  imgrules diff main --fail-on breaking,price:+10%
  imgrules diff main --format markdown  a comment for a pull request

Every selection of a changed model is decided by both sides, from now on (or from --at on), for every set of grants.
Exits with 1 if a change is one of --fail-on and is not accepted, and with 2 if the sides cannot be compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from imgrules.cli.arguments import moment_argument
from imgrules.cli.arguments.rules_and_picks import add_links
from imgrules.cli.comparison.diff_report import DiffReport, located
from imgrules.cli.comparison.diff_sides import open_sides
from imgrules.cli.comparison.fail_on import fail_on, is_met
from imgrules.cli.printing.style import Style, add_color
from imgrules.cli.render import DIFF_FORMATS, render_diff
from imgrules.errors import ImgrulesError
from imgrules.quoting import printable, quoted
from imgrules.views.diff.diff_records import Diff


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "sides",
        nargs="*",
        metavar="OLD NEW",
        default=[],
        help="folders of rules, compiled tables, or git revisions such as main, v1.4 or HEAD~1:rules",
    )
    add_links(parser)
    moment_argument.add_at(parser, "compare from this moment on")
    parser.add_argument("--format", choices=tuple(DIFF_FORMATS), default="text", help="the format of the report")
    parser.add_argument("--cosmetic", action="store_true", help="also list changes of labels, badges, notes and order")
    parser.add_argument(
        "--fail-on",
        type=fail_on,
        default=fail_on("breaking"),
        metavar="LEVELS",
        help="exit with 1 on changes of these levels: breaking, price, price:+10%%, price:-10%%, risky, added, cosmetic; or none "
        "(default: breaking)",
    )
    parser.add_argument(
        "--accept", type=Path, metavar="FILE", help="a reviewed file of changes that are intended; see docs/diff.md"
    )
    parser.add_argument("--changelog", action="store_true", help="print the entry for a changelog instead of a report")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Print the difference, and return the exit code."""
    from imgrules.views.diff.compare import compare  # noqa: PLC0415  `--help` needs no comparison

    if args.changelog and args.format != "text":
        raise ImgrulesError(f"the entry for a changelog has one form; leave out `--format {args.format}` or `--changelog`")
    old, new = open_sides(args.sides, follow_links=args.follow_links)
    at = moment_argument.asked(args)
    diff = _accepted(args, located(compare(old.table, new.table, at), old, new), at)
    failing = tuple(finding for finding in diff.findings if is_met(args.fail_on, finding))
    report = DiffReport(diff, old.name, new.name, failing, args.cosmetic)
    if args.changelog:
        from imgrules.cli.render.diff_changelog import changelog  # noqa: PLC0415  only this flag needs it

        sys.stdout.write(changelog(report))
        return int(bool(failing))
    sys.stdout.write(render_diff(args.format, report, Style(sys.stdout, args.color)))
    if args.format == "github":
        from imgrules.cli.render.parts import job_summary  # noqa: PLC0415  only this format needs it

        job_summary.write(report)
    return int(bool(failing))


def _accepted(args: argparse.Namespace, diff: Diff, at: str) -> Diff:
    """Return the difference with the acceptances of `--accept`; name those that have ended or match nothing on standard error."""
    if args.accept is None:
        return diff
    from imgrules.cli.comparison.accept_file import read_acceptances, with_acceptances  # noqa: PLC0415  only this flag needs it

    name, entries = printable(str(args.accept)), read_acceptances(args.accept)
    diff = with_acceptances(diff, entries, at)
    shown = {finding.fingerprint: finding for finding in diff.findings}
    for entry in entries:
        finding = shown.get(entry.fingerprint)
        if finding is not None and finding.ended is not None:
            print(f"imgrules: {name}: {quoted(entry.fingerprint)} is no longer accepted, since {entry.until}", file=sys.stderr)
        elif finding is None:
            print(f"imgrules: {name}: no change here has the fingerprint {quoted(entry.fingerprint)}", file=sys.stderr)
    return diff
