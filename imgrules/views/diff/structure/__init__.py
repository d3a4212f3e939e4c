"""The structural layer of a comparison: where the resolved rules of both sides differ."""
