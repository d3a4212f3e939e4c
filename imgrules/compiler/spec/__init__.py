"""What an author may say, with its constraints: pydantic models, and the rule set that they make."""
