"""The peers as processes, asked in turn through pipes: while one runs a round, all others wait."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Timer
from typing import IO, Any

from bench.reasons import reason

HERE = Path(__file__).parent


class SilentError(Exception):
    """A peer ended or took too long; the message says which, for the results."""


@dataclass(frozen=True)
class Rival:
    """A peer process that is ready to be asked."""

    name: str
    process: subprocess.Popen[str]
    errors: IO[str]
    prepared: float

    def ask(self, *words: object, limit: float = 600) -> dict[str, Any]:
        """Return the answer of the peer to a question."""
        return _answer(self.process, self.errors, limit, words)


def start(python: Path, words: list[str], limit: float) -> Rival:
    """
    Return a peer that is prepared; `words` are the arguments of `serve`.

    Raises:
        SilentError: it failed, or took more than `limit` seconds.

    """
    # Kept until the process ends; read only if a peer gives no answer.
    errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
    command = [str(python), "-I", str(HERE / "serve.py"), *words]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
    )
    rival = Rival(words[0], process, errors, 0.0)
    try:
        return replace(rival, prepared=_answer(process, errors, limit)["prepared"])
    except SilentError:
        end(rival)
        raise


@contextmanager
def ended(rivals: list[Rival]) -> Iterator[None]:
    """End all peers afterwards, however the race ended."""
    try:
        yield
    finally:
        for rival in rivals:
            end(rival)


def end(rival: Rival) -> None:
    """End a peer, whatever it is doing."""
    with rival.process:
        rival.process.kill()
    rival.errors.close()


def _answer(process: subprocess.Popen[str], errors: IO[str], limit: float, words: tuple[object, ...] = ()) -> dict[str, Any]:
    assert process.stdin is not None  # noqa: S101  it was started with pipes
    assert process.stdout is not None  # noqa: S101  as above
    timer = Timer(limit, process.kill)
    timer.start()
    try:
        if words:
            print(json.dumps(words), file=process.stdin, flush=True)
        line = process.stdout.readline()
    except OSError:
        line = ""
    late = not timer.is_alive()
    timer.cancel()
    if not line:
        raise SilentError(f"not done after {limit:.0f} s" if late else _why(process, errors))
    answer: dict[str, Any] = json.loads(line)
    return answer


def _why(process: subprocess.Popen[str], errors: IO[str]) -> str:
    code = process.wait()
    errors.seek(0)
    lines = [line.strip() for line in errors if line.strip()]
    return reason(lines[-1]) if lines and code > 0 else f"the process ended with {code}"
