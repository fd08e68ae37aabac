"""Use cases: projects, their repositories and job token allowlists."""
