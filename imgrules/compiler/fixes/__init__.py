"""Edits of rule files: what hints propose, what `check --fix` writes, and what `test --update` writes."""
