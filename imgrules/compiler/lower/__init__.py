"""Compile specs to a table: fill in defaults, split models by time, and multiply the listed options out."""
