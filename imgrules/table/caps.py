"""
How much a rule set may hold: the caps that `check` keeps with a message, and that a table is looked at for.

Each is more than ten times what any catalog that was written down so far needs.
"""

from __future__ import annotations

MOST_TEXT = 64 * 2**10
"""Bytes of one text."""
MOST_MODELS = 100_000
MOST_TYPES = 100
"""Types of a rule set."""
MOST_GATES = 1000
"""Gates of a rule set."""
MOST_GATES_AT_ONCE = 25
"""Gates that stand at one place, or before one combination."""
MOST_OPTIONS = 250
"""Options of one model, and names in one list of them; fields of one type."""
MOST_REFUSED = 1000
"""Refused fields of one type."""
MOST_VALUES = 2500
"""Values of one option, and in one list of them; rows of one table."""
MOST_NAMES = 250
"""Other names, badges, sources, languages, grants or states of one thing."""
MOST_COMBINATIONS = 10_000
"""Combinations of the listed values of one model; more are not multiplied out."""
MOST_LIMITS = 1000
"""Limits of one model, and gates before conditions."""
MOST_LINES = 250
"""Factors, and surcharges, of one price."""
MOST_SENDS = 500
"""Entries of `body` of one model, and constants of one type."""
MOST_UNITS = 3
"""Rules of the length of one text, each in a unit of its own."""
MOST_CHANGES = 250
"""Moments at which one model changes."""
MOST_DATED_COMBINATIONS = 100_000
"""Combinations of one model, counted anew at each moment at which it changes."""
MOST_PATH = 250
"""Characters of one wire path in a rule file, and so half as many names and places, MOST_DEPTH_OF_PATH."""
MOST_DEPTH_OF_PATH = 125
MOST_PLACE = 9
"""The greatest place in an array of a request body."""
MOST_LEAST_TEXT = 10_000
"""What the least length of a text may be: a repair writes one that is so long."""
MOST_LIST = 1000
"""Entries of one list that a caller gives."""
MOST_LEAST_LIST = 100
"""What the least length of a list may be, for the same reason."""
