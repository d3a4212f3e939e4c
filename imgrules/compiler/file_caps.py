"""
How much one rule file may hold. What ends in the table has its caps in `imgrules.table.caps`; these are for files alone.

`docs/language.md` lists all of them; a test compares the two.
"""

from __future__ import annotations

from imgrules.table import caps as most

MOST_BYTES = 2**20
"""Bytes of one file."""
MOST_NODES = 50_000
"""Values of one file, keys among them."""
MOST_TEXT = most.MOST_TEXT
MOST_DEPTH = 32
"""Levels inside each other."""
MOST_DIGITS = 15
"""Digits of a number: as many as JSON carries exactly everywhere."""
MOST_MISTAKES = 200
"""So many mistakes of one file are told; who has mended them is told the rest."""
MOST_EXAMPLES = 1000
"""Examples of one model."""
MOST_GATES_OF_MODEL = 100
"""Gates that one model names, wherever it does."""
