"""Versions: Pullcord's own, and that of the GitLab whose API and configuration it follows.

pyproject.toml reads the first one from here; a test compares it with the CHANGELOG.
"""

VERSION = "0.3.0"
GITLAB_VERSION = "19.2.0"
