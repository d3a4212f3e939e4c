"""What a new model file starts from: blanks to fill, the cookbook, and the schemas for editors."""
