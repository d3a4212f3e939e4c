"""
The command line of imgrules.

Exit codes: 0 fine; 1 the answer is no (mistakes, a refusal, a stale file); 2 it could not run, or not print its result.
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
from itertools import pairwise
from typing import NoReturn, TextIO, cast

from imgrules.cli.printing.terminal import Terminal
from imgrules.errors import ImgrulesError, NoFact
from imgrules.quoting import printable
from imgrules.refusals.suggest import nearest

COMMANDS = {
    "check": "report every mistake in the rules with its place, and run the examples",
    "test": "run the examples of the rules, and say how much of the rules they reach",
    "diff": "say what an edit of the rules changes for users",
    "decide": "decide whether a selection is possible, and what it costs",
    "emit": "print the request body of a selection",
    "catalog": "print what a user can pick",
    "calendar": "list what changes next: prices, values, gates, badges and names",
    "build": "compile the rules into one table",
    "schema": "write the JSON Schemas, or check that they are up to date",
    "explain": "print the page of a code, such as IR201, or list codes or messages",
    "init": "write a new model file, with blanks to fill or based on a cookbook file",
    "completion": "print the completion script of a shell",
}
"""Each command with its line of help; the module of a command has the same name."""

_REPORTING = ("check", "test", "diff")
"""The commands whose `--format` has formats for other programs."""

_FINE, _COULD_NOT_RUN, _INTERRUPTED, _PIPE_CLOSED = 0, 2, 130, 141


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors suggest the command or flag that was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error with a suggestion, and exit with 2."""
        wrong = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        self._end(message, nearest(wrong[1], re.findall(r"[\w-]+", wrong[2])) if wrong else None)

    def refuse(self, unknown: list[str], words: list[str]) -> NoReturn:
        """Print the unknown arguments with a suggestion for the first flag among them, and exit with 2."""
        at = next((at for at, word in enumerate(unknown) if re.match(r"--[a-zA-Z]", word)), None)
        flag = next((flag for flag in ("--set", "--fact") if flag in self.known()), None)
        picked = re.fullmatch(r"\w+=[\w.:/-]+", unknown[0]) if flag else None
        assigned = f"{flag} {unknown[0]}" if picked else _parted(unknown[0], words)
        self._end(
            f"unrecognized arguments: {' '.join(unknown)}", assigned if at is None else self._suggestion(*unknown[at : at + 2])
        )

    def refuse_early(self, words: list[str]) -> NoReturn:
        """Print that a flag before the command is unknown, suggest it after the command, and exit with 2."""
        from shlex import join  # noqa: PLC0415  only a mistake needs it

        at = next((at for at, word in enumerate(words) if word in COMMANDS), None)
        after = None if at is None else f"imgrules {join([words[at], *words[:at], *words[at + 1 :]])}"
        self._end(f"unrecognized arguments: {words[0]}", after if after is None or after.isprintable() else None)

    def known(self) -> list[str]:
        """Return the long flags of this parser, such as `--rules`."""
        return [flag for action in self._actions for flag in action.option_strings if flag.startswith("--")]

    def _suggestion(self, flag: str, following: str = "") -> str | None:
        """Return a suggestion for an unknown flag: a known flag, or the option of a model with `--set`."""
        name, equals, value = flag.partition("=")
        flags = self.known()
        meant = nearest(name, flags)
        if name == "--set" and not meant and "--fact" in flags and "=" in following and following.isprintable():
            return f"--fact {following}"  # nothing is picked here
        if meant or "--set" not in flags or not name.isprintable():
            return meant
        from shlex import quote  # noqa: PLC0415  only a mistake needs it

        given = value if equals else "" if following.startswith("-") else following
        option = name.removeprefix("--").replace("-", "_")
        return f"--set {quote(f'{option}={given}')}" if given and given.isprintable() else f"--set {option}=VALUE"

    def _end(self, message: str, meant: str | None) -> NoReturn:
        self.print_usage(sys.stderr)
        hint = f"\n  did you mean `{printable(meant)}`?" if meant else ""
        raise _MisusedError(self.prog, f"{printable(message)}{hint}")


class _MisusedError(Exception):
    """Wrong arguments of a program or a command, and what is wrong with them."""


class _Program(Parser):
    """The parser of the program: its help groups the commands by what they are for."""

    def format_help(self) -> str:
        """Return the usage, the commands and where to begin."""
        from imgrules.cli.printing.overview import overview  # noqa: PLC0415  only help needs it

        return f"{self.format_usage()}\n{self.description}\n\n{overview(COMMANDS)}"


def _parted(value: str, words: list[str]) -> str | None:
    """Return `--set NAME=VALUE` for words such as `--set NAME VALUE`, of which the value was not understood."""
    found = (words[at : at + 2] for at in range(len(words) - 2) if words[at + 2] == value and words[at] in {"--set", "--fact"})
    return next((f"{flag} {name}={value}" for flag, name in found if re.fullmatch(r"\w+ [\w.:/-]+", f"{name} {value}")), None)


def parser(chosen: str | None = None) -> Parser:
    """Return the parser of the chosen command, or of all commands; if none has the chosen name, they are without arguments."""
    from imgrules import __version__  # noqa: PLC0415  only the parser needs it

    top = _Program(
        prog="imgrules",
        description="Rules for image models: one YAML file per model answers every question.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"imgrules {__version__} (rule language 1)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name in [chosen] if chosen in COMMANDS else COMMANDS:
        command = commands.add_parser(
            name, help=COMMANDS[name], allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if chosen in (name, None):
            module = import_module(f"imgrules.cli.{name}")
            command.description = (module.__doc__ or "").strip()
            module.add_arguments(command)
            command.set_defaults(run=module.run, parser=command)
    return top


def run() -> NoReturn:
    """
    Run one command, and end the process with its exit code.

    The process ends with `os._exit`: freeing all objects of a command first would take long and change nothing.
    Under a profiler or a debugger it ends normally, so that they can write their results.
    """
    # pydantic would look into every installed package for plugins; none of them is about the classes of a rule file.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = main()
    if _is_traced():
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # a closed stream has nothing left
            stream.flush()
    os._exit(code)


def _is_traced() -> bool:
    monitoring = getattr(sys, "monitoring", None)  # Python 3.12 and later, with six tool ids
    tools = () if monitoring is None else map(monitoring.get_tool, range(6))
    return bool(sys.getprofile() or sys.gettrace() or any(tools))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `argv` defaults to the arguments of the process."""
    words = [_as_utf8(word) for word in (sys.argv[1:] if argv is None else argv)]
    streams = sys.stdout, sys.stderr
    # What cannot be written to standard error is lost; the exit code still reports the failure.
    out, err = Terminal(sys.stdout, "standard output"), Terminal(sys.stderr, "standard error", lossy=True)
    sys.stdout, sys.stderr = cast("TextIO", out), cast("TextIO", err)
    # A command keeps its objects until the process ends, so garbage collection would find nothing.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _exit_code(words)
    finally:
        sys.stdout, sys.stderr = streams
        if collects:
            gc.enable()


def _exit_code(words: list[str]) -> int:
    """Run one command and return its exit code; no exception escapes."""
    try:
        code = _run(words)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of the pipe has ended; the flush when Python exits must not fail again.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except _MisusedError as error:
        program, message = error.args
        return _failed(words, message, f"{program}: error")
    except NoFact as error:
        flags = " ".join(f"--fact {name}=VALUE" for name in error.missing)
        message = f"{error.reason}: state {'it' if len(error.missing) == 1 else 'them'} with `{flags}`" if flags else str(error)
    except ImgrulesError as error:
        message = str(error)
    except ModuleNotFoundError as error:
        message = f"this needs {error.name}; install imgrules with its dependencies"
    except OSError as error:
        message = f"{printable(str(error.filename or 'a file'))}: {error.strerror}"
    except Exception:  # noqa: BLE001  exit code 1 is reserved for an answer that is no
        from traceback import print_exc  # noqa: PLC0415  only a crash needs it

        print_exc()
        message = "this is a bug in imgrules; please report it with the lines above"
    return _failed(words, message, "imgrules")


def _failed(words: list[str], message: str, program: str) -> int:
    """Say why a command could not run: on standard error, and in the format that was asked for, if programs read it."""
    print(f"{program}: {message}", file=sys.stderr)
    command = next((word for word in words if word in COMMANDS), "")
    formats = [after for flag, after in pairwise(words) if flag == "--format"]
    formats += [word.partition("=")[2] for word in words if word.startswith("--format=")]
    if formats and command in _REPORTING:
        _print_failure(formats[-1], command, message)
    return _COULD_NOT_RUN


def _print_failure(name: str, command: str, message: str) -> None:
    from imgrules.cli.printing.style import PLAIN  # noqa: PLC0415  only a report needs it
    from imgrules.cli.render import FAILURE_FORMATS, render_failure  # noqa: PLC0415  as above

    if name in FAILURE_FORMATS:
        from imgrules.cli.render.parts import job_summary  # noqa: PLC0415  as above
        from imgrules.cli.render.parts.failure import Failure  # noqa: PLC0415  as above

        failure = Failure(command, message)
        with suppress(OSError):
            sys.stdout.write(render_failure(name, failure, PLAIN))
            sys.stdout.flush()
        if name == "github":
            job_summary.write(failure)


def _as_utf8(word: str) -> str:
    # In an ASCII locale, Python passes other bytes as surrogates; bytes that are not UTF-8 stay surrogates.
    return os.fsencode(word).decode("utf-8", "surrogateescape")


def _run(words: list[str]) -> int:
    chosen = next((word for word in words if word == "--" or not word.startswith("-")), "")
    top = parser(chosen)
    try:
        if words and words[0].startswith("--") and words[0] not in {"--", *top.known()}:
            top.refuse_early(words)
        args, unknown = top.parse_known_args(words)
        if unknown:
            getattr(args, "parser", top).refuse(unknown, words)
    except SystemExit as end:  # argparse has printed help or an error
        return int(end.code or _FINE)
    if args.command is None:
        top.print_help(sys.stderr)
        return _COULD_NOT_RUN
    code: int = args.run(args)
    return code
