"""
Caps on the size of a rule set: `check` reports what exceeds them, and a table that exceeds them is refused.

Each is more than ten times what any known catalog needs.
"""

from __future__ import annotations

MOST_TEXT = 64 * 2**10
"""Bytes of one text in a rule file; characters of one in a table, where a JSON Schema counts them."""
MOST_MODELS = 100_000
"""Models of a rule set."""
MOST_TYPES = 100
"""Types of a rule set."""
MOST_GATES = 1000
"""Gates of a rule set."""
MOST_GATES_AT_ONCE = 25
"""Gates in one place of a rule file, or before one combination."""
MOST_STAND_INS = 8
"""Models, or values, that stand in for one that has ended: as many as a sentence lists by name."""
MOST_OPTIONS = 250
"""Options of one model, and names in one list of them; fields of one type."""
MOST_REFUSED = 1000
"""Refused fields of one type."""
MOST_VALUES = 2500
"""Values of one option, and in one list of them; rows of one table."""
MOST_NAMES = 250
"""Aliases, badges, sources, languages, grants or states of one thing."""
MOST_COMBINATIONS = 10_000
"""Combinations of the listed values of one model; more are not multiplied out."""
MOST_LIMITS = 1000
"""Limits of one model, and its gates with conditions."""
MOST_LINES = 250
"""Factors, and surcharges, of one price."""
MOST_SENDS = 500
"""Entries of `body` of one model, and constants of one type."""
MOST_UNITS = 3
"""Rules for the length of one text, each in another unit."""
MOST_CHANGES = 250
"""Moments at which one model changes."""
MOST_DATED_COMBINATIONS = 100_000
"""Combinations of one model, added up over all periods between its changes."""
MOST_PATH = 250
"""Characters of one wire path in a rule file."""
MOST_DEPTH_OF_PATH = 125
"""Names and indexes in one wire path: half of `MOST_PATH`, because each takes a character and a separator."""
MOST_PLACE = 9
"""The greatest index in an array of a request body."""
MOST_LEAST_TEXT = 10_000
"""The greatest minimum length of a text: a repair writes a text of that length."""
MOST_LIST = 1000
"""Entries of a list that a caller sends."""
MOST_LEAST_LIST = 100
"""The greatest minimum length of a list: a repair writes a list of that length."""
