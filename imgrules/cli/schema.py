"""
Write the JSON Schemas, or check that they are up to date: those of rule files for editors, and those of what is printed.

  imgrules schema                 write them into schemas/
  imgrules schema model shared messages    only those that editors read, as `imgrules init` does
  imgrules schema --check         change nothing; exit with 1 if a file is out of date
  imgrules schema -o my/schemas   write them elsewhere
  imgrules schema --page FILE     also write the grammar of rule files into a Markdown page, between its two marks
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from imgrules.errors import ImgrulesError, RulesError
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import did_you_mean, nearest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("names", metavar="NAME", nargs="*", help="schemas, such as `model` and `shared` (default: all)")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", default=Path("schemas"), help="where to (default: schemas/)"
    )
    parser.add_argument("--page", type=Path, metavar="FILE", help="a Markdown page that has the grammar between two marks")
    parser.add_argument("--check", action="store_true", help="write nothing; report the files that are out of date")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the format of the result")


def run(args: argparse.Namespace) -> int:
    """Write the generated schemas, or check that they are fresh; return the exit code."""
    from imgrules.cli.writing.files import replace  # noqa: PLC0415  only this command pays for the compiler
    from imgrules.compiler.schemas.schema import schemas  # noqa: PLC0415

    fresh = {args.output / name: text for name, text in _named(schemas(), args.names).items()}
    if args.page is not None:
        fresh[args.page] = _page(args.page)
    stale = [path for path, text in fresh.items() if _read(path) != text]
    for path in () if args.check else stale:
        replace(path, fresh[path])
    if args.format == "json":
        print(json.dumps({"files": _shown(args, fresh), "stale" if args.check else "written": _shown(args, stale)}))
    elif args.check:
        for path in stale:
            print(f"{path} is stale; run `imgrules schema`", file=sys.stderr)
        print(f"{_counted(args, fresh)}, {len(stale)} stale")
    else:
        print(f"{_counted(args, fresh)}, {len(stale)} written")
    return int(args.check and bool(stale))


def _named(texts: Mapping[str, str], names: Sequence[str]) -> Mapping[str, str]:
    """Return the schemas with these names, or all; raises ImgrulesError if there is none of a name."""
    known = {file.partition(".")[0]: file for file in texts}
    unknown = [name for name in names if name not in known]
    if unknown:
        more = did_you_mean(nearest(unknown[0], known)) or f"; there is {either(known)}"
        raise ImgrulesError(f"there is no schema {quoted(unknown[0])}{more}")
    return {known[name]: texts[known[name]] for name in names} if names else texts


def _page(path: Path) -> str:
    """Return the text of a page with the current grammar; raises RulesError if the page has no marks for it."""
    from imgrules.compiler.schemas.grammar import BEGIN, END, on_page  # noqa: PLC0415

    page = _read(path)
    fresh = None if page is None else on_page(page)
    if fresh is None:
        raise RulesError(
            f"{path} has no place for the grammar; write `{BEGIN.splitlines()[0]}`, a block of text and `{END.splitlines()[1]}`"
        )
    return fresh


def _counted(args: argparse.Namespace, fresh: Mapping[Path, str]) -> str:
    page = "" if args.page is None else f" and {args.page}"
    schemas = f"{len(fresh) - bool(page)} schemas"
    return f"{schemas}{page}" if args.check else f"{schemas} in {args.output}{page}"


def _shown(args: argparse.Namespace, paths: Iterable[Path]) -> list[str]:
    """Return the file names of schemas, and the path of the page."""
    return [str(path) if path == args.page else path.name for path in paths]


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
