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
    """Say what the command takes."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell")


def run(args: argparse.Namespace) -> int:
    """Print a script made from the whole parser."""
    try:
        import shtab  # noqa: PLC0415  only this command needs it
    except ImportError as error:
        raise ImgrulesError('shell completion needs its extra: pip install "imgrules[completion]"') from error
    from imgrules.cli.main import parser  # noqa: PLC0415  the main program imports this module, not the reverse

    print(shtab.complete(parser(), shell=args.shell))
    return 0
