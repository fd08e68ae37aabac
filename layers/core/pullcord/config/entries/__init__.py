"""Validation of the merged configuration: checked jobs, and every problem in GitLab's words."""

from pullcord.config.entries.root import check

__all__ = ["check"]
