"""The examples of rule files: they are run, compared with what they expect, and measured by what of the rules they reach."""
