"""
How much of one request is looked at and told, in one place; `docs/language.md` lists these under "Caps".

Whatever lies beyond a cap is answered at once, with one violation that says so. Each is far beyond what any rule file
asks for, so that only an attack or a mistake in a program meets one.
"""

from __future__ import annotations

from imgrules.table.caps import MOST_LIST

KEYS = 1000
"""So many keys a selection may have; more are one `unknown_field` of the field `selection`."""

ENTRIES = MOST_LIST
"""So many entries a list may have, which no rule can raise; more are one `out_of_range`, and none of them is looked at."""

TOLD = 100
"""So many violations and notes are told; one more counts the rest."""

STEPS = 300
"""So many selections are tried in a search for repairs; a hundred combinations or changes that are looked at count
as one."""

PRICED = 250_000
"""So many factors and surcharges are counted for the prices of choices; of values beyond, the price is said to vary."""

SLIP_KEYS = 50
"""A selection of more keys is no typing error of a person: no names are suggested for its fields."""
