"""Prove that every request body of a model satisfies the contract: the JSON Schema of the request that its type names."""
