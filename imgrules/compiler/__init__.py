"""The compiler of rule files: from YAML on disk to a table and a report. Only authors and builds import it."""
