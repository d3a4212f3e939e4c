"""A look at a whole table before it is used, for whoever did not build it."""
