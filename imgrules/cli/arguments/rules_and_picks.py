"""The arguments that choose the rules of a command, and those that make a selection."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from imgrules.cli.arguments.moment_argument import add_at
from imgrules.cli.arguments.rules_folder import announce, find_rules
from imgrules.cli.arguments.selection import read, read_facts
from imgrules.engine.normalize import model_named
from imgrules.errors import ImgrulesError
from imgrules.quoting import counted, printable, quoted
from imgrules.rules import Rules, load, packaged
from imgrules.table.records import Table


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add `--rules`."""
    parser.add_argument(
        "--rules",
        type=Path,
        metavar="DIR",
        help="a folder of rules or a compiled table (default: this folder if it holds _shared.yaml, else its rules/, then "
        "the same for each parent folder, up to the first that holds .git; else the packaged rules)",
    )
    add_links(parser)


def add_links(parser: argparse.ArgumentParser) -> None:
    """Add `--follow-links`."""
    parser.add_argument(
        "--follow-links", action="store_true", help="read rule files that link to files outside their folder, for build systems"
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the model, the usual options, `--set` and `--grant`."""
    parser.add_argument(
        "model",
        metavar="MODEL",
        nargs="?",
        help="the public id of a model: the `id` of its file, or else the name of the file (default: the `default` of "
        "_shared.yaml)",
    )
    parser.add_argument("--ratio", metavar="R", help="short for --set ratio=R")
    parser.add_argument("--quality", metavar="Q", help="short for --set quality=Q")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="any option or field: a number where the option takes one, else text; "
        'repeated for each entry of a list, or `NAME=["a", "b"]`; `NAME=` is an empty list',
    )
    add_grants(parser)
    add_facts(parser)
    add_at(parser)


def add_grants(parser: argparse.ArgumentParser) -> None:
    """Add `--grant`."""
    parser.add_argument("--grant", metavar="G", action="append", default=[], help="a grant of the caller; may be repeated")


def add_language(parser: argparse.ArgumentParser, what: str) -> None:
    """Add `--language`, the language of `what` is printed."""
    parser.add_argument("--language", metavar="L", help=f"the language of {what} (default: the author's first)")


def add_facts(parser: argparse.ArgumentParser) -> None:
    """Add `--fact`."""
    parser.add_argument(
        "--fact",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a fact that the service states, read as `--set` reads an option; MODEL:NAME=VALUE is about one model; "
        "may be repeated",
    )


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add the folder to compile, as a positional argument or as `--rules`."""
    given = parser.add_mutually_exclusive_group()
    given.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="a folder of rules (default: this folder if it holds _shared.yaml, else its rules/, then the same for each "
        "parent folder, up to the first that holds .git)",
    )
    given.add_argument("--rules", type=Path, metavar="DIR", help="the same as DIR")
    add_links(parser)


def folder(given: Path) -> Path:
    """
    Return the given path unchanged.

    Raises:
        ImgrulesError: it is a rule file, not a folder.

    """
    _refuse_rule_file(given, "name its folder: `{folder}`")
    return given


def _refuse_rule_file(given: Path | None, hint: str) -> None:
    if given is not None and given.suffix in {".yaml", ".yml"} and given.is_file():
        raise ImgrulesError(f"{printable(str(given))} is a file; {hint.format(folder=printable(str(given.parent)))}")


def _packaged() -> Path:
    print("imgrules: there are no rules here or in a folder above, so the packaged rules are used", file=sys.stderr)
    return packaged()


def open_rules(args: argparse.Namespace, model: str | None = None) -> tuple[Rules, bool]:
    """
    Return the rules of a command, and true if no file has mistakes.

    Files with mistakes or failing examples are named on standard error; failing examples do not prevent an answer.

    Raises:
        ImgrulesError: no rules can be read, or the file of the given model has mistakes.

    """
    given: Path | None = args.rules
    _refuse_rule_file(given, "name its folder: `--rules {folder}`")
    path = given or announce(find_rules()) or _packaged()
    if not path.is_dir():
        return load(path), True
    from imgrules.compiler.build import build  # noqa: PLC0415  only a folder needs the compiler

    built = build(path, follow_links=args.follow_links)
    sold = built.table.models if built.table else {}
    broken = {file: built.ids.get(Path(file).stem, Path(file).stem) for file in built.broken}
    for file, count in built.failing.items():
        fail = "fails" if count == 1 else "fail"
        print(f"imgrules: {counted(count, 'example')} of {file} {fail}; run `imgrules check {path}`", file=sys.stderr)
    for file, broken_model in broken.items():
        lost = "" if broken_model in sold or broken_model.startswith("_") else ", so it is left out"
        print(f"imgrules: {printable(file)} has mistakes{lost}; run `imgrules check {path}`", file=sys.stderr)
    if built.table is None or (model is not None and model in set(broken.values()) - set(sold)):
        raise ImgrulesError(f"no answer is possible, because the files above have mistakes; run `imgrules check {path}`")
    return Rules(built.table), not broken


def facts(args: argparse.Namespace, table: Table, model: str | None = None) -> dict[str, Any] | None:
    """
    Return the facts that the arguments state, or None without any; each value has the type that the fact takes.

    Raises:
        ImgrulesError: a `--fact` has no `=`, a fact that takes one value is given twice, or a model has no such fact.

    """
    return read_facts(table, model, _assignments("--fact", args.fact)) if args.fact else None


def _assignments(flag: str, given: list[str]) -> list[tuple[str, str]]:
    named = []
    for assignment in given:
        name, equals, value = assignment.partition("=")
        if not equals:
            before, colon, after = assignment.partition(":")
            meant = f"; did you mean {quoted(f'{flag} {before}={after}')}?" if colon and after else "; write NAME=VALUE"
            raise ImgrulesError(f"{flag} {quoted(assignment)} has no `=`{meant}")
        named.append((name, value))
    return named


def selection(args: argparse.Namespace, table: Table, moment: str, extra: tuple[str, ...] = ()) -> dict[str, Any]:
    """
    Return the selection that the arguments describe; each value has the type that the option in the table takes.

    Raises:
        ImgrulesError: a `--set` has no `=`, an option that takes one value is given twice, or no model is named or the default.

    """
    named = [(name, getattr(args, name)) for name in ("ratio", "quality", *extra) if getattr(args, name) is not None]
    if args.model is None and table.default is None:
        raise ImgrulesError("name a model; these rules have no `default:` in _shared.yaml")
    if args.model is not None and "=" in args.model and model_named(table, args.model, moment)[0] is None:
        raise ImgrulesError(f"{quoted(args.model)} stands where the model does; did you mean `--set {printable(args.model)}`?")
    return read(table, args.model, moment, [*named, *_assignments("--set", args.set)])
