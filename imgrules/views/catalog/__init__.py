"""The catalog: what one caller can pick, and what facts leave of it."""
