"""Facts, which a service states: how they are read, which of their values the rules treat alike, and which are tried."""
