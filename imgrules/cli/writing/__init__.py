"""How commands write files: whole or not at all, and nothing that somebody else wrote meanwhile."""
