"""Readers of the table: catalog, choices, calendar, results of creations and how to create again."""
