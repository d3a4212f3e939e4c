"""The behavioural layer of a comparison: where the decisions of both sides differ."""
