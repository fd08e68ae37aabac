"""Validation: the merged configuration in, checked jobs and every problem in GitLab's words out."""
