"""Atomic writes: a file is written completely, or not at all."""

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
    Write a file atomically: readers see the old or the new text, also if writing fails half-way.

    A signal that ends the program is delayed until the temporary file is renamed or removed.

    Raises:
        OSError: it cannot be written; the old file stays.

    """
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "this is a folder; name a file", str(path))
    raw = text.encode("utf-8")
    if path.exists() and not path.is_file():
        path.write_bytes(raw)  # a pipe or a device must not be replaced by a file
        return
    try:
        with _delay_signals() as arrived:
            _write(path.resolve(), raw, arrived)
    except OSError as error:
        # The caller named this path, not that of the temporary file.
        raise OSError(error.errno, error.strerror, str(path)) from error


def create(texts: Mapping[Path, str]) -> None:
    """
    Write new files atomically, with their folders: all of them, or nothing.

    Raises:
        OSError: one cannot be written, or exists already; existing files stay as they are.

    """
    created: list[Path] = []
    with _delay_signals() as arrived:
        try:
            for path, text in texts.items():
                created += _missing_folders(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, text.encode("utf-8"), arrived, new=True)
                created.append(path)
        except OSError as error:
            _remove_created(created)
            raise OSError(error.errno, error.strerror, str(path)) from error
        if arrived:
            _remove_created(created)


def _missing_folders(path: Path) -> list[Path]:
    """Return the folders above a file that do not exist, the outermost first."""
    return [folder for folder in reversed(path.parents) if not folder.exists()]


def _remove_created(created: list[Path]) -> None:
    """Remove created files and folders, the last one first; a folder that is not empty stays."""
    for path in reversed(created):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)


def _write(path: Path, raw: bytes, arrived: list[int], *, new: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    temporary = path.with_name(f".imgrules-{os.urandom(8).hex()}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "wb") as file:  # noqa: PTH123  the system chooses the mode of a new file
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        if not arrived:
            _rename(temporary, path, new=new)
            _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _rename(temporary: Path, path: Path, *, new: bool) -> None:
    """Rename a temporary file: over another one, or with `new` only if there is none."""
    if not new:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # unlike a rename, a link fails if the file exists
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path)) from None
        temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    """Flush the renamed entry of a folder to disk, if the system can: not on Windows, nor on every network drive."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):  # the file is replaced; only a power failure could undo it
                os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _delay_signals() -> Iterator[list[int]]:
    """Delay signals that end the program until the block ends; yield the list of those that have arrived."""
    arrived: list[int] = []
    handlers = {}
    if threading.current_thread() is threading.main_thread():  # Python allows handlers in the main thread only
        for number in ENDING:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                handlers[number] = signal.signal(number, lambda number, _: arrived.append(number))
    try:
        yield arrived
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for number in arrived[:1]:
            signal.raise_signal(number)
