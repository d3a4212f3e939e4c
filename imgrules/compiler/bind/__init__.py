"""Bind a YAML tree to a spec, or report findings in the words of an author."""
