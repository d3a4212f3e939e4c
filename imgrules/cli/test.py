"""
Run the examples of the rules, and report those that fail with all that differs.

  imgrules test                         the examples of all models
  imgrules test rules/gpt-image-2.yaml  those of one file
  imgrules test --format json
  imgrules test --diff                  show what --update would change, and write nothing
  imgrules test --update                write what the rules say into the examples that fail, and test again
  imgrules test --coverage              also list what no example reaches
  imgrules test --min-coverage 90       for a pipeline: exit with 1 if less than 90 % is reached

Without a path: this folder if it holds _shared.yaml, else its rules/, then the same for each parent folder, up to the first
that holds .git. Exits with 1 if an example fails, and with 2 if a file cannot be tested, because it has mistakes that
`imgrules check` reports, or if no example was run.
An update rewrites the literals of `expect` that differ, and nothing else. Read the diff: an example that is updated protects
what the rules say now, right or wrong.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.cli.arguments.rules_and_picks import add_links, folder
from imgrules.cli.arguments.rules_folder import required_rules
from imgrules.cli.checking.check_targets import Target, targets_of
from imgrules.cli.printing.progress import progress
from imgrules.cli.printing.style import Style, add_color
from imgrules.cli.render import EXAMPLE_FORMATS, render_examples
from imgrules.errors import ImgrulesError

if TYPE_CHECKING:  # only a run loads the compiler
    from imgrules.compiler.report.example_report import ExampleReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE", default=[], help="rule files, or a folder of rules")
    parser.add_argument("--rules", type=Path, metavar="DIR", help="the folder of rules, if no file is named")
    add_links(parser)
    changing = parser.add_mutually_exclusive_group()
    changing.add_argument("--update", action="store_true", help="write what the rules say into the examples that fail")
    changing.add_argument("--diff", action="store_true", help="show what --update would change, and write nothing")
    parser.add_argument("--coverage", action="store_true", help="list what no example reaches, with its place")
    parser.add_argument(
        "--min-coverage", type=_percent, metavar="PERCENT", default=0, help="exit with 1 if the examples reach less"
    )
    parser.add_argument("--format", choices=tuple(EXAMPLE_FORMATS), default="text", help="the format of the report")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Run the examples, print the report, and return the exit code."""
    from imgrules.cli.render.examples_text import differences, unreached, updated  # noqa: PLC0415  only a run
    from imgrules.cli.writing.test_updates import report_of_updates  # noqa: PLC0415  pays for the compiler
    from imgrules.compiler.tested import run_examples  # noqa: PLC0415

    target = _target(args)
    if args.update or args.diff:
        report = report_of_updates(target, follow_links=args.follow_links, write=args.update)
    else:
        report = run_examples(target.folder, target.files, progress(), follow_links=args.follow_links).report
    if args.format != "text":
        sys.stdout.write(render_examples(args.format, report, Style(sys.stdout, args.color)))
        if args.format == "github":
            from imgrules.cli.render.parts import job_summary  # noqa: PLC0415  only this format needs it

            job_summary.write(report)
    elif args.diff:  # nothing but the diff, so that `patch` can read it
        sys.stdout.write(differences(report))
        sys.stderr.write(updated(report, Style(sys.stderr, args.color)))
    else:
        style = Style(sys.stdout, args.color)
        parts = [differences(report), updated(report, style), unreached(report, style) if args.coverage else ""]
        sys.stdout.write("\n".join(filter(None, [*parts, render_examples(args.format, report, style)])))
    return _code(report, args.min_coverage)


def _code(report: ExampleReport, percent: int) -> int:
    if report.rules.errors or not report.results:
        return 2
    too_low = report.percent < percent
    if too_low:
        reached = f"{report.reached} of {len(report.coverage)}"
        print(f"imgrules: the examples reach {reached}, which is less than {percent} %", file=sys.stderr)
    return int(bool(report.failed) or too_low)


def _percent(text: str) -> int:
    """Return a percentage from 0 to 100; its sign may be left out."""
    number = text.removesuffix("%").strip()
    if not (number.isascii() and number.isdecimal() and int(number[:4]) <= _WHOLE):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 100")
    return int(number)


_WHOLE = 100


def _target(args: argparse.Namespace) -> Target:
    """Return the folder to test, with the names of its files that are asked for."""
    if not args.paths:
        return Target(required_rules("imgrules test --rules DIR") if args.rules is None else folder(args.rules))
    targets = targets_of(args.paths)
    if len(targets) > 1 or args.rules is not None:
        raise ImgrulesError("name a folder of rules, or files of one folder")
    return targets[0]
