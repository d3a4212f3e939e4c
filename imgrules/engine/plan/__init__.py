"""The plan of a model: precompiled readers of its selections, and a cache of their outcomes."""
