"""What a new model file starts from: the cookbook, and the schemas for editors."""
