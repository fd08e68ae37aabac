"""Use cases: rotation of the pepper."""
