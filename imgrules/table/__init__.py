"""The compiled rules: immutable records with meaning and without source places, and the JSON document that holds them."""
