"""Pullcord's own version. pyproject.toml takes it from here; answers and the command line show it."""

VERSION = "0.2.0"
