"""What a compiled table is proved to do: every selection decided, priced, sent and shown, and compared."""
