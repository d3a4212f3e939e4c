"""Rule files become trees: bytes, characters, YAML, and where each of them stands."""
