"""Two versions of imgrules side by side: this checkout, and a temporary git worktree of an earlier commit."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.written import ROOT

ANSWERING = Path(__file__).with_name("answering.py")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """
    Yield a folder with a commit, and remove it afterwards.

    Raises:
        SystemExit: git does not know the commit.

    """
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        done = _git("worktree", "add", "--quiet", "--detach", str(tree), commit)
        if done.returncode:
            raise SystemExit(f"git has no worktree of {commit}: {done.stderr.strip()}")
        try:
            yield tree
        finally:
            _git("worktree", "remove", "--force", str(tree))


def named(commit: str) -> str:
    """Return the short name of a commit, with its subject."""
    return _git("log", "-1", "--format=%h %s", commit).stdout.strip() or commit


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=False)  # noqa: S607  whichever git is used


@dataclass(frozen=True)
class Version:
    """A process that answers with the imgrules of one folder; a question is sent first, and its answer is read later."""

    process: subprocess.Popen[bytes]

    def ask(self, question: Any) -> None:
        """Send a question."""
        assert self.process.stdin is not None  # noqa: S101  it was started with a pipe
        pickle.dump(question, self.process.stdin)
        self.process.stdin.flush()

    def answer(self) -> Any:
        """
        Return the answer to the last question.

        Raises:
            SystemExit: the process has ended; its message is on standard error.

        """
        assert self.process.stdout is not None  # noqa: S101  as above
        try:
            return pickle.load(self.process.stdout)  # noqa: S301  written by our own process
        except EOFError:
            raise SystemExit(f"a version has ended with {self.process.wait()}") from None


@contextmanager
def started(tree: Path, worker: Path = ANSWERING) -> Iterator[Version]:
    """Yield the version of a folder, and end its process; a worker is a file that answers pickles with pickles."""
    command = [sys.executable, "-I", str(worker), str(tree)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Version(process)
        finally:
            process.kill()
