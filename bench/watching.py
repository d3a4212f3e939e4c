"""
How long `imgrules check --watch` takes from a save to its report: `python -m bench.watching`.

Each line is the lower quartile and the median of twenty saves, in milliseconds: the packaged rules, then the cookbook.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import quantiles

SAVES = 20
_ROOT = Path(__file__).parents[1]


def milliseconds(folder: Path, name: str) -> Iterator[float]:
    """Yield the time of each save of a file, until the last line of the report about it."""
    words = [sys.executable, "-m", "imgrules", "check", "--watch", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8") as process:
        lines = iter(process.stdout or ())
        _until(lines, "files checked")
        text = (folder / name).read_text(encoding="utf-8")
        for number in range(SAVES):
            time.sleep(0.2)
            begun = time.perf_counter()
            (folder / name).write_text(f"{text}# {number}\n", encoding="utf-8")
            _until(lines, "nothing changes for users")
            yield 1000 * (time.perf_counter() - begun)
        process.terminate()


def _until(lines: Iterable[str], words: str) -> None:
    next(line for line in lines if words in line)


def main() -> None:
    """Print a line for each rule set."""
    for folder, name in ((_ROOT / "rules", "gpt-image-2.yaml"), (_ROOT / "docs" / "cookbook", "flux-2-pro.yaml")):
        with tempfile.TemporaryDirectory() as home:
            copy = Path(home) / "rules"
            shutil.copytree(folder, copy)
            if (folder.parent / "schemas").is_dir():
                shutil.copytree(folder.parent / "schemas", Path(home) / "schemas")
            low, middle, _ = quantiles(milliseconds(copy, name))
            count = len([*copy.glob("*.yaml")])
            print(f"{folder.name}, {count} files: {low:.0f} ms, median {middle:.0f}")


if __name__ == "__main__":
    main()
