"""The published JSON Schemas and the grammar of rule files, generated from the spec and the records."""
