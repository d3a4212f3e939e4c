"""
Compile the rules into one table, which services load without YAML.

  imgrules build -o table.json
  imgrules build my-rules -o table.json

With a mistake in any file nothing is written, and an earlier table stays as it was; exits with 1 then.
Warnings are counted; `imgrules check` shows them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from imgrules.cli.rules import add_folder, folder
from imgrules.cli.style import Style, add_color
from imgrules.engine.wording import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_folder(parser)
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="where the table goes (default: standard output)")
    parser.add_argument("--format", choices=("json",), default="json", help="the table is always JSON")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Build a folder and write its table."""
    from imgrules.cli import render  # noqa: PLC0415  only the commands that compile pay for the compiler
    from imgrules.cli.files import replace  # noqa: PLC0415
    from imgrules.compiler.build import build  # noqa: PLC0415
    from imgrules.engine.document import digest, dumps  # noqa: PLC0415

    built = build(folder(args.folder or args.rules))
    if built.report.diagnostics:
        sys.stderr.write(render.errors(built.report, Style(sys.stderr, args.color)))
    if built.table is None or built.report.errors:
        return 1
    if args.output == "-":
        sys.stdout.write(dumps(built.table))
    else:
        replace(Path(args.output), dumps(built.table))
        print(f"wrote {args.output}: {counted(len(built.table.models), 'model')}, {digest(built.table)[:19]}", file=sys.stderr)
    return 0
