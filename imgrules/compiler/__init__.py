"""Authoring: YAML, positions, pydantic and the disk. What leaves here is a table or a report."""
