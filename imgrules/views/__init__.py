"""Readers of the table: catalog, choices, calendar, and what became of a creation."""
