"""The findings of every command, as the formats of other programs show them."""
