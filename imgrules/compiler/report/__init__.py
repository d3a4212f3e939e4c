"""The report of a run for authors: diagnostics and their hints."""
