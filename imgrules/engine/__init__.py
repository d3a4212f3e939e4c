"""Make decisions and request bodies: pure functions that use only the standard library, and read no clock and no disk."""
