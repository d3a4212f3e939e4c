"""The texts of a table: labels and messages in several languages."""
