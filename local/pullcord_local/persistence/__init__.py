"""The state on disk: tables, secrets and objects survive a restart."""
