"""What a caller sees of a table: catalog, choices and calendar; the results of creations; and creating again."""
