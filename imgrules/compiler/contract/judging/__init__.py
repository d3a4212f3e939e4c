"""How each keyword of a contract is decided for a value that is not known in full."""
