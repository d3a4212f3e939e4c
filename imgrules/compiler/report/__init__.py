"""What a run reports to an author: diagnostics, and their hints."""
