"""HTTP as GitLab's clients speak it: parameters in, JSON out. Knows no AWS service and no rule."""
