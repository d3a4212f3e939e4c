"""A tree becomes a spec, or findings in the words of an author."""
