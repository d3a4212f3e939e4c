"""
How much a rule set may hold: the caps that the compiler keeps, and that a table is looked at for.

Each is at least ten times what any catalog that was written down so far needs.
"""

from __future__ import annotations

MOST_TEXT = 2**20
"""So many characters one text has: as many as a rule file has bytes."""
MOST_MODELS = 100_000
MOST_GATES = 10_000
MOST_TYPES = 1000
MOST_OPTIONS = 250
"""Options of one model; fields and refused fields of one type."""
MOST_VALUES = 2500
"""Values of one option; other names, badges and languages of one thing."""
MOST_COMBINATIONS = 10_000
"""Combinations of the listed values of one model; more are not multiplied out."""
MOST_LIMITS = 2500
"""Limits of one model, gates before conditions, lines of a formula."""
MOST_SENDS = 1000
"""Leaves of one request body."""
MOST_CHANGES = 250
"""Moments at which one model changes."""
MOST_DATED_COMBINATIONS = 100_000
"""Combinations of one model, at each moment at which it changes counted anew."""
MOST_DEPTH_OF_PATH = 32
"""Names and places of one wire path."""
MOST_PLACE = 9
"""The greatest place in an array of a request body."""
MOST_LEAST_TEXT = 10_000
"""What the least length of a text may be, and MOST_LEAST_LIST that of a list: an example of one is made of it."""
MOST_LEAST_LIST = 100
