"""Conditions that decide about jobs and pipelines: expressions, globs, patterns, `rules`, `only`, `except`, `workflow`."""
