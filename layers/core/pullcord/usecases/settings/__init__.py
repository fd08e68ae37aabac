"""Use cases: members, variables, protected branches and tags."""
