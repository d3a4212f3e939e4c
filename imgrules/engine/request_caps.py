"""
Caps on how much of one request is read and reported; `docs/language.md` lists them under "Caps".

A request beyond a cap is refused at once, with one violation that says so. Each cap is far beyond what any rule file
needs, so that only an attack or a bug reaches it.
"""

from __future__ import annotations

from imgrules.table.caps import MOST_LIST

KEYS = 1000
"""The most keys of a selection; more cause one violation, `unknown_field` of the field `selection`."""

ENTRIES = MOST_LIST
"""The most entries of a list, whatever the rules say; more cause one violation, `out_of_range`, and no entry is read."""

MOST_REPORTED = 100
"""The most violations, and the most notes, of one decision; a further one states the number of the rest."""

STEPS = 300
"""The most selections that a search for repairs tries; a hundred combinations or changes that it reads count as one."""

PRICED = 250_000
"""The most factors and surcharges that are evaluated for the prices of choices; further values get `credits_vary`."""

MOST_ANSWERS = 256
"""The most combinations of values that are tried for facts that are not stated; beyond it, these facts are asked for."""

MOST_TYPED_KEYS = 50
"""The most keys of a selection that gets suggestions for unknown fields: a longer one was not typed by a person."""
