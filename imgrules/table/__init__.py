"""The compiled rules: records with meaning and without places, and the one document that they are written to and read from."""
