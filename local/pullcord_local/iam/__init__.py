"""Identity and access management: roles, their sessions, and whether a call is allowed."""
