"""
Compile the rules into one table, which services load without YAML.

  imgrules build -o table.json
  imgrules build my-rules -o table.json

If any file has a mistake, nothing is written, an earlier table stays as it was, and the exit code is 1. So it is if more than
half of the models of the earlier table would be removed, unless --allow-fewer is given. A file that is not a table is never
replaced. Warnings are counted; `imgrules check` shows them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from imgrules.cli.arguments.rules_and_picks import add_folder, folder
from imgrules.cli.arguments.rules_folder import required_rules
from imgrules.cli.printing.style import Style, add_color
from imgrules.quoting import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder(parser)
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="the file to write (default: standard output)")
    parser.add_argument("--allow-fewer", action="store_true", help="replace a table even if over half of its models go away")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="the format of the messages; the table itself is always JSON",
    )
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Compile a folder, write its table, and return the exit code."""
    from imgrules.cli.render import json_document, text  # noqa: PLC0415
    from imgrules.cli.writing.files import replace  # noqa: PLC0415
    from imgrules.cli.writing.previous_table import loss_of_models  # noqa: PLC0415  only the commands that compile pay for the compiler
    from imgrules.compiler.build import build  # noqa: PLC0415
    from imgrules.table.codec import digest, dumps  # noqa: PLC0415

    given = args.folder or args.rules
    built = build(required_rules("imgrules build DIR") if given is None else folder(given), follow_links=args.follow_links)
    if built.report.diagnostics:
        style = Style(sys.stderr, args.color)
        write = json_document.render if args.format == "json" else text.errors
        sys.stderr.write(write(built.report, style))
    if built.table is None or built.report.errors:
        return 1
    if args.output == "-":
        sys.stdout.write(dumps(built.table))
        return 0
    fewer = loss_of_models(Path(args.output), built.table.models)
    if fewer is not None and not args.allow_fewer:
        print(f"imgrules: {fewer}", file=sys.stderr)
        return 1
    replace(Path(args.output), dumps(built.table))
    if args.format == "json":
        print(json.dumps({"written": args.output, "models": len(built.table.models), "digest": digest(built.table)}))
    else:
        print(f"wrote {args.output}: {counted(len(built.table.models), 'model')}, {digest(built.table)[:19]}", file=sys.stderr)
    return 0
