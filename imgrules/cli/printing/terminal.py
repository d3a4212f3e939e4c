"""
The output streams of the program: everything that a command prints is escaped, so that it cannot control a terminal.

File names, arguments, rule files and tables are untrusted. Escape sequences and characters that change the direction of text
are escaped, on a terminal and elsewhere; the colours of the program itself pass.
"""

from __future__ import annotations

import io
import os
from errno import EBADF
from typing import TextIO

from imgrules.escapes import escaped, no_command


class Terminal(io.TextIOBase):
    """A text stream that escapes what is written, and remembers the first write that failed."""

    def __init__(self, stream: TextIO | None, name: str, *, lossy: bool = False) -> None:
        """Wrap a stream, or None if it is closed; a `lossy` stream drops what cannot be written, without an error."""
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        self._stream, self._name, self._lossy = stream, name, lossy
        self._failed: OSError | None = None
        # Random, so that no file name can contain it.
        self._mark = f"\0{os.urandom(8).hex()}\0"

    def control(self, sequence: str) -> str:
        """Return a control sequence with marks, so that `write` does not escape it."""
        return f"{self._mark}{sequence}{self._mark}"

    def write(self, text: str) -> int:
        """
        Write a text, escaped, and return its length in characters.

        Raises:
            OSError: it cannot be written, and the stream is not lossy.

        """
        parts = text.split(self._mark)
        safe = "".join(part if at % 2 else self._safe(part) for at, part in enumerate(parts))
        try:
            if safe:
                self._open().write(safe)
        except OSError as error:
            self._fail(error)
        return len(text)

    def _safe(self, text: str) -> str:
        """Return a text escaped; messages for people are no command for a runner of GitHub either."""
        return no_command(escaped(text)) if self._lossy else escaped(text)

    def flush(self) -> None:
        """
        Flush the stream.

        Raises:
            OSError: this or an earlier write failed, and the stream is not lossy.

        """
        try:
            if self._failed is not None:
                raise self._failed
            if self._stream is not None:
                self._stream.flush()
        except OSError as error:
            self._fail(error)

    def _open(self) -> TextIO:
        if self._stream is None:
            raise OSError(EBADF, "it is closed", self._name)
        return self._stream

    def _fail(self, error: OSError) -> None:
        # For the errno of a closed pipe, `OSError` returns a BrokenPipeError.
        self._failed = OSError(error.errno, error.strerror, self._name)
        if not self._lossy:
            raise self._failed from error

    def close(self) -> None:
        """Do nothing: the stream belongs to the interpreter, and `flush` has reported failed writes."""

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """
        Return the file descriptor of the stream.

        Raises:
            OSError: the stream is closed, or has none.

        """
        return self._open().fileno()

    def writable(self) -> bool:
        """Whether texts can be written: always true."""
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the attribute of the base class is an annotation alone
        """The encoding of the stream, always UTF-8."""
        return "utf-8"


def control(stream: object, sequence: str) -> str:
    """Return a control sequence in the form that a stream writes unescaped."""
    return stream.control(sequence) if isinstance(stream, Terminal) else sequence
