"""The embedded AWS: what a call is, whether it is allowed, and who answers it."""
