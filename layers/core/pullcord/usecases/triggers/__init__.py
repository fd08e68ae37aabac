"""Use cases: trigger tokens."""
