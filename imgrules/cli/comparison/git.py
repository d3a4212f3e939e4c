"""Read files of a git revision without touching the working tree; `git` itself is called, and no library."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path, PurePosixPath

from imgrules.errors import ImgrulesError
from imgrules.quoting import printable, quoted

_LINK = "120000"
_MOST_SECONDS = 120


class NoRevisionError(ImgrulesError):
    """Raised for a text that names no revision of the repository."""


class NoPathError(ImgrulesError):
    """Raised for a path that a commit does not have."""


def git(*words: str, folder: Path | None = None, given: bytes | None = None) -> bytes:
    """
    Return what a git command prints.

    Raises:
        ImgrulesError: git is not installed, or the command failed.

    """
    command = ["git", *([] if folder is None else ["-C", str(folder)]), *words]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        finished = subprocess.run(  # noqa: S603  the words are arguments, and no shell reads them
            command, input=given or b"", capture_output=True, check=False, env=environment, timeout=_MOST_SECONDS
        )
    except (OSError, ValueError) as error:
        raise ImgrulesError(f"git cannot be run, so no revision can be read: {error}") from error
    except subprocess.TimeoutExpired as error:
        raise ImgrulesError(f"`git {printable(words[0])}` did not end within {_MOST_SECONDS} seconds") from error
    if finished.returncode:
        messages = finished.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {finished.returncode}"]
        raise ImgrulesError(f"`git {printable(words[0])}`: {printable(messages[0])}")
    return finished.stdout


def commit_of(revision: str, folder: Path) -> str:
    """
    Return the commit that a revision names in the repository of a folder.

    Raises:
        NoRevisionError: there is no such revision.
        ImgrulesError: git cannot be run.

    """
    git("rev-parse", "--git-dir", folder=folder)
    try:
        return _line(git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", folder=folder))
    except ImgrulesError as error:
        message = f"{quoted(revision)} is no folder, no table and no revision of this repository"
        raise NoRevisionError(f"{message}{_elsewhere(revision, folder)}") from error


def _elsewhere(revision: str, folder: Path) -> str:
    """Return how a branch of the remote is compared with, which a clone for a job often lacks or has under its remote name only."""
    branch = revision.removeprefix("origin/")
    if not re.fullmatch(r"\w[\w./-]*", branch) or not _has_remote(folder):
        return ""
    remote = f"origin/{branch}"
    if _is_commit(f"refs/remotes/{remote}", folder):
        return f"; did you mean `{remote}`?"
    fetch = f"git fetch origin +refs/heads/{branch}:refs/remotes/{remote}"
    return f"; if it is a branch of `origin`, run `{fetch}`, and compare with `{remote}`"


def _is_commit(revision: str, folder: Path) -> bool:
    try:
        git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", folder=folder)
    except ImgrulesError:
        return False
    return True


def _line(printed: bytes) -> str:
    return os.fsdecode(printed).rstrip("\n")


def _is_shallow(folder: Path) -> bool:
    """Whether the repository has only a part of its history."""
    return _line(git("rev-parse", "--is-shallow-repository", folder=folder)) == "true"


def path_in_repository(path: Path) -> str:
    """
    Return a path of the working tree as it is from the top of the repository, with `/` and none at its end.

    Raises:
        ImgrulesError: the path is in no repository.

    """
    folder, name = (path, "") if path.is_dir() else (path.parent, path.name)
    return (_line(git("rev-parse", "--show-prefix", folder=folder)) + name).rstrip("/")


def from_here(path: str, folder: Path) -> Path:
    """Return a path from the top of the repository of a folder as it is from the current folder."""
    return Path(os.path.relpath(folder / _line(git("rev-parse", "--show-cdup", folder=folder)) / path))


def merge_base(folder: Path) -> str:
    """
    Return the commit at which the current branch left the default branch.

    Raises:
        ImgrulesError: there is no default branch, or the clone is too shallow to know.

    """
    default = _default_branch(folder)
    if default is None:
        fetch = f"{_fetch(folder)} && git remote set-head origin --auto" if _has_remote(folder) else ""
        raise ImgrulesError(f"no default branch is known here, so there is nothing to compare with; {_advice(folder, fetch)}")
    try:
        return _line(git("merge-base", default, "HEAD", folder=folder))
    except ImgrulesError as error:
        fetch = _fetch(folder) if _is_shallow(folder) else ""
        raise ImgrulesError(f"HEAD has no commit in common with {quoted(default)}; {_advice(folder, fetch)}") from error


def _advice(folder: Path, fetch: str) -> str:
    """Return what to do where the old side is unknown; `fetch` is the command that brings it, empty where there is none."""
    shallow = _is_shallow(folder)
    why = "this clone is shallow" if shallow else "this clone may have one branch only"
    run = f"{why}: run `{fetch}`{' (in GitHub Actions, `fetch-depth: 0`)' if shallow else ''}, or " if fetch else ""
    return f"{run}name the old side, as in `imgrules diff OLD NEW`"


def _fetch(folder: Path) -> str:
    """Return the command that brings the history of every branch; what a clone of one branch is set to fetch is that branch."""
    return f"git fetch {'--unshallow ' if _is_shallow(folder) else ''}origin '+refs/heads/*:refs/remotes/origin/*'"


def _has_remote(folder: Path) -> bool:
    return "origin" in _line(git("remote", folder=folder)).split()


def _default_branch(folder: Path) -> str | None:
    """Return the default branch of the remote, else a local branch of a usual name, as far as it exists."""
    candidates = ["refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"]
    try:
        candidates.insert(0, _line(git("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD", folder=folder)))
    except ImgrulesError:
        git("rev-parse", "--git-dir", folder=folder)
    return next((candidate for candidate in candidates if _is_commit(candidate, folder)), None)


def read_at(commit: str, path: str, folder: Path) -> bytes | dict[str, bytes | None]:
    """
    Return a file of a commit in the repository of `folder`, or the files of a folder in it by name.

    In place of a link, which is not followed, there is None.

    Raises:
        NoPathError: the commit has nothing at this path.
        ImgrulesError: git cannot be run, or does not find what the commit has.

    """
    place = f"{commit}:{path}"
    try:
        kind = _line(git("cat-file", "-t", place, folder=folder))
    except ImgrulesError as error:
        raise NoPathError(f"{printable(commit[:12])} has no {quoted(path or '.')}") from error
    if kind == "blob":
        return git("cat-file", "blob", place, folder=folder)
    entries = [
        entry.split("\t", 1)
        for entry in os.fsdecode(git("ls-tree", "-z", "--full-tree", place, folder=folder)).split("\0")
        if entry
    ]
    listed = {name: described.split() for described, name in entries}
    blobs = {name: words[2] for name, words in listed.items() if words[1] == "blob" and words[0] != _LINK}
    links = dict.fromkeys(name for name, words in listed.items() if words[0] == _LINK)
    return {**links, **dict(zip(blobs, _contents(list(blobs.values()), folder), strict=True))}


def _contents(blobs: list[str], folder: Path) -> list[bytes]:
    """Return the contents of some blobs, read by one process."""
    printed = git("cat-file", "--batch", folder=folder, given="".join(f"{blob}\n" for blob in blobs).encode()) if blobs else b""
    contents = []
    start = 0
    for blob in blobs:
        end = printed.find(b"\n", start)
        words = printed[start : max(end, start)].split()
        if len(words) != 3 or words[1] != b"blob":  # noqa: PLR2004  its name, its type and its size
            raise ImgrulesError(f"git has no content for {blob[:12]}: this clone lacks it, or its repository is damaged")
        start = end + 1 + int(words[2]) + 1
        contents.append(printed[end + 1 : start - 1])
    return contents


def folders_with(commit: str, name: str, folder: Path) -> list[str]:
    """Return the folders of a commit in the repository of `folder` that have a file of this name; `.` is the top."""
    listed = os.fsdecode(git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, folder=folder)).split("\0")
    return [str(PurePosixPath(path).parent) for path in listed if PurePosixPath(path).name == name]
