"""HTTP as GitLab's clients speak it: what comes in, what goes out. Knows no AWS service and no rule."""
