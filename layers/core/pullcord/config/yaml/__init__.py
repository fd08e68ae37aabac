"""YAML texts, read as GitLab reads them: documents, values, and where each value was written."""
