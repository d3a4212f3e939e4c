"""Sample selections, with which checks try what the rules say."""
