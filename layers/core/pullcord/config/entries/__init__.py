"""Validation: the merged configuration in, checked jobs and every problem in GitLab's words out."""

from pullcord.config.entries.root import check

__all__ = ["check"]
