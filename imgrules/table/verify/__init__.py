"""Verify a whole compiled table before it is used, because whoever wrote it may not have built it with imgrules."""
