"""What several output formats print with."""
