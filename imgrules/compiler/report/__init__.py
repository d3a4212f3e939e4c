"""What an author is told: diagnostics, and the help of each."""
