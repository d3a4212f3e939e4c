"""Read rule files: bytes become characters, characters become a YAML tree with a place for every key and value."""
