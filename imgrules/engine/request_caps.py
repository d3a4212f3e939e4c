"""
Caps on how much of one request is read and reported; `docs/language.md` lists them under "Caps".

A request beyond a cap is refused at once, with one violation that says so. Each cap is far beyond what any rule file
needs, so that only an attack or a bug reaches it.
"""

from __future__ import annotations

from imgrules.table.caps import MOST_LIST

KEYS = 1000
"""Keys of a selection; more are one `unknown_field` of the field `selection`."""

ENTRIES = MOST_LIST
"""Entries of a list, which no rule can raise; more are one `out_of_range`, and none of them is read."""

TOLD = 100
"""Violations, and notes, of one decision; one more states the number of the rest."""

STEPS = 300
"""Selections that a search for repairs tries; a hundred combinations or changes that it reads count as one."""

PRICED = 250_000
"""Factors and surcharges that are evaluated for the prices of choices; beyond, the price of a value is said to vary."""

SLIP_KEYS = 50
"""Keys of a selection up to which names are suggested for unknown fields: a longer one holds no typos of a person."""
