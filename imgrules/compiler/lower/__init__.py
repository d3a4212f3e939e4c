"""Specs become a table: defaults are filled in, time is split, options are multiplied out."""
