"""The difference of two rule sets: what an edit changes for users, proved by deciding the selections of both."""
