"""
The two streams of the program: all that a command prints passes here, and nothing of it steers a terminal.

File names, arguments, rule files and tables are written by anybody. Escape sequences and characters that turn the direction
of text are escaped in them, whether somebody looks on or not; the program's own colours pass.
"""

from __future__ import annotations

import io
import os
from errno import EBADF
from typing import TextIO

from imgrules.escapes import escaped


class Terminal(io.TextIOBase):
    """A text stream that escapes what is written, and that remembers if it could not be written."""

    def __init__(self, stream: TextIO | None, name: str, *, lossy: bool = False) -> None:
        """Wrap a stream, or None where it was closed; to a `lossy` one, what cannot be written is lost without an error."""
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        self._stream, self._name, self._lossy = stream, name, lossy
        self._failed: OSError | None = None
        # What nobody can guess, nobody can write into a file name.
        self._mark = f"\0{os.urandom(8).hex()}\0"

    def control(self, sequence: str) -> str:
        """Return a control sequence of the program itself, so marked that `write` lets it pass."""
        return f"{self._mark}{sequence}{self._mark}"

    def write(self, text: str) -> int:
        """
        Write a text.

        Raises:
            OSError: it cannot be written, and the stream is not lossy.

        """
        parts = text.split(self._mark)
        safe = "".join(part if at % 2 else escaped(part) for at, part in enumerate(parts))
        try:
            if safe:
                self._open().write(safe)
        except OSError as error:
            self._fail(error)
        return len(text)

    def flush(self) -> None:
        """
        Hand over all that was written.

        Raises:
            OSError: now or earlier something could not be written, and the stream is not lossy.

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
        # By its number, a closed pipe stays one.
        self._failed = OSError(error.errno, error.strerror, self._name)
        if not self._lossy:
            raise self._failed from error

    def close(self) -> None:
        """Leave the stream open, which is the interpreter's: what could not be written was told by `flush`."""

    def isatty(self) -> bool:
        """Whether a person may look on."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """
        Return the number by which the system knows the stream.

        Raises:
            OSError: it has none.

        """
        return self._open().fileno()

    def writable(self) -> bool:
        """Whether it takes texts."""
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the attribute of the base class is an annotation alone
        """The encoding of the stream, as other writers ask for it."""
        return "utf-8"


def control(stream: object, sequence: str) -> str:
    """Return a control sequence that may be written to a stream."""
    return stream.control(sequence) if isinstance(stream, Terminal) else sequence
