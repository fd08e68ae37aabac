"""Use cases: create, evaluate, record and read pipelines and jobs."""
