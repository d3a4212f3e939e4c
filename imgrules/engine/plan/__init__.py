"""The plan of a model: a precompiled reader of its selections, and a cache of their outcomes."""
