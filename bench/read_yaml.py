"""Reads every rule file of a folder with PyYAML's C loader and drops the result; run by itself for `bench.alone`."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
