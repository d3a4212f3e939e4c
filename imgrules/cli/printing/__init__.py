"""What commands print with: the streams, colours, progress, and texts for people."""
