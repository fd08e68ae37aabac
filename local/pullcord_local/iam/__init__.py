"""Identity and access: roles, their sessions, and whether a call is allowed."""
