"""Conditions of jobs and pipelines: expressions, globs, patterns, `rules`, `only`, `except`, `workflow`."""
