"""
The command line of imgrules.

Exit codes: 0 fine; 1 the answer is no (mistakes, a refusal, a stale file); 2 it could not run.
Results go to standard output, messages to standard error.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn, TextIO

from imgrules.engine.errors import ImgrulesError
from imgrules.engine.wording import nearest

COMMANDS = {
    "check": "read the rules, say every mistake with its place, run the examples",
    "decide": "say whether a selection may be made and what it costs",
    "emit": "print the request body of a selection",
    "catalog": "print what somebody can pick",
    "calendar": "say what changes next: prices, values, gates, badges and names",
    "build": "compile the rules into one table",
    "schema": "write the JSON Schemas, or prove that they are fresh",
    "explain": "print the page of a code, such as IR201, or list codes or messages",
    "init": "write a new model file, with blanks to fill or like one of the cookbook",
    "completion": "print the completion script of a shell",
}
"""Each command with its one line of help; its module has the same name."""

_FINE, _COULD_NOT_RUN, _INTERRUPTED, _PIPE_CLOSED = 0, 2, 130, 141


class Parser(argparse.ArgumentParser):
    """An argument parser that offers what was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Print the mistake with a hint, and exit with 2."""
        self.print_usage(sys.stderr)
        self.exit(_COULD_NOT_RUN, f"{self.prog}: error: {message}{self._hint(message)}\n")

    def _hint(self, message: str) -> str:
        wrong = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if wrong:
            meant = nearest(wrong[1], re.findall(r"[\w-]+", wrong[2]))
        else:
            stray = re.search(r"unrecognized arguments: (--([\w-]+))(?:[= ]([^- ]\S*))?", message)
            known = re.findall(r"--[\w-]+", self.format_help()) if stray else []
            meant = nearest(stray[1], known) if stray else None
            if stray and not meant and "--set" in known:
                meant = f"--set {stray[2].replace('-', '_')}={stray[3] or 'VALUE'}"
        return f"\n  did you mean `{meant}`?" if meant else ""


def parser(chosen: str | None = None) -> Parser:
    """Answer the parser; only the chosen command is filled in, or all of them where none is chosen."""
    from imgrules import __version__  # noqa: PLC0415  the package imports no command line, and not the reverse at start

    top = Parser(
        prog="imgrules",
        description="Rules for image models: one YAML file per model answers every question.",
        epilog="`imgrules COMMAND --help` says more about a command.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"imgrules {__version__} (rule language 1)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter)
        if chosen in (name, None):
            module = import_module(f"imgrules.cli.{name}")
            command.description = (module.__doc__ or "").strip()
            module.add_arguments(command)
            command.set_defaults(run=module.run, parser=command)
    return top


def run() -> NoReturn:
    """
    Run one command, and end the process with its exit code.

    The process ends at once: to take apart first all that a command holds would take long, and change nothing.
    Where a profiler or a debugger looks on, it ends as every program does, for they have something to say at the end.
    """
    code = main()
    if _is_watched():
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # a closed stream has nothing left to say
            stream.flush()
    os._exit(code)


def _is_watched() -> bool:
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on, where six tools may look on
    tools = () if monitoring is None else map(monitoring.get_tool, range(6))
    return bool(sys.getprofile() or sys.gettrace() or any(tools))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    words = [_as_utf8(each) for each in (sys.argv[1:] if argv is None else argv)]
    # A program that is started without an output has nowhere to print, which is no reason to fail.
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What a command makes it keeps until the process ends, so that looking for garbage would find none.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _run(words)
    except BrokenPipeError:
        # The reader has gone; what Python flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except ImgrulesError as error:
        print(f"imgrules: {error}", file=sys.stderr)
        return _COULD_NOT_RUN
    except ModuleNotFoundError as error:
        print(f"imgrules: this needs {error.name}; install imgrules with its dependencies", file=sys.stderr)
        return _COULD_NOT_RUN
    except OSError as error:
        print(f"imgrules: {error.filename or 'a file'}: {error.strerror}", file=sys.stderr)
        return _COULD_NOT_RUN
    finally:
        if collects:
            gc.enable()


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  pathlib would cost more than `--help` itself


def _as_utf8(word: str) -> str:
    # In a locale of plain ASCII, Python hands every other byte on one by one; bytes that are not UTF-8 stay so.
    return os.fsencode(word).decode("utf-8", "surrogateescape")


def _run(words: list[str]) -> int:
    chosen = next((each for each in words if not each.startswith("-")), "")
    top = parser(chosen)
    args, unknown = top.parse_known_args(words)
    if unknown:
        getattr(args, "parser", top).error(f"unrecognized arguments: {' '.join(unknown)}")
    if args.command is None:
        top.print_help(sys.stderr)
        return _COULD_NOT_RUN
    code: int = args.run(args)
    sys.stdout.flush()
    return code
