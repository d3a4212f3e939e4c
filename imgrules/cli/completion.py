"""
Print the completion script of a shell: for commands, flags, their words, and paths.

  imgrules completion bash > ~/.local/share/bash-completion/completions/imgrules
  imgrules completion zsh > ~/.zfunc/_imgrules     ~/.zshrc needs `fpath+=~/.zfunc` before `compinit`

Then open a new shell. Needs the extra: pip install "imgrules[completion]".
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from imgrules.errors import ImgrulesError

_PATHS = {"DIR": "directory", "FILE": "file", "PATH": "file", "OLD": "file", "OLD NEW": "file"}
"""The kinds of path that arguments take, by what the help calls them; a folder is completed where a file is, too."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell")


def run(args: argparse.Namespace) -> int:
    """
    Print the script that shtab makes from the whole parser.

    Raises:
        ImgrulesError: shtab is not installed.

    """
    try:
        import shtab  # noqa: PLC0415  only this command needs it
    except ImportError as error:
        raise ImgrulesError('shell completion needs its extra: pip install "imgrules[completion]"') from error
    from imgrules.cli.main import parser  # noqa: PLC0415  the main program imports this module

    whole = parser()
    for action in _arguments(whole):
        kind = _PATHS.get(str(action.metavar))
        if kind is not None:
            action.complete = {"directory": shtab.DIRECTORY, "file": shtab.FILE}[kind]  # type: ignore[attr-defined]  # shtab reads it
    print(shtab.complete(whole, shell=args.shell))
    return 0


def _arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  argparse has no other way to list them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  as above
            for command in action.choices.values():
                yield from _arguments(command)
