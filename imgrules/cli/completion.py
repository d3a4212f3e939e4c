"""
Print the completion script of a shell.

  imgrules completion bash > ~/.local/share/bash-completion/completions/imgrules
  imgrules completion zsh > ~/.zfunc/_imgrules

Needs the extra: pip install "imgrules[completion]".
"""

from __future__ import annotations

import argparse

from imgrules.errors import ImgrulesError


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

    print(shtab.complete(parser(), shell=args.shell))
    return 0
