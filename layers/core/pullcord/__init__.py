"""GitLab-compatible pipeline triggers. Imports in this package only go down: see "Rooms" in docs/architecture.md."""
