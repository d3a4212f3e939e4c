"""The plan of a model: what reads its selections, and what comes of each key that the rules tell apart."""
