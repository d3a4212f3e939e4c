"""What limits and repeats a check: the folders and files that are named, and `--watch`."""
