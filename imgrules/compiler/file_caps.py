"""
The limits of one rule file. Limits of what enters the compiled table are in `imgrules.table.caps`.

`docs/language.md` lists all of them; a test compares the two.
"""

from __future__ import annotations

from imgrules.table import caps

MOST_BYTES = 2**20
"""Bytes in one file."""
MOST_NODES = 50_000
"""YAML nodes in one file: values and keys."""
MOST_TEXT = caps.MOST_TEXT
MOST_DEPTH = 32
"""Levels of nesting."""
MOST_DIGITS = 15
"""Digits of a number: as many as every reader of JSON keeps exactly in a double."""
MOST_MISTAKES = 200
"""How many mistakes of one file a report holds; whoever has repaired them gets the rest in the next run."""
MOST_EXAMPLES = 1000
"""Examples of one model."""
MOST_GATES_OF_MODEL = 100
"""Different gates that one model names, at any of its parts."""
