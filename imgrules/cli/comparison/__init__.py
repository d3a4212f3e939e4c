"""What a comparison of two rule sets reads, reports and accepts."""
