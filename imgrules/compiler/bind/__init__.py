"""Bind a YAML tree to a spec, or report findings in terms of the rule language instead of pydantic's."""
