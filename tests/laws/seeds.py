"""
Run the laws with other seeds: `python -m tests.laws.seeds 20` draws 100 examples for each law, twenty times.

A second number is the first seed (default: 1), and further arguments go to pytest, such as `-n 2` or a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LAWS = str(Path(__file__).parent)


def failures(seed: int, more: list[str]) -> list[str]:
    """Run the laws with a seed, print each failure with its example, and return the names of the failed tests."""
    where = [] if any(word.startswith("tests") for word in more) else [LAWS]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}", *where, *more],
        env={**os.environ, "HYPOTHESIS_PROFILE": "find"},
        stdout=subprocess.PIPE,
        check=False,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines() or ["pytest said nothing"]
    say(done.stdout if done.returncode else "", f"seed {seed}: {lines[-1]}")
    failed = [line.split(" - ")[0].partition(" ")[2] for line in lines if line.startswith(("FAILED ", "ERROR "))]
    return failed or ["pytest itself"] * bool(done.returncode)


def main(words: list[str]) -> int:
    """Run the laws with several seeds; return 1 if any of them failed."""
    numbers = [int(word) for word in words[:2] if word.isdecimal()]
    count, first = [*numbers, *(20, 1)[len(numbers) :]]
    failed = {seed: failures(seed, words[len(numbers) :]) for seed in range(first, first + count)}
    say(*(f"seed {seed} breaks {name}" for seed, names in failed.items() for name in names))
    say(f"{count} seeds, {sum(map(bool, failed.values()))} with a failure")
    return int(any(failed.values()))


def say(*lines: str) -> None:
    """Print lines without buffering, since a run takes long."""
    sys.stdout.write("".join(f"{line}\n" for line in lines if line))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
