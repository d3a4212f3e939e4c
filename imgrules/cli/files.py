"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EEXIST, EISDIR
from pathlib import Path

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""The signals by which a person, a terminal or a system ends a program, as far as this system has them."""


def replace(path: Path, text: str) -> None:
    """
    Write a file at once: whoever reads it sees the old or the new text, also when the writing fails half-way.

    A signal that ends the program does so when nothing is left behind; what was not renamed by then is taken back.

    Raises:
        OSError: it cannot be written; the old file stays.

    """
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "this is a folder; name a file", str(path))
    raw = text.encode("utf-8")
    if path.exists() and not path.is_file():
        path.write_bytes(raw)  # a pipe or a device is written into; it must not be replaced by a file
        return
    try:
        with _delayed() as came:
            _replaced(path.resolve(), raw, came)
    except OSError as error:
        # The name of the temporary file says nothing to whoever named another.
        raise OSError(error.errno, error.strerror, str(path)) from error


def create(texts: Mapping[Path, str]) -> None:
    """
    Write new files, each at once: all of them, or none and no new folder.

    Raises:
        OSError: one cannot be written, or is there already; files that were there stay as they are.

    """
    made: list[Path] = []
    with _delayed() as came:
        try:
            for path, text in texts.items():
                made += _missing_folders(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                _replaced(path, text.encode("utf-8"), came, new=True)
                made.append(path)
        except OSError as error:
            _take_back(made)
            raise OSError(error.errno, error.strerror, str(path)) from error
        if came:
            _take_back(made)


def _missing_folders(path: Path) -> list[Path]:
    """Return the folders above a file that are not there, the outermost first."""
    return [folder for folder in reversed(path.parents) if not folder.exists()]


def _take_back(made: list[Path]) -> None:
    """Remove new files and folders, the last first; a folder in which somebody else wrote meanwhile stays."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)


def _replaced(path: Path, raw: bytes, came: list[int], *, new: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    made = path.with_name(f".imgrules-{os.urandom(8).hex()}.tmp")
    try:
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "wb") as file:  # noqa: PTH123  the mode of a new file is as the system has it
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            made.chmod(mode)
        if not came:
            _named(made, path, new=new)
            _sync_folder(path.parent)
    finally:
        made.unlink(missing_ok=True)


def _named(made: Path, path: Path, *, new: bool) -> None:
    """Give a file its name: in place of another, or only where there is none."""
    if not new:
        made.replace(path)
        return
    try:
        os.link(made, path)  # unlike a new name, a link is refused where a file of the name is
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path)) from None
        made.replace(path)


def _sync_folder(folder: Path) -> None:
    """Hand the new name over to the disk, where the system can: not on Windows, and not on every network."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):  # the file is replaced, and stays so unless the power fails just now
                os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _delayed() -> Iterator[list[int]]:
    """Let signals that end the program wait until the block is left; yield the list to which each is added."""
    came: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():  # no other may say what happens at a signal
        for number in ENDING:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, lambda number, _: came.append(number))
    try:
        yield came
    finally:
        for number, was in before.items():
            signal.signal(number, was)
        for number in came[:1]:
            signal.raise_signal(number)
