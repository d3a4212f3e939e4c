"""
Write the JSON Schemas, or check that they are up to date.

  imgrules schema                 write them into schemas/
  imgrules schema --check         change nothing; exit with 1 if a file is stale
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", default=Path("schemas"), help="default: schemas/")
    parser.add_argument("--check", action="store_true", help="only say which files are stale")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the result")


def run(args: argparse.Namespace) -> int:
    """Write the generated schemas, or check that they are fresh; return the exit code."""
    from imgrules.cli.files import replace  # noqa: PLC0415  only this command pays for the compiler
    from imgrules.compiler.schema import schemas  # noqa: PLC0415

    fresh = schemas()
    stale = [name for name, text in fresh.items() if _read(args.output / name) != text]
    for name in () if args.check else stale:
        replace(args.output / name, fresh[name])
    if args.format == "json":
        print(json.dumps({"files": list(fresh), "stale" if args.check else "written": stale}))
    elif args.check:
        for name in stale:
            print(f"{args.output / name} is stale; run `imgrules schema`", file=sys.stderr)
        print(f"{len(fresh)} schemas, {len(stale)} stale")
    else:
        print(f"{len(fresh)} schemas in {args.output}, {len(stale)} written")
    return int(args.check and bool(stale))


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
