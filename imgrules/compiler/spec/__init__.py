"""What an author may write: pydantic models with their constraints, and the rule set that they form."""
