"""Use cases: users, their personal access tokens, and the first administrator."""
