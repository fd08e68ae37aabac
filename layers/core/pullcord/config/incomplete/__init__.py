"""Configurations some of whose includes are skipped: what only those can define is taken out, and named."""
