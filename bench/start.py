"""Starts a peer and asks it once; run by itself, in a fresh process, for `bench.alone`."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def start(name: str) -> None:
    """Reach the first decision; `harness` stops before a library is loaded."""
    root = Path(__file__).parents[1]
    sys.path.append(str(root))
    from bench.face import Setting
    from bench.facts import models
    from bench.peers import prepare

    setting = Setting(models(2), root / "rules", None)
    selection = {"model": "gpt-image-2", "ratio": "1:1", "quality": "high", "prompt": "A red fox", "language": "en"}
    if name != "harness":
        face = prepare(name, setting)
        assert face.status(face.decide(selection, frozenset({"member"}))) == "allowed"  # noqa: S101  the measured work was done


def peak() -> int:
    """Return the peak memory in bytes; includes that of the parent if the system does not separate them."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    if sys.argv[1] != "python":
        start(sys.argv[1])
    print(peak())
