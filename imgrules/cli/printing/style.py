"""Colours: used on a terminal, unless `--color` or the environment says otherwise."""

from __future__ import annotations

import argparse
import io
import os
from typing import TextIO

from imgrules.cli.printing.terminal import control

_CODES = {"error": "1;31", "warning": "1;33", "good": "1;32", "note": "1;36", "bold": "1", "dim": "2"}


def add_color(parser: argparse.ArgumentParser) -> None:
    """Add `--color`."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="when to use colour (default: auto, on a terminal; NO_COLOR and FORCE_COLOR change that)",
    )


class Style:
    """A function that colours texts for one stream, or returns them unchanged if colours are off."""

    def __init__(self, stream: TextIO, color: str = "auto") -> None:
        self.on = _is_on(stream, color)
        self._stream = stream

    def __call__(self, kind: str, text: str) -> str:
        """Return a text in the colour of a kind, such as `error`."""
        if not self.on or not text:
            return text
        begin, end = (control(self._stream, f"\x1b[{code}m") for code in (_CODES[kind], "0"))
        return f"{begin}{text}{end}"


def _is_on(stream: TextIO, color: str) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


PLAIN = Style(io.StringIO(), "never")
"""The style of documents, which have no colours."""
