"""
The size limits of one rule file. Limits of the compiled table are in `imgrules.table.caps`.

`docs/language.md` lists all of them, and a test compares the page with this module.
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
"""Digits of a number: as many as a double-precision float, the number of many JSON readers, keeps exactly."""
MOST_MISTAKES = 200
"""How many mistakes of one file a report contains; after these are fixed, the next run reports more."""
MOST_EXAMPLES = 1000
"""Examples of one model."""
MOST_RUNS = 1000
"""Combinations of `over` in one example."""
MOST_RUNS_OF_MODEL = 10_000
"""Runs of the examples of one model, each combination for itself."""
MOST_LENGTH = 100_000
"""The length of a text, or of a list, that an example gives by its length alone."""
MOST_LENGTH_OF_MODEL = 10_000_000
"""The lengths that the examples of one model give, of all their runs together: every run is kept with its values."""
MOST_GATES_OF_MODEL = 100
"""Different gates that one model names, at any of its parts."""
MOST_CONTRACT_SCHEMAS = 20_000
"""Schemas inside the contract of one type."""
MOST_CONTRACT_DEPTH = 64
"""Keywords, names and indexes from the root of a contract to a schema inside it."""
